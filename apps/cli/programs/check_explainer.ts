import { defineProgram } from "../program.ts";
import { jsonFlag } from "../shared_flags.ts";

/** `deno task check-explainer` */
export const checkExplainerProgram = defineProgram({
  name: "check-explainer",
  about:
    "Proves an explainer right: runs the conformance kit on it and prints its capability card.",
  usage: ["deno task check-explainer [options] EXPLAINER..."],
  details: `
EXPLAINER is a file whose default export is an explainer (or an array of several), or the name of a
built-in one.
The exit code is 0 if all conform, and 1 if one does not.
`,
  positionals: Infinity,
  completePositional: "file",
  flags: [
    jsonFlag("Print one JSON array of {explainer, passed, results} instead of text"),
  ],
});
