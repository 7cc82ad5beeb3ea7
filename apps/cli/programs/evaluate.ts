import { switchFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  columnFlags,
  explainersFlag,
  labelledDataFlag,
  modelFlag,
  pluginFlag,
  seedFlag,
  workersFlag,
} from "../shared_flags.ts";

/** `deno task evaluate` */
export const evaluateProgram = defineProgram({
  name: "evaluate",
  about: `
Puts explanations of a model to the tests of Arras et al. 2016 (word deletion, document vectors,
conservation) on labelled texts, and writes a report.
`,
  usage: ["deno task evaluate [options]"],
  flags: [
    modelFlag,
    labelledDataFlag,
    ...columnFlags,
    switchFlag(
      "test-part",
      'Of own texts only the fifth that "deno task train" with the same --seed did not learn ' +
        "from; give it when these are the texts that the model was trained on",
    ),
    textFlag("out", {
      value: "DIR",
      complete: "folder",
      default: "out",
      help: "Folder of the results",
    }),
    explainersFlag("those of lrp,sa that the model is made for, else occlusion"),
    pluginFlag,
    wholeNumberFlag("min-length", {
      value: "N",
      from: 1,
      to: 1e6,
      default: 100,
      help: "Delete words of texts of at least so many words",
    }),
    wholeNumberFlag("deletions", {
      value: "N",
      from: 1,
      to: 10_000,
      default: 50,
      help: "How many words are deleted at most",
    }),
    wholeNumberFlag("runs", {
      value: "N",
      from: 1,
      to: 1000,
      default: 10,
      help: "How often words are deleted at random",
    }),
    seedFlag,
    workersFlag(),
  ],
  notes: `
Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json and OUT/figures/. Rows that cannot be used
are reported by line and left out. Where the training texts are known (--test-part, or 20Newsgroups)
the report says how many texts have a duplicate among them.
`,
  examples: [
    "deno task evaluate --model model --data ../20newsgroups",
    "deno task evaluate --model reviews-model --data reviews.csv --text body --label stars \\",
    "  --test-part",
    "deno task evaluate --data short.jsonl --min-length 20 --deletions 10 \\",
    "  --explainers lrp,occlusion",
  ],
});

/** What is given to `deno task evaluate`. */
export type EvaluateArguments = ArgumentsOf<typeof evaluateProgram>;
