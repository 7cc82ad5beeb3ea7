import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf("docs/text.md", "docs/tokenizer.md", "docs/data.md", "datasets/miniature/README.md");
