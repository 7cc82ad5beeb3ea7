import { defined } from "../cli/flag.ts";
import type { corpora, ReproduceArguments } from "../cli/programs/reproduce.ts";

/** What to run, and where. */
export interface Settings {
  /** Which corpus. */
  readonly corpus: (typeof corpora)[number];
  /** Whether nothing may be downloaded. */
  readonly offline: boolean;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** The folder of the results. */
  readonly out: string;
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** `skipgram`, or a file of word vectors. */
  readonly vectors: string;
  /** Whether documents are also weighted by TF-IDF. */
  readonly tfIdf: boolean;
  /** Where all randomness starts. */
  readonly seed: number;
  /** Whether to run a small part of everything. */
  readonly quick: boolean;
  /** How many threads. */
  readonly workers: number;
  /** Most memory for projections of words, in bytes. */
  readonly memory: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: ReproduceArguments): Settings {
  const { explainers = ["lrp", "sa"] } = args;
  const { corpus, offline, data, out, cache, vectors, seed, quick, workers } = args;
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
    workers,
    memory: args.memory * 2 ** 20,
  };
}
