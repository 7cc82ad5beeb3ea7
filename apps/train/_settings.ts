import type { Args } from "@std/cli/parse-args";
import { type CommandLine, wholeNumber } from "../cli/cli.ts";
import { encodingOption } from "../cli/encoding.ts";

/** What to train on, how, and where to. */
export interface Settings {
  /** A file or folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string;
  /** Where a file of labelled texts has what. */
  readonly columns: {
    readonly text?: string;
    readonly label?: string;
    readonly id?: string;
    readonly encoding?: string;
  };
  /** The folder of the model. */
  readonly out: string;
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** `skipgram`, or a file of word vectors. */
  readonly vectors: string;
  /**
   * Save the word vectors in 8 bits a number, and only of words that the training documents have at
   * least so many times; when absent, all words in full precision.
   */
  readonly compact?: number;
  /** Numbers that differ from the recipe's. */
  readonly epochs?: number;
  /** Number of filters, when it was said. */
  readonly filters?: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

const help = `
Trains a word-CNN on labelled texts, measures it on a part that it never saw, and writes a model folder
that explain, serve, evaluate and export take with --model.

Usage: deno task train [options]

  --data PATH        A .csv, .tsv or .jsonl file (or .gz of one), a folder with a folder of texts for each
                     class, or the folder of the 20Newsgroups corpus (default: $HEATWORD_DATA, else ./data)
  --text COLUMN      The column of the text (default: text)
  --label COLUMN     The column of the class (default: label)
  --id COLUMN        The column of the name (default: the number of the line)
  --encoding NAME    utf-8, latin1, windows-1252, … (default: utf-8)
  --out DIR          Folder of the model (default: model)
  --cache DIR        Folder of word vectors and checkpoints (default: $HEATWORD_CACHE, else ./.cache)
  --vectors WHAT     "skipgram" trains word vectors on the training documents; else a file of vectors
                     in word2vec's binary format (plain or .gz), or as text (default: skipgram)
  --epochs N         Passes over the training documents (default: 12, up to 100 for few documents)
  --filters N        Number of filters (default: 800)
  --compact N        Save a small model: word vectors in 8 bits a number, and only of words that the
                     training documents have at least N times
  --seed N           Seed of all randomness (default: 0)
  --workers N        Threads (default: one a processor); the result is the same for any number
  -h, --help         Show this

A part of the texts of each class is held out to choose the epoch by; of own texts, a fifth is kept for
the final measure. It comes with its standard error, and with how many of the texts measured on have a
duplicate among those learned from. Rows that cannot be used are reported by line and left out. A run
that was stopped goes on where it was.

Examples:
  deno task train --data ../20newsgroups --out model
  deno task train --data reviews.csv --text body --label stars --out reviews-model
  deno task train --data texts/
`;

/** What the program takes, for `readCommandLine`. */
export const commandLine: CommandLine = {
  help,
  string: [
    "data",
    "text",
    "label",
    "id",
    "encoding",
    "out",
    "cache",
    "vectors",
    "epochs",
    "filters",
    "compact",
    "seed",
    "workers",
  ],
  positionals: 0,
};

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If one makes no sense.
 */
export function readSettings(args: Args): Settings {
  const { data, cache, text, label, id } = args;
  const epochs = wholeNumber(args, "epochs", 1, 10_000);
  const compact = wholeNumber(args, "compact", 1, 1e9);
  const filters = wholeNumber(args, "filters", 1, 100_000);
  return {
    ...(data !== undefined && { data }),
    columns: {
      ...(text !== undefined && { text }),
      ...(label !== undefined && { label }),
      ...(id !== undefined && { id }),
      ...(args.encoding !== undefined && { encoding: encodingOption(args, "utf-8") }),
    },
    out: args.out ?? "model",
    ...(cache !== undefined && { cache }),
    vectors: args.vectors ?? "skipgram",
    ...(compact !== undefined && { compact }),
    ...(epochs !== undefined && { epochs }),
    ...(filters !== undefined && { filters }),
    seed: wholeNumber(args, "seed", 0, 4294967295) ?? 0,
    workers: wholeNumber(args, "workers", 1, 256) ?? navigator.hardwareConcurrency,
  };
}
