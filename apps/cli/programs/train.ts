import { choiceFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { cacheFlag, pluginFlag, seedFlag, vectorsFlag, workersFlag } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

/** The kinds of models that are trained; `auto` takes the better one. */
export const architectures = ["word-cnn", "linear", "auto"] as const;

/** What is given as `--architecture`. */
export type Architecture = typeof architectures[number];

/** `deno task train` */
export const trainProgram = defineProgram({
  name: "train",
  about: `
Trains a classifier on labelled texts, a word-CNN or a linear model, measures it on a part that it
never saw, and writes a model folder that explain, serve, evaluate and atlas take with --model.
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
    choiceFlag("architecture", architectures, {
      value: "NAME",
      default: "word-cnn",
      help:
        "word-cnn: the network of Arras et al. 2016; linear: TF-IDF and logistic regression, in " +
        "seconds; auto: the one of both that is better on documents that are held out",
    }),
    textFlag("tokenizer", {
      value: "NAME",
      help: 'How own texts become words; "deno task tokenizers" lists the names',
      shown: "unicode",
    }),
    wholeNumberFlag("test-percent", {
      value: "N",
      from: 0,
      to: 90,
      help:
        "Percent of own texts kept for the final measure, for good; unless it is given, a linear model " +
        "learns from all once it is measured. With 0 only what cross-validation and held-out texts " +
        "say is told",
      shown: "20",
    }),
    cacheFlag,
    pluginFlag,
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
have a duplicate among those learned from. Beside a word-CNN of own texts it is told what a linear
model reaches on them. A linear model takes TF-IDF of words and pairs of words, of characters
within words, or of all of them, as three-fold cross-validation on the training texts says, and so
the penalty on its weights. Rows that cannot be used are reported by line and left out. The model
keeps digests of the rows that it learned from, by which evaluate knows them again. A run that was
stopped goes on where it was.
`,
  examples: [
    "deno task train --data ../20newsgroups --out model",
    "deno task train --data reviews.csv --text body --label stars --out reviews-model",
    "deno task train --data texts/",
    "deno task train --data questions.csv --architecture auto",
    "deno task train --data part-*.csv --no-header --text 2 --label 1",
    "deno task train --data sms.tsv --split split.json",
  ],
});

/** What is given to `deno task train`. */
export type TrainArguments = ArgumentsOf<typeof trainProgram>;
