import type { Shard } from "@heatword/eval/batch";
import { formats } from "@heatword/eval/render";
import type { RowFormat } from "@heatword/eval/rows";
import {
  choiceFlag,
  readFlag,
  repeatedFlag,
  secondsFlag,
  switchFlag,
  textFlag,
  wholeNumberFlag,
} from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { colorChoices } from "../screen.ts";
import {
  dataFlag,
  encodingFlag,
  explainersFlag,
  modelFlags,
  pluginFlag,
  unitFlag,
  usualExplainer,
  workersFlag,
} from "../shared_flags.ts";
import { idColumnFlag, labelColumnFlag, tableFormFlags, textColumnFlag } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The formats of a batch. */
export const batchFormats = ["jsonl", "csv", "parquet"] as const satisfies readonly RowFormat[];

function readShard(given: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(given)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new UsageError(`Option --shard takes I/N with I from 1 to N, not "${given}"`);
  }
  return { index, count };
}

/** `deno task explain` */
export const explainProgram = defineProgram({
  name: "explain",
  about: "Tells which words made a text classifier decide as it did.",
  usage: [
    "explain TEXT | --file FILE | --newsgroup ID | -   [options]",
    "explain --batch INPUT... [--out FILE]             [options]",
  ],
  details: `
"explain" is short for "deno task explain". TEXT is one argument, so quote it; - reads the text from
standard input. "deno task explainers" lists the explainers and their options.

A --target that is the whole name of a class is that class. A name in quotes, with the escapes of
JSON, is always a class: '"a, b"-vs-"c"'. @predicted, @runner-up and @all are what they say where a
class is called predicted, runner-up or all.
`,
  positionals: Infinity,
  flags: [
    textFlag("file", { value: "FILE", complete: "file", help: "Explain the text of a file" }),
    textFlag("newsgroup", {
      value: "ID",
      help: "Explain an article of the corpus, e.g. sci.space/61393",
    }),
    explainersFlag(usualExplainer),
    repeatedFlag("target", {
      value: "NAMES",
      complete: "targets",
      help: "Classes with commas between, predicted, runner-up, all, or A-vs-B; the predicted " +
        "class if not given",
    }),
    repeatedFlag("option", {
      value: "NAME=VALUE",
      help: "An option of the explainers, or of one: lrp.epsilon=0.1",
    }),
    unitFlag,
    textFlag("format", {
      value: "FORMAT",
      complete: [...formats, "parquet"],
      help: `${formats.join(", ")}; with --batch ${batchFormats.join(", ")}`,
    }),
    textFlag("out", {
      value: "FILE",
      complete: "file",
      help: "Write to a file; its ending says which format",
    }),
    wholeNumberFlag("top", {
      value: "K",
      from: 0,
      to: 1e6,
      help: "How many words for and against are listed",
      default: 5,
    }),
    switchFlag("ledger", "Show what each layer did with the relevance"),
    choiceFlag("color", colorChoices, {
      value: "WHEN",
      help: "Colour on the terminal: auto, always, never",
      default: "auto",
    }),
    wholeNumberFlag("width", {
      value: "COLUMNS",
      from: 20,
      to: 1e6,
      help: "Width of the output",
      shown: "that of the terminal",
    }),
    ...modelFlags,
    dataFlag(),
    pluginFlag,
    encodingFlag("Encoding of files and standard input", "utf-8"),
    switchFlag("strip-header", "Drop everything up to the first blank line of a file"),
    repeatedFlag("batch", {
      value: "INPUT",
      complete: "file",
      help:
        "Explain every row of .csv, .tsv, .jsonl or .parquet files (or .gz of the first three), " +
        "every file of a folder, or - (jsonl on stdin)",
    }),
    textColumnFlag,
    idColumnFlag,
    labelColumnFlag,
    ...tableFormFlags,
    textFlag("rejected", { value: "FILE", complete: "file", help: "Batch: where bad rows go" }),
    readFlag(
      "shard",
      { value: "I/N", help: "Batch: only the Ith of N equal parts of the input" },
      readShard,
    ),
    workersFlag("Batch: how many rows at once; the result is the same for any number"),
    secondsFlag("time-limit", {
      from: 0.1,
      to: 86_400,
      default: 300,
      help: "Batch: seconds that a row may take before it is rejected",
    }),
  ],
  examples: [
    'explain "The shuttle reached its orbit this morning"',
    "explain --newsgroup sci.space/61393 --explainer lrp,sa",
    "explain --file post.txt --target sci.med-vs-sci.space --ledger",
    "explain --file post.txt --target all --out post.html",
    "cat post.txt | explain - --format json | jq .predicted",
    'explain "a text" --explainer lrp --option epsilon=0.1',
    "explain --file post.txt --explainer kernel-shap --unit sentence",
    "explain --batch posts.jsonl --target all --out explained.jsonl",
    "explain --batch posts.csv --out explained.parquet --shard 1/8",
    "explain --batch part-*.csv --no-header --text 2 --out explained.csv",
  ],
  end: "Exit code: 0 for a result, 1 for an error in the input, 2 for wrong arguments.",
});

/** What is given to `deno task explain`. */
export type ExplainArguments = ArgumentsOf<typeof explainProgram>;
