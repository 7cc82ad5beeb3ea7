import { switchFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  explainersFlag,
  modelFlags,
  pluginFlag,
  resultsFlag,
  seedFlag,
  unitFlag,
  workersFlag,
} from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

/** `deno task evaluate` */
export const evaluateProgram = defineProgram({
  name: "evaluate",
  about: `
Puts explanations of a model to the tests of Arras et al. 2016 (word deletion, document vectors,
conservation) on labelled texts, and writes a report.
`,
  usage: ["deno task evaluate [options]", "deno task evaluate --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    ...modelFlags,
    labelledDataFlag,
    ...columnFlags,
    switchFlag(
      "test-part",
      "Of own texts only rows that the model was not trained on; what is done anyway with the " +
        "table that it was trained on. A model that does not tell its rows is taken to be of " +
        '"deno task train" with the same --seed',
    ),
    switchFlag("include-training", "Also take rows that the model was trained on"),
    resultsFlag,
    explainersFlag("those of lrp,sa that the model is made for, else occlusion"),
    pluginFlag,
    unitFlag,
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
      help: "How many words, or units, are deleted at most",
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
Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json (with accuracy, macroF1 and the number of
documents at its top level) and OUT/figures/. Rows that cannot be used
are reported by line and left out. Rows that the model was trained on are left out and counted where
they are those of its table; other tables that are mostly made of them are refused, until
--test-part or --include-training says what is meant. Where the training texts are known the report
says how many texts have a duplicate among them.
`,
  examples: [
    "deno task evaluate --model model --data ../20newsgroups",
    "deno task evaluate --model reviews-model --data reviews.csv --text body --label stars",
    "deno task evaluate --data short.jsonl --min-length 20 --deletions 10 \\",
    "  --explainers lrp,occlusion",
  ],
});

/** What is given to `deno task evaluate`. */
export type EvaluateArguments = ArgumentsOf<typeof evaluateProgram>;
