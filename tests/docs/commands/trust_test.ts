import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf("docs/trust.md", "docs/evaluate.md");
