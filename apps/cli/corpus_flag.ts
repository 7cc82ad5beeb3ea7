import { choiceFlag } from "./flag_kinds.ts";

/** The corpora that programs take texts from. */
export const corpora = ["test", "train", "all", "miniature"] as const;

/** `--corpus` of the programs that look at many texts. */
export const corpusFlag = choiceFlag("corpus", corpora, {
  value: "NAME",
  default: "test",
  help: "test, train, all, or miniature; of own texts test are those that the model was not " +
    "trained on, where it tells",
});
