import { readFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { dataFlag, exampleFlag, jsonFlag, modelLimitFlags, pluginFlag } from "../shared_flags.ts";
import { UsageError } from "../usage_error.ts";

function readTolerance(given: string, name: string): number {
  const value = Number(given);
  if (given.trim() !== "" && value > 0 && value < 1) return value;
  throw new UsageError(`Option --${name} takes a number between 0 and 1, not "${given}"`);
}

/** `deno task check-model` */
export const checkModelProgram = defineProgram({
  name: "check-model",
  about:
    "Proves a model right: runs the conformance kit on it and prints what it can do and what it keeps.",
  usage: ["deno task check-model [options] MODEL..."],
  details: `
MODEL is what --model takes in the other programs: a folder, a .ts, .js or .mjs file whose default
export is a model, or classes and a function that classifies texts, "command: …", or the address of
a server. The exit code is 0 if all conform, and 1 if one does not.
`,
  positionals: Infinity,
  completePositional: "file",
  flags: [
    exampleFlag,
    readFlag("tolerance", {
      value: "X",
      help: "How far two ways to the same numbers may be apart, as a part of the largest of them",
      shown: "1e-4",
    }, readTolerance),
    ...modelLimitFlags,
    pluginFlag,
    dataFlag(", for tokenizers that read tables"),
    jsonFlag(
      "Print one JSON array of {model, passed, classes, explainers, cost, results} instead of text",
    ),
  ],
  examples: [
    'deno task check-model ./praise.ts --example "a good film"',
    "deno task check-model datasets/newsgroups/pretrained",
  ],
});
