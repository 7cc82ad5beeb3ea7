import { switchFlag, textFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { dataFlag, encodingFlag } from "../shared_flags.ts";

/** `deno task tokenize` */
export const tokenizeProgram = defineProgram({
  name: "tokenize",
  about: "Splits texts into sentences and words exactly as NLTK 3.1 does.",
  usage: [
    "deno task tokenize [options] FILE...",
    "deno task tokenize [options] --train-punkt OUTDIR FILE...",
  ],
  details: `
Writes one line of JSON per file to standard output: {"file", "sentences", "tokens"}.
FILE may be "-" for standard input.
`,
  positionals: Infinity,
  completePositional: "file",
  flags: [
    textFlag("list", {
      value: "FILE",
      complete: "file",
      help: 'Also read the files named in FILE, one per line ("-": standard input)',
    }),
    switchFlag("strip-header", "Leave out all up to and including the first blank line"),
    encodingFlag(
      "Encoding of the files, whose byte order mark stays in the text as in Python",
      "latin1",
    ),
    dataFlag("; its punkt/english is used where it exists, else the built-in parameters"),
    textFlag("train-punkt", {
      value: "OUTDIR",
      complete: "folder",
      help: "Do not tokenize, but learn Punkt's parameters from the files, joined by blank " +
        "lines, and write them to OUTDIR in the layout of punkt_tab",
    }),
  ],
});
