import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf("docs/audit.md");
