import { corpusFlag } from "../corpus_flag.ts";
import { readFlag, splitList, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { explainersFlag, modelFlags, pluginFlag, seedFlag, workersFlag } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

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
    ...modelFlags,
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
    wholeNumberFlag("seeds", {
      value: "N",
      from: 1,
      to: 1000,
      default: 1,
      help: "How many seeds explainers that sample are run with; their figures are means",
    }),
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
