import { defineProgram } from "../program.ts";
import { jsonFlag, pluginFlag } from "../shared_flags.ts";

/** `deno task tokenizers` */
export const tokenizersProgram = defineProgram({
  name: "tokenizers",
  about: `
Lists the tokenizers: how each cuts texts into words, and its options. A model is read by the one
that its folder names.
`,
  usage: ["deno task tokenizers [options]"],
  flags: [pluginFlag, jsonFlag("Print one JSON array instead of text")],
});
