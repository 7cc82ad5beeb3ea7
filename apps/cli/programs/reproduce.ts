import { choiceFlag, readFlag, switchFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  cacheFlag,
  dataFlag,
  explainersFlag,
  offlineFlag,
  pluginFlag,
  resultsFlag,
  seedFlag,
  vectorsFlag,
  workersFlag,
} from "../shared_flags.ts";
import { columnFlags } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The corpora that can be asked for; `auto` takes the real one where it can be had. */
export const corpora = ["auto", "newsgroups", "miniature"] as const;

/** The kinds of models that `--beyond` measures. */
export const beyondKinds = ["word-cnn", "char-cnn", "bilstm", "gru", "lstm", "linear"] as const;

/** A model that `--beyond` measures. */
export interface BeyondModel {
  /** Its kind. */
  readonly kind: typeof beyondKinds[number];
  /** Its folder, where it is not to be trained. */
  readonly folder?: string;
}

function readModels(given: string): BeyondModel[] {
  const models = given.split(",").map((part) => {
    const [kind, ...rest] = part.split("=");
    const known = beyondKinds.find((name) => name === kind);
    const folder = rest.join("=");
    if (known === undefined || part.includes("=") && folder === "") {
      throw new UsageError(
        `Option --models takes ${
          beyondKinds.join(", ")
        }, with commas between them, each with "=DIR" ` +
          `for a model that is there, not "${part}"`,
      );
    }
    return { kind: known, ...(folder !== "" && { folder }) };
  });
  if (new Set(models.map(({ kind }) => kind)).size === models.length) return models;
  throw new UsageError(`Option --models names a kind twice: "${given}"`);
}

/** What can be asked for of the chapter on trust. */
export const trustTables = ["table", "full", "none"] as const;

/** `deno task reproduce` */
export const reproduceProgram = defineProgram({
  name: "reproduce",
  about: `
Runs the experiments of Arras et al. 2016, "Explaining Predictions of Non-Linear Classifiers in
NLP", on the 20Newsgroups corpus, and writes a report.
`,
  usage: ["deno task reproduce [options]"],
  flags: [
    dataFlag(),
    choiceFlag("corpus", corpora, {
      value: "NAME",
      default: "auto",
      help: '"newsgroups" insists on the real corpus; "miniature" takes the 140 posts that come ' +
        'with the project, and its pretrained model; "auto" takes the real corpus if it is there ' +
        "or can be downloaded, else the miniature",
    }),
    offlineFlag,
    resultsFlag,
    cacheFlag,
    explainersFlag("lrp,sa"),
    pluginFlag,
    vectorsFlag,
    switchFlag("tf-idf", "Also draw documents weighted by TF-IDF, the paper's other baseline"),
    switchFlag(
      "beyond",
      "Also train other networks, and do the experiments of word deletion with each: what the paper " +
        "left open",
    ),
    switchFlag("beyond-only", "The same, without the experiments of the paper itself"),
    textFlag("beyond-data", {
      value: "PATH",
      complete: "file",
      help: "A table of labelled texts, on which that is done, too",
    }),
    ...columnFlags,
    readFlag("models", {
      value: "LIST",
      help: "The networks of --beyond, of " + beyondKinds.join(", ") +
        "; NAME=DIR takes one that is there",
      shown: "word-cnn,char-cnn,bilstm,gru,linear",
    }, readModels),
    wholeNumberFlag("documents", {
      value: "N",
      from: 1,
      to: 1e6,
      help: "Most documents of a task that --beyond explains and deletes words of",
      shown: "300",
    }),
    wholeNumberFlag("runs", {
      value: "N",
      from: 1,
      to: 1000,
      help: "Runs of random deletion of --beyond",
      shown: "3",
    }),
    choiceFlag("trust", trustTables, {
      value: "WHAT",
      default: "table",
      help:
        '"table" measures in a minute which explainers may be trusted for the model; "full" also ' +
        'trains four more models and five with planted shortcuts, which takes an hour; or "none"',
    }),
    seedFlag,
    workersFlag(),
    wholeNumberFlag("memory", {
      value: "MIB",
      from: 0,
      to: 3500,
      default: 512,
      help: "Most memory for projections of words, in MiB; less is slower where the vocabulary " +
        "is large, and changes no result",
    }),
    switchFlag(
      "quick",
      "A small part of everything, in a minute or two: shows that it runs, proves nothing",
    ),
  ],
  notes: `
Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json, OUT/figures/ and
OUT/trust/ (the table of "deno task trust"); with --beyond also OUT/beyond.json, and a chapter of
the report, with --beyond-only OUT/beyond.json and OUT/beyond.html alone. What was computed before
is taken from the cache; a run that was stopped goes on where it was.
`,
  examples: [
    "deno task reproduce --data ../20newsgroups",
    "deno task reproduce --quick --out quick",
    "deno task reproduce --beyond --beyond-data questions.csv --text body --label kind",
    "deno task reproduce --explainers lrp,sa,gradient-input --plugin ./mine.ts",
  ],
});

/** What is given to `deno task reproduce`. */
export type ReproduceArguments = ArgumentsOf<typeof reproduceProgram>;
