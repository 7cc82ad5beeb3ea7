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
Measures a model on labelled texts and writes a report: accuracy and confusions, the surest errors
and typical texts as heatmaps, words for and against each class, what deleting words does, and
whether the explanations may be trusted.
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
      shown: "that of which a quarter of the texts have fewer, 100 at most",
      help: "Delete words of texts of at least so many words",
    }),
    wholeNumberFlag("deletions", {
      value: "N",
      from: 1,
      to: 10_000,
      shown: "half of --min-length",
      help: "How many words, or units, are deleted at most",
    }),
    wholeNumberFlag("runs", {
      value: "N",
      from: 1,
      to: 1000,
      default: 10,
      help: "How often words are deleted at random",
    }),
    wholeNumberFlag("trust-documents", {
      value: "N",
      from: 0,
      to: 1e6,
      shown: "500, or 30 of a model that only gives scores",
      help: "How many texts the table of trust has",
    }),
    seedFlag,
    workersFlag(),
  ],
  notes: `
Writes OUT/report.html (one page, for a browser without network), OUT/metrics.json (with accuracy,
macroF1 and the number of documents at its top level), OUT/ledger.json (what was checked),
OUT/predictions.csv, OUT/words.csv, OUT/trust.csv, OUT/trust.json and OUT/figures/. What is measured
stands in OUT/evaluated.jsonl and OUT/measured.jsonl: the same command goes on where it stopped. Of
20Newsgroups the report is that of "deno task reproduce". Rows that cannot be used
are reported by line and left out. Rows that the model was trained on are left out and counted where
they are those of its table; other tables that are mostly made of them are refused, until
--test-part or --include-training says what is meant. Where the training texts are known the report
says how many texts have a duplicate among them.
`,
  examples: [
    "deno task evaluate --model model --data ../20newsgroups",
    "deno task evaluate --model reviews-model --data reviews.csv --text body --label stars",
    "deno task evaluate --model reviews-model --data short.jsonl --min-length 20 --deletions 10 \\",
    "  --explainers lrp,occlusion",
  ],
});

/** What is given to `deno task evaluate`. */
export type EvaluateArguments = ArgumentsOf<typeof evaluateProgram>;
