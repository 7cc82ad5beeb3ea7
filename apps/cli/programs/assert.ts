import { switchFlag, textFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { modelFlags } from "../shared_flags.ts";
import { auditedFlags } from "./audit.ts";

/** `deno task assert` */
export const assertProgram = defineProgram({
  name: "assert",
  about: `
Checks rules about what a model looks at, for continuous integration: "tokens of group host carry
less than 2 % of the relevance in every class", "without names less than 1 % of predictions
change".
`,
  usage: ["deno task assert RULES.json [options]", "deno task assert --schema"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    ...modelFlags,
    ...auditedFlags,
    textFlag("junit", {
      value: "FILE",
      complete: "file",
      help: "Write the results as JUnit XML, too",
    }),
    switchFlag(
      "strict",
      "What is not decided, not measured, or not checked for every class fails, too",
    ),
    switchFlag("schema", "Print the JSON schema of rules, and end"),
  ],
  notes: `
A rule fails where its 95 % interval lies wholly beyond its limit; where the interval holds the
limit it is "not decided", which fails with --strict alone. Under GitHub Actions each rule that
does not hold is an annotation, too. Exit codes: 0 no rule fails; 1 a rule fails; 2 wrong
arguments, or rules, texts or a model that cannot be read.
`,
  examples: [
    "deno task assert rules.json --model reviews-model --data reviews.csv --text body --label stars",
  ],
});

/** What is given to `deno task assert`. */
export type AssertArguments = ArgumentsOf<typeof assertProgram>;
