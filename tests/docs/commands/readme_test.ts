import { testCommandsOf } from "../_test_commands.ts";

// The README and docs/reproduce.md reproduce alike: together, one run of it stands in for both.
testCommandsOf("README.md", "docs/reproduce.md", "CONTRIBUTING.md", "apps/npm/README.md");
