import { defined } from "../cli/flag.ts";
import type { ReproduceArguments } from "../cli/programs/reproduce.ts";

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
    trust,
    workers,
    memory: args.memory * 2 ** 20,
  };
}
