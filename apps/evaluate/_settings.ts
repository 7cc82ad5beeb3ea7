import { modelHelp } from "../cli/model_help.ts";
import type { Args } from "@std/cli/parse-args";
import { type CommandLine, wholeNumber } from "../cli/cli.ts";
import { encodingOption } from "../cli/encoding.ts";
import { readNames } from "../reproduce/_settings.ts";

/** What to evaluate, and how. */
export interface Settings {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** A file or folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string;
  /** Where a file of labelled texts has what. */
  readonly columns: {
    readonly text?: string;
    readonly label?: string;
    readonly id?: string;
    readonly encoding?: string;
  };
  /** Whether to take only the part that the training of own texts kept for the final measure. */
  readonly testPart: boolean;
  /** The folder of the results. */
  readonly out: string;
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How words are deleted. */
  readonly deletion: {
    readonly minLength: number;
    readonly deletions: number;
    readonly runs: number;
  };
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

const help = `
Puts explanations of a model to the tests of Arras et al. 2016 (word deletion, document vectors,
conservation) on labelled texts, and writes a report.

Usage: deno task evaluate [options]

  --model DIR        ${modelHelp}
  --data PATH        A .csv, .tsv or .jsonl file (or .gz of one), a folder with a folder of texts for each
                     class, or the folder of the 20Newsgroups corpus (default: $HEATWORD_DATA, else ./data)
  --text COLUMN      The column of the text (default: text)
  --label COLUMN     The column of the class (default: label)
  --id COLUMN        The column of the name (default: the number of the line)
  --encoding NAME    utf-8, latin1, windows-1252, … (default: utf-8)
  --test-part        Of own texts only the fifth that "deno task train" with the same --seed did not
                     learn from; give it when these are the texts that the model was trained on
  --out DIR          Folder of the results (default: out)
  --explainers A,B   Explainers to evaluate (default: lrp,sa)
  --plugin FILE      A file with an explainer of your own; may be given more than once
  --min-length N     Delete words of texts of so many words at least (default: 100)
  --deletions N      How many words are deleted at most (default: 50)
  --runs N           How often words are deleted at random (default: 10)
  --seed N           Seed of all randomness (default: 0)
  --workers N        Threads (default: one a processor); the results are the same for any number
  -h, --help         Show this

Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json and OUT/figures/. Rows that cannot be used are
reported by line and left out. Where the training texts are known (--test-part, or 20Newsgroups) it is
told how many texts have a duplicate among them.

Examples:
  deno task evaluate --model model --data ../20newsgroups
  deno task evaluate --model reviews-model --data reviews.csv --text body --label stars --test-part
  deno task evaluate --data short.jsonl --min-length 20 --deletions 10 --explainers lrp,occlusion
`;

/** What the program takes, for `readCommandLine`. */
export const commandLine: CommandLine = {
  help,
  string: [
    "model",
    "data",
    "text",
    "label",
    "id",
    "encoding",
    "out",
    "explainers",
    "min-length",
    "deletions",
    "runs",
    "seed",
    "workers",
  ],
  collect: ["plugin"],
  boolean: ["test-part"],
  positionals: 0,
};

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If one makes no sense.
 */
export function readSettings(args: Args): Settings {
  const { model, data, text, label, id } = args;
  return {
    ...(model !== undefined && { model }),
    ...(data !== undefined && { data }),
    columns: {
      ...(text !== undefined && { text }),
      ...(label !== undefined && { label }),
      ...(id !== undefined && { id }),
      ...(args.encoding !== undefined && { encoding: encodingOption(args, "utf-8") }),
    },
    testPart: args["test-part"] ?? false,
    out: args.out ?? "out",
    ...(args.explainers !== undefined && {
      explainers: readNames("explainers", args.explainers),
    }),
    plugins: args.plugin ?? [],
    deletion: {
      minLength: wholeNumber(args, "min-length", 1, 1e6) ?? 100,
      deletions: wholeNumber(args, "deletions", 1, 10_000) ?? 50,
      runs: wholeNumber(args, "runs", 1, 1000) ?? 10,
    },
    seed: wholeNumber(args, "seed", 0, 4294967295) ?? 0,
    workers: wholeNumber(args, "workers", 1, 256) ?? navigator.hardwareConcurrency,
  };
}
