import { defineProgram } from "../program.ts";
import { dataFlag, exampleFlag, jsonFlag } from "../shared_flags.ts";

/** `deno task check-tokenizer` */
export const checkTokenizerProgram = defineProgram({
  name: "check-tokenizer",
  about: "Proves a tokenizer right: runs the conformance kit on it and prints what it keeps.",
  usage: ["deno task check-tokenizer [options] TOKENIZER..."],
  details: `
TOKENIZER is a file whose default export is a tokenizer (or an array of several), or the name of a
built-in one; "deno task tokenizers" lists these.
The exit code is 0 if all conform, and 1 if one does not.
`,
  positionals: Infinity,
  completePositional: "file",
  flags: [
    exampleFlag,
    dataFlag(", for tokenizers that read tables"),
    jsonFlag("Print one JSON array of {tokenizer, passed, results} instead of text"),
  ],
  examples: [
    'deno task check-tokenizer ./hashtags.ts --example "so #happy today"',
    "deno task check-tokenizer newsgroups whitespace",
  ],
});
