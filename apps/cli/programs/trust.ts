import { corpusFlag } from "../corpus_flag.ts";
import {
  readFlag,
  repeatedFlag,
  splitList,
  switchFlag,
  textFlag,
  wholeNumberFlag,
} from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  cacheFlag,
  explainersFlag,
  modelFlag,
  modelLimitFlags,
  pluginFlag,
  seedFlag,
  workersFlag,
} from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

const texts = { value: "N", to: 1e6 } as const;

/** `deno task trust` */
export const trustProgram = defineProgram({
  name: "trust",
  about: `
Says which explainers may be trusted for a model: a table with a row for each explainer, a column
for each measure with its 95 % interval, and a verdict that follows from the numbers by rule.
`,
  usage: ["deno task trust [options]", "deno task trust --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    repeatedFlag("model", {
      value: "MODEL",
      complete: "file",
      help: `${modelFlag.help}; given several times, models that were trained alike are averaged`,
    }),
    ...modelLimitFlags,
    labelledDataFlag,
    corpusFlag,
    ...columnFlags,
    textFlag("out", { value: "DIR", complete: "folder", default: "out/trust", help: "The folder" }),
    explainersFlag("all that work with the model"),
    readFlag("measures", {
      value: "NAMES",
      help: "Measures with commas between; list prints all, and ends",
      shown: "all",
    }, (given, name) => splitList(name, given)),
    readFlag("compare", {
      value: "NAMES",
      complete: "explainers",
      help: "Two explainers with a comma between: whether the first is ahead in every column",
      shown: "none",
    }, (given, name): readonly [string, string] => {
      const [first, second, ...others] = splitList(name, given);
      if (second !== undefined && others.length === 0) return [first!, second];
      throw new UsageError(`Option --${name} takes two explainers, not "${given}"`);
    }),
    pluginFlag,
    wholeNumberFlag("documents", {
      ...texts,
      from: 1,
      default: 120,
      help: "How many texts are explained, drawn by the seed",
    }),
    wholeNumberFlag("min-words", {
      ...texts,
      from: 1,
      default: 2,
      help: "Only texts of at least so many words",
    }),
    wholeNumberFlag("max-words", {
      ...texts,
      from: 1,
      default: 60,
      help:
        "Only texts of at most so many words: of longer ones the limits are not looked for, and " +
        "all takes longer",
    }),
    wholeNumberFlag("hybrids", {
      ...texts,
      from: 0,
      default: 120,
      help: "How many texts made of sentences of several classes are explained",
    }),
    wholeNumberFlag("sentences", {
      value: "N",
      from: 2,
      to: 100,
      default: 4,
      help: "How many sentences such a text has",
    }),
    wholeNumberFlag("plants", {
      ...texts,
      from: 0,
      default: 120,
      help:
        "How many texts with each planted shortcut are explained, of a model that is trained on " +
        "shortcuts; 0 for none",
    }),
    repeatedFlag("training-data", {
      value: "PATH",
      complete: "file",
      help: "Texts to train on, as --data; else those of the data that the model was trained on",
    }),
    wholeNumberFlag("seeds", {
      value: "N",
      from: 1,
      to: 1000,
      default: 1,
      help:
        "How many models are measured, further ones trained like the first with other seeds; of " +
        "models that are not trained here, how many seeds explainers that sample are run with",
    }),
    readFlag("word-dropout", {
      value: "P",
      help: "Train the model anew with this word dropout, from 0 to below 1, and measure that",
      shown: "no training",
    }, (given) => {
      const share = Number(given);
      if (given.trim() !== "" && share >= 0 && share < 1) return share;
      throw new UsageError(
        `Option --word-dropout takes a number from 0 to below 1, not "${given}"`,
      );
    }),
    switchFlag(
      "thorough",
      "Shuffle weights five times, not once, and move the words of every text ten times, not those of " +
        "the first 30 three times; takes longer",
    ),
    cacheFlag,
    seedFlag,
    workersFlag(),
  ],
  notes: `
Writes OUT/trust.html (one page, for a browser without network), OUT/trust.json and OUT/trust.csv.
What is measured already stands in OUT/measured.jsonl: the same command goes on where it stopped.
Many of the measures delete words one by one, so a slow model takes long: take fewer texts.
`,
  examples: [
    "deno task trust --corpus miniature --max-words 400 --documents 20 --hybrids 40 \\",
    "  --explainers lrp,sa,random",
    "deno task trust --model reviews-model --data reviews.csv --text body --label stars",
  ],
});

/** What is given to `deno task trust`. */
export type TrustArguments = ArgumentsOf<typeof trustProgram>;
