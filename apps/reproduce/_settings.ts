import { defined } from "../cli/flag.ts";
import type { BeyondModel, ReproduceArguments } from "../cli/programs/reproduce.ts";
import { UsageError } from "../cli/usage_error.ts";
import { type LabelledSettings, labelledSettings } from "../opening/labelled_settings.ts";

/** What to measure beyond the paper. */
export interface BeyondSettings {
  /** The models. */
  readonly models: readonly BeyondModel[];
  /** Most documents of a task that are explained. */
  readonly documents: number;
  /** Runs of random deletion. */
  readonly runs: number;
  /** Whether that is all, without the experiments of the paper. */
  readonly only: boolean;
  /** A table of labelled texts. */
  readonly data?: string;
  /** How it is read. */
  readonly columns?: LabelledSettings["columns"];
}

/** What is measured unless something else is asked for. */
const usual = { documents: 300, runs: 3 };
const usualModels = ["word-cnn", "char-cnn", "bilstm", "gru", "linear"] as const;

/** Options of `--beyond`, and of its table. */
const ofBeyond = ["beyond-data", "models", "documents", "runs"] as const;
const ofTable = [
  "text",
  "label",
  "id",
  "split",
  "split-column",
  "separator",
  "quote",
  "fields",
] as const;

function beyondSettings(args: ReproduceArguments): BeyondSettings | undefined {
  const only = args["beyond-only"];
  const isAsked = args.beyond || only;
  const alone = ofBeyond.find((name) => args[name] !== undefined && !isAsked);
  if (alone !== undefined) {
    throw new UsageError(`Option --${alone} has no meaning without --beyond`);
  }
  const data = args["beyond-data"];
  const idle = ofTable.find((name) => args[name] !== undefined && data === undefined);
  if (idle !== undefined) {
    throw new UsageError(`Option --${idle} has no meaning without --beyond-data`);
  }
  const ofPaper = (["tf-idf", "trust"] as const).find((name) => only && args.given.has(name));
  if (ofPaper !== undefined) {
    throw new UsageError(
      `Option --${ofPaper} has no meaning with --beyond-only, which leaves out the paper's experiments`,
    );
  }
  if (!isAsked) return undefined;
  const { columns } = labelledSettings({ ...args, data: [], positionals: [] });
  return {
    ...{ ...usual, ...defined({ documents: args.documents, runs: args.runs }) },
    only,
    models: args.models ?? usualModels.map((kind) => ({ kind })),
    ...(data !== undefined && { data, columns }),
  };
}

/** What to run, and where: the options as they are given, but for a few. */
export interface Settings
  extends
    Readonly<Pick<ReproduceArguments, "corpus" | "offline" | "out" | "vectors" | "seed">>,
    Readonly<Pick<ReproduceArguments, "quick" | "trust" | "workers">> {
  /** The data folder, when one was named. */
  readonly data?: string;
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Whether documents are also weighted by TF-IDF. */
  readonly tfIdf: boolean;
  /** What is measured beyond the paper, where it is asked for. */
  readonly beyond?: BeyondSettings;
  /** Most memory for projections of words, in bytes. */
  readonly memory: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: ReproduceArguments): Settings {
  const { explainers = ["lrp", "sa"] } = args;
  const { corpus, offline, data, out, cache, vectors, seed, quick, trust, workers } = args;
  return {
    corpus,
    offline,
    ...defined({ data, cache }),
    out,
    explainers,
    plugins: args.plugin,
    vectors,
    tfIdf: args["tf-idf"],
    seed,
    quick,
    ...defined({ beyond: beyondSettings(args) }),
    trust,
    workers,
    memory: args.memory * 2 ** 20,
  };
}
