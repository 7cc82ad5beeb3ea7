import { modelHelp, pluginHelp } from "./model_help.ts";
import type { Flag } from "./completions.ts";
import { formats } from "@heatword/eval/render";

/** Every option of the program; the command line, the help and the completions come from here. */
export const flags: readonly Flag[] = [
  { name: "file", value: "FILE", complete: "file", help: "Explain the text of a file" },
  {
    name: "newsgroup",
    value: "ID",
    help: "Explain an article of the corpus, e.g. sci.space/61393",
  },
  {
    name: "explainer",
    value: "NAMES",
    complete: "explainers",
    help: "Explainers with commas between; lrp if not given, occlusion where a model has no layers",
  },
  {
    name: "target",
    value: "NAMES",
    complete: "classes",
    repeat: true,
    help:
      "Classes with commas between, predicted, runner-up, all, or A-vs-B; the predicted class if " +
      "not given; may be repeated",
  },
  {
    name: "option",
    value: "NAME=VALUE",
    repeat: true,
    help: "An option of the explainers, or of one: lrp.epsilon=0.1; may be repeated",
  },
  {
    name: "format",
    value: "FORMAT",
    complete: [...formats, "parquet"],
    help: "terminal, html, json, jsonl, csv, svg; with --batch jsonl, csv, parquet",
  },
  {
    name: "out",
    value: "FILE",
    complete: "file",
    help: "Write to a file; its ending tells the format",
  },
  { name: "top", value: "K", help: "How many words for and against are listed; 5 if not given" },
  { name: "ledger", help: "Show what each layer did with the relevance" },
  {
    name: "color",
    value: "WHEN",
    complete: ["auto", "always", "never"],
    help: "Colour on the terminal: auto, always, never",
  },
  {
    name: "width",
    value: "COLUMNS",
    help: "Width of the output; that of the terminal if not given",
  },
  {
    name: "model",
    value: "MODEL",
    complete: "file",
    help: modelHelp,
  },
  {
    name: "data",
    value: "DIR",
    complete: "folder",
    help: "The data folder; else $HEATWORD_DATA, ./data",
  },
  {
    name: "plugin",
    value: "FILE",
    complete: "file",
    repeat: true,
    help: pluginHelp,
  },
  {
    name: "encoding",
    value: "NAME",
    complete: ["utf-8", "latin1", "windows-1252", "utf-16le"],
    help: "Encoding of files and standard input; utf-8 if not given",
  },
  { name: "strip-header", help: "Drop everything up to the first blank line of a file" },
  {
    name: "batch",
    value: "INPUT",
    complete: "file",
    help:
      "Explain every row of a .jsonl, .csv or .tsv file, every file of a folder, or - (jsonl on stdin)",
  },
  { name: "text-field", value: "NAME", help: "Batch: the field with the text; text if not given" },
  { name: "id-field", value: "NAME", help: "Batch: the field with a name; id if not given" },
  { name: "rejected", value: "FILE", complete: "file", help: "Batch: where bad rows go" },
  { name: "shard", value: "I/N", help: "Batch: only the Ith of N equal parts of the input" },
  { name: "workers", value: "N", help: "Batch: how many at once; one a core if not given" },
  {
    name: "time-limit",
    value: "S",
    help: "Batch: seconds that a row may take before it is rejected; 300 if not given",
  },
  {
    name: "completions",
    value: "SHELL",
    complete: ["bash", "zsh", "fish"],
    help: "Print completions for a shell, and end",
  },
  { name: "help", short: "h", help: "Print this help, and end" },
];

const column = Math.max(...flags.map(({ name, value }) => `--${name} ${value ?? ""}`.length)) + 4;

function paragraph(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const listed = flags.map(({ name, short, value, help }) => {
  const head = `  ${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
  const [first, ...more] = paragraph(help, 98 - column);
  return [head.padEnd(column) + first, ...more.map((line) => " ".repeat(column) + line)].join("\n");
});

/** The text of `--help`. */
export const help = `
Tells which words made a text classifier decide as it did.

Usage: explain TEXT | --file FILE | --newsgroup ID | -   [options]
       explain --batch INPUT [--out FILE]                [options]

"explain" is short for "deno task explain". TEXT is one argument, so quote it; - reads the text from
standard input. "deno task explainers" lists the explainers and their options.

A --target that is the whole name of a class is that class. A name in quotes, with the escapes of
JSON, is always a class: '"a, b"-vs-"c"'. @predicted, @runner-up and @all are what they say where a
class is called predicted, runner-up or all.

Options:
${listed.join("\n")}

Examples:
  explain "The shuttle reached its orbit this morning"
  explain --newsgroup sci.space/61393 --explainer lrp,sa
  explain --file post.txt --target sci.med-vs-sci.space --ledger
  explain --file post.txt --target all --out post.html
  cat post.txt | explain - --format json | jq .predicted
  explain "a text" --explainer lrp --option epsilon=0.1
  explain --batch posts.jsonl --target all --out explained.jsonl
  explain --batch posts.csv --out explained.parquet --shard 1/8

Exit code: 0 for a result, 1 for an error in the input, 2 for wrong arguments.
`;
