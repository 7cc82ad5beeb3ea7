import type { Args } from "@std/cli/parse-args";
import { type CommandLine, UsageError, wholeNumber } from "../cli/cli.ts";
import { pluginHelp } from "../cli/model_help.ts";

/** The corpora that can be asked for; `auto` takes the real one where it can be had. */
export const corpora = ["auto", "newsgroups", "miniature"] as const;

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

const help = `
Runs the experiments of Arras et al. 2016, "Explaining Predictions of Non-Linear Classifiers in NLP",
on the 20Newsgroups corpus, and writes a report.

Usage: deno task reproduce [options]

  --data DIR         Folder of the corpus (default: $HEATWORD_DATA, else ./data)
  --corpus NAME      "newsgroups" insists on the real corpus; "miniature" takes the 140 posts that come
                     with the project, and its pretrained model; "auto" takes the real corpus if it is
                     there or can be downloaded, else the miniature (default: auto)
  --offline          Download nothing
  --out DIR          Folder of the results (default: out)
  --cache DIR        Folder of word vectors, checkpoints and models (default: $HEATWORD_CACHE, else ./.cache)
  --explainers A,B   Explainers to evaluate (default: lrp,sa)
  --plugin FILE      ${pluginHelp}
  --vectors WHAT     "skipgram" trains word vectors on the training documents; else a file of vectors
                     in word2vec's binary format (plain or .gz), or as text (word2vec, GloVe) (default: skipgram)
  --tf-idf           Also draw documents weighted by TF-IDF, the paper's other baseline
  --seed N           Seed of all randomness (default: 0)
  --workers N        Threads (default: one a processor); the results are the same for any number
  --memory MIB       Most memory for projections of words, in MiB (default: 512); less is slower where
                     the vocabulary is large, and changes no result
  --quick            A small part of everything, in a minute or two: shows that it runs, proves nothing
  -h, --help         Show this

Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json and OUT/figures/. What was computed before is
taken from the cache; a run that was stopped goes on where it was.

Examples:
  deno task reproduce --data ../20newsgroups
  deno task reproduce --quick --out quick
  deno task reproduce --explainers lrp,sa,gradient-input --plugin ./mine.ts
`;

/** What the program takes, for `readCommandLine`. */
export const commandLine: CommandLine = {
  help,
  string: ["data", "corpus", "out", "cache", "explainers", "vectors", "seed", "workers", "memory"],
  collect: ["plugin"],
  boolean: ["quick", "offline", "tf-idf"],
  positionals: 0,
};

/** Reads names with commas between. */
export function readNames(option: string, given: string): string[] {
  const names = given.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new UsageError(`Option --${option} takes names with commas between, not "${given}"`);
  }
  return [...new Set(names)];
}

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If one makes no sense.
 */
export function readSettings(args: Args): Settings {
  const corpus = corpora.find((name) => name === (args.corpus ?? "auto"));
  if (corpus === undefined) {
    throw new UsageError(
      `Option --corpus takes one of ${corpora.join(", ")}, not "${args.corpus}"`,
    );
  }
  return {
    corpus,
    offline: args.offline ?? false,
    ...(args.data !== undefined && { data: args.data }),
    out: args.out ?? "out",
    ...(args.cache !== undefined && { cache: args.cache }),
    explainers: readNames("explainers", args.explainers ?? "lrp,sa"),
    plugins: args.plugin ?? [],
    vectors: args.vectors ?? "skipgram",
    tfIdf: args["tf-idf"] ?? false,
    seed: wholeNumber(args, "seed", 0, 4294967295) ?? 0,
    quick: args.quick ?? false,
    workers: wholeNumber(args, "workers", 1, 256) ?? navigator.hardwareConcurrency,
    memory: (wholeNumber(args, "memory", 0, 3500) ?? 512) * 2 ** 20,
  };
}
