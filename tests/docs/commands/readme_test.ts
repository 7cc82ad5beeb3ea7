import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf("README.md", "CONTRIBUTING.md", "apps/npm/README.md");
