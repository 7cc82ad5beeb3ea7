import { choiceFlag, readFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { cacheFlag, pluginFlag, seedFlag, vectorsFlag, workersFlag } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The kinds of models that are trained; `auto` takes the better one. */
export const architectures = [
  "word-cnn",
  "linear",
  "auto",
  "arras-2016",
  "char-cnn",
  "lstm",
  "bilstm",
  "gru",
] as const;

/** What is given as `--architecture`. */
export type Architecture = typeof architectures[number];

/** Most words that a filter may span, and of how many widths there may be filters. */
const [MAX_WIDTH, MAX_WIDTHS] = [10, 5];

function readWidths(given: string): number[] {
  const widths = given.split(",").map((width) => /^\d+$/.test(width) ? Number(width) : 0);
  const fits = widths.every((width) => width >= 1 && width <= MAX_WIDTH) &&
    new Set(widths).size === widths.length && widths.length <= MAX_WIDTHS;
  if (fits) return widths;
  throw new UsageError(
    `Option --widths takes up to ${MAX_WIDTHS} different whole numbers from 1 to ${MAX_WIDTH} with ` +
      `commas between them, not "${given}"`,
  );
}

/** `deno task train` */
export const trainProgram = defineProgram({
  name: "train",
  about: `
Trains a classifier on labelled texts, a word-CNN, a char-CNN, a recurrent network or a linear
model, measures it on a part that it never saw, and writes a model folder that explain, serve,
evaluate and atlas take with --model.
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
        "word-cnn: filters of several widths on trained word vectors (Kim 2014); linear: TF-IDF and " +
        "logistic regression, in seconds; auto: the one of both that is better on documents that are " +
        "held out; arras-2016: the network of Arras et al. 2016, as for 20Newsgroups where no other is " +
        "named; char-cnn: filters over characters, after Zhang et al. 2015; lstm, bilstm, gru: recurrent " +
        "networks on skip-gram vectors, bilstm in both directions, of whose states at all words the " +
        "largest count",
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
    wholeNumberFlag("budget", {
      value: "SECONDS",
      from: 0,
      to: 1e6,
      help:
        "Time for choosing hyper-parameters of a word-CNN for own texts on held-out documents; with 0 " +
        "only the epoch is chosen",
      shown: "60",
    }),
    readFlag("widths", {
      value: "N,N",
      help: "How many words the filters of a word-CNN for own texts span, e.g. 1,2,3",
      shown: "chosen",
    }, readWidths),
    wholeNumberFlag("epochs", {
      value: "N",
      from: 1,
      to: 10_000,
      help: "Passes over the training documents",
      shown:
        "12, with joined word vectors 20, of recurrent networks 6, or up to 100 for few documents,",
    }),
    wholeNumberFlag("filters", {
      value: "N",
      from: 1,
      to: 100_000,
      help: "Number of filters",
      shown: "100 of each width; of arras-2016 800, of char-cnn 1024",
    }),
    wholeNumberFlag("units", {
      value: "N",
      from: 1,
      to: 4096,
      help: "Units of each direction of a recurrent network",
      shown: "64",
    }),
    wholeNumberFlag("dropout", {
      value: "PERCENT",
      from: 0,
      to: 90,
      help:
        "How much of what is read out of a recurrent network is left out at random as it learns",
      shown: "50",
    }),
    wholeNumberFlag("guided-dropout", {
      value: "PERCENT",
      from: 0,
      to: 100,
      help:
        "How far the chance that a word is left out while a word-CNN learns follows its relevance " +
        "in the epoch before; as many words are left out as ever",
      shown: "0",
    }),
    wholeNumberFlag("compact", {
      value: "N",
      from: 1,
      to: 1e9,
      help: "Save a small model: word vectors in --bits per number, and only of words that the " +
        "training documents have at least N times",
    }),
    choiceFlag("bits", ["8", "4"], {
      value: "N",
      help: "Bits per number of a small model's word vectors; with 4 the network gets 8, too",
      shown: "8",
    }),
    seedFlag,
    workersFlag(),
  ],
  notes: `
A part of the texts of each class is held out to choose the epoch by, and of a word-CNN for own
texts the widths of its filters, the start and the training of its vectors, the weights of classes
and how much is left out at random: one after the other, as long as --budget says; what was tried
is told and kept. Where a split has a validation part, that part chooses. Of own texts, a fifth is
kept for the final measure. It comes with its standard error, and with how many of the texts
measured on have a duplicate among those learned from. Beside a word-CNN of own texts it is told
what a linear model reaches on them. A linear model takes TF-IDF of words and pairs of words, of
characters within words, or of all of them, as three-fold cross-validation on the training texts
says, and so the penalty on its weights. With --vectors random, word vectors are drawn and learned
with the rest. Rows that cannot be used are reported by line and left out. The model keeps digests
of the rows that it learned from, by which evaluate knows them again. A run of arras-2016,
char-cnn, lstm, bilstm or gru that was stopped goes on where it was. The same seed gives the same
bytes as long as the time suffices for all that is tried.
`,
  examples: [
    "deno task train --data ../20newsgroups --out model",
    "deno task train --data reviews.csv --text body --label stars --out reviews-model",
    "deno task train --data texts/",
    "deno task train --data questions.csv --architecture auto",
    "deno task train --data ../20newsgroups --architecture bilstm --out bilstm",
    "deno task train --data questions.csv --widths 1,2,3,4 --budget 300",
    "deno task train --data part-*.csv --no-header --text 2 --label 1",
    "deno task train --data sms.tsv --split split.json",
  ],
});

/** What is given to `deno task train`. */
export type TrainArguments = ArgumentsOf<typeof trainProgram>;
