import { textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  cacheFlag,
  columnFlags,
  labelledDataFlag,
  seedFlag,
  vectorsFlag,
  workersFlag,
} from "../shared_flags.ts";

/** `deno task train` */
export const trainProgram = defineProgram({
  name: "train",
  about: `
Trains a word-CNN on labelled texts, measures it on a part that it never saw, and writes a model
folder that explain, serve, evaluate and export take with --model.
`,
  usage: ["deno task train [options]", "deno task train --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    labelledDataFlag,
    ...columnFlags,
    textFlag("out", {
      value: "DIR",
      complete: "folder",
      default: "model",
      help: "Folder of the model",
    }),
    cacheFlag,
    vectorsFlag,
    wholeNumberFlag("epochs", {
      value: "N",
      from: 1,
      to: 10_000,
      help: "Passes over the training documents",
      shown: "12, or up to 100 for few documents,",
    }),
    wholeNumberFlag("filters", {
      value: "N",
      from: 1,
      to: 100_000,
      help: "Number of filters",
      shown: "800",
    }),
    wholeNumberFlag("compact", {
      value: "N",
      from: 1,
      to: 1e9,
      help: "Save a small model: word vectors in 8 bits per number, and only of words that the " +
        "training documents have at least N times",
    }),
    seedFlag,
    workersFlag(),
  ],
  notes: `
A part of the texts of each class is held out to choose the epoch by; of own texts, a fifth is kept
for the final measure. It comes with its standard error, and with how many of the texts measured on
have a duplicate among those learned from. Rows that cannot be used are reported by line and left
out. The model keeps digests of the rows that it learned from, by which evaluate knows them again. A
run that was stopped goes on where it was.
`,
  examples: [
    "deno task train --data ../20newsgroups --out model",
    "deno task train --data reviews.csv --text body --label stars --out reviews-model",
    "deno task train --data texts/",
    "deno task train --data part-*.csv --no-header --text 2 --label 1",
    "deno task train --data sms.tsv --split split.json",
  ],
});

/** What is given to `deno task train`. */
export type TrainArguments = ArgumentsOf<typeof trainProgram>;
