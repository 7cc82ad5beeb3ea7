import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf("docs/explain.md", "docs/scale.md");
