import { testCommandsOf } from "../_test_commands.ts";

testCommandsOf(
  "docs/how-to/explainer.md",
  "docs/how-to/model.md",
  "docs/how-to/tokenizer.md",
  "explainers/README.md",
);
