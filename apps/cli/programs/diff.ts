import { readFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { modelLimitFlags } from "../shared_flags.ts";
import { UsageError } from "../usage_error.ts";
import { auditedFlags } from "./audit.ts";

/** An option that takes a share, from 0 to 1. */
const marginFlag = <const N extends string>(name: N, otherwise: number, help: string) =>
  readFlag(name, { value: "SHARE", default: otherwise, help }, (given, name) => {
    const share = Number(given);
    if (/^\d*\.?\d+$/.test(given) && share <= 1) return share;
    throw new UsageError(`Option --${name} takes a share from 0 to 1, not "${given}"`);
  });

/** `deno task diff` */
export const diffProgram = defineProgram({
  name: "diff",
  about: `
Tells which texts and which words changed between two models: other predictions, and words that
carry more or less of the relevance, ranked by change, with 95 % intervals.
`,
  usage: ["deno task diff BEFORE AFTER [options]", "deno task diff BEFORE AFTER --data FILE..."],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    textFlag("out", { value: "DIR", complete: "folder", default: "out/diff", help: "The folder" }),
    ...modelLimitFlags,
    ...auditedFlags,
    marginFlag("margin", 0.05, "From which fall of an accuracy on there is an alarm"),
    marginFlag(
      "word-margin",
      0.2,
      "From which change of a word's share of the relevance on there is an alarm",
    ),
    wholeNumberFlag("most", {
      value: "N",
      from: 1,
      to: 10_000,
      default: 50,
      help: "How many texts and words are told, at most; alarms all are",
    }),
  ],
  notes: `
Writes OUT/diff.html (one page, for a browser without network) and OUT/diff.json. An alarm is a
change whose whole interval is beyond the margin, so that another seed of the same training raises
none.
`,
  examples: [
    "deno task diff model-of-may model-of-june --data reviews.csv --text body --label stars",
  ],
});

/** What is given to `deno task diff`. */
export type DiffArguments = ArgumentsOf<typeof diffProgram>;
