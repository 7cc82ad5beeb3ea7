import { corpora } from "../corpus_flag.ts";
import { choiceFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  modelFlags,
  oneExplainerFlag,
  pluginFlag,
  seedFlag,
  usualExplainer,
  workersFlag,
} from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

/** `--corpus` of the programs that look at all texts. */
export const allCorpusFlag = choiceFlag("corpus", corpora, {
  value: "NAME",
  default: "all",
  help: "all, test, train, or miniature; of own texts train are those that the model was trained " +
    "on, where it tells",
});

/** `--documents` of the programs that look at many texts. */
export const documentsFlag = wholeNumberFlag("documents", {
  value: "N",
  from: 1,
  to: 1e6,
  default: 4000,
  help: "How many texts are looked at, drawn by the seed",
});

/** Which texts are looked at, of which model, and how. */
export const auditedFlags = [
  labelledDataFlag,
  allCorpusFlag,
  ...columnFlags,
  oneExplainerFlag(usualExplainer, "What gives the relevances"),
  pluginFlag,
  documentsFlag,
  seedFlag,
  workersFlag(),
] as const;

/** `deno task audit` */
export const auditProgram = defineProgram({
  name: "audit",
  about: `
Looks for what a model should perhaps not look at: words, pairs of words, marks, ways to write and
groups of tokens that decide whatever else a text says; and clusters texts by how they are decided.
`,
  usage: ["deno task audit [options]", "deno task audit --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    ...modelFlags,
    textFlag("out", { value: "DIR", complete: "folder", default: "out/audit", help: "The folder" }),
    ...auditedFlags,
    wholeNumberFlag("candidates", {
      value: "N",
      from: 1,
      to: 10_000,
      default: 120,
      help: "How many features are put into texts and taken out of texts, to see what they do",
    }),
    wholeNumberFlag("insertions", {
      value: "N",
      from: 1,
      to: 100_000,
      default: 60,
      help: "How many texts of other classes each is put into",
    }),
    wholeNumberFlag("removals", {
      value: "N",
      from: 1,
      to: 1e6,
      default: 500,
      help: "How many texts each is taken out of, at most",
    }),
    wholeNumberFlag("findings", {
      value: "N",
      from: 1,
      to: 10_000,
      default: 50,
      help: "How many findings are told, at most; alarms all are",
    }),
  ],
  notes: `
Writes OUT/audit.html (one page, for a browser without network), OUT/audit.json and OUT/audit.csv.
What the model was asked already stands in OUT/asked.jsonl: the same command goes on where it
stopped. A slow model takes long: take fewer --documents, --candidates and --removals.
`,
  examples: [
    "deno task audit --model reviews-model --data reviews.csv --text body --label stars",
    "deno task audit --data newsgroups --corpus test --documents 2000",
  ],
});

/** What is given to `deno task audit`. */
export type AuditArguments = ArgumentsOf<typeof auditProgram>;
