import { corpusFlag } from "../corpus_flag.ts";
import { choiceFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { modelFlags, oneExplainerFlag, pluginFlag, usualExplainer } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

const count = { value: "K", to: 999_999 } as const;

/** `deno task atlas` */
export const atlasProgram = defineProgram({
  name: "atlas",
  about: `
Shows what a model looks at over a whole corpus: for every class the words with the most relevance
for and against it, with sentences; for every filter the word pairs that it wins on.
`,
  usage: ["deno task atlas [options]", "deno task atlas --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  details: "Writes index.html, words.csv, filters.csv and ngrams.csv into a folder.",
  flags: [
    textFlag("out", { value: "DIR", complete: "folder", default: "out/atlas", help: "The folder" }),
    corpusFlag,
    oneExplainerFlag(usualExplainer, "What gives the relevances"),
    choiceFlag("rank", ["mean", "total"], {
      value: "NAME",
      default: "mean",
      help:
        "What ranks words: mean, by the end of the interval of the mean that is nearer to zero, " +
        "or total, the sum over the corpus, by which frequent words come first",
    }),
    wholeNumberFlag("words", {
      ...count,
      from: 1,
      help: "How many words for, and against, each class",
      default: 30,
    }),
    wholeNumberFlag("min-documents", {
      ...count,
      from: 1,
      help: "In how many documents a word must stand to be listed",
      default: 5,
    }),
    wholeNumberFlag("examples", {
      ...count,
      from: 0,
      help: "How many sentences per word",
      default: 3,
    }),
    wholeNumberFlag("ngrams", {
      ...count,
      from: 1,
      help: "How many n-grams per filter",
      default: 10,
    }),
    ...modelFlags,
    labelledDataFlag,
    ...columnFlags,
    pluginFlag,
  ],
  examples: [
    "deno task atlas",
    "deno task atlas --corpus miniature --min-documents 2 --out out/miniature",
    "deno task atlas --model reviews-model --data reviews.csv --text body --label stars",
  ],
});

/** What is given to `deno task atlas`. */
export type AtlasArguments = ArgumentsOf<typeof atlasProgram>;
