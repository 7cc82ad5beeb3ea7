import type { Args } from "@std/cli/parse-args";
import { type CommandLine, UsageError } from "../cli/cli.ts";
import { type Format, formats } from "@heatword/eval/render";
import { flags, help } from "../cli/flags.ts";
import { splitList } from "../cli/target_list.ts";
import { encodingOption } from "../cli/encoding.ts";
import type { Origin, Reading } from "./_text.ts";

/** When to use colour. */
export type ColorChoice = "auto" | "always" | "never";

/** One of n equal parts of the input. */
export interface Shard {
  /** Which part, from 1. */
  readonly index: number;
  /** How many parts. */
  readonly count: number;
}

/** What to explain and how, as both kinds of runs need it. */
export interface Settings extends Reading {
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** The values of `--target`, as given; none for the predicted class. */
  readonly targets: readonly string[];
  /** `--option` settings, as given. */
  readonly options: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Whether to keep ledgers. */
  readonly ledger: boolean;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** Where the result goes; standard output when absent. */
  readonly out?: string;
}

/** Settings of a run on one text. */
export interface TextSettings extends Settings {
  /** Where the text comes from. */
  readonly origin: Origin;
  /** The format of the result. */
  readonly format: Format;
  /** How many top words. */
  readonly top: number;
  /** When to use colour. */
  readonly color: ColorChoice;
  /** The width that was asked for. */
  readonly width?: number;
}

/** The formats of a batch. */
export const batchFormats = ["jsonl", "csv", "parquet"] as const;

/** The name of a format of a batch. */
export type BatchFormat = (typeof batchFormats)[number];

/** Settings of a run on many texts. */
export interface BatchSettings extends Settings {
  /** A `.jsonl` or `.csv` file, a folder, or `-`. */
  readonly batch: string;
  /** The format of the result. */
  readonly format: BatchFormat;
  /** The field with the text. */
  readonly textField: string;
  /** The field with the name. */
  readonly idField: string;
  /** Where bad rows go, when it was said. */
  readonly rejected?: string;
  /** The part of the input to do. */
  readonly shard?: Shard;
  /** How many workers, when it was said. */
  readonly workers?: number;
  /** How long a row may take, in milliseconds. */
  readonly timeLimit: number;
}

/** What the program takes, for `readCommandLine`. */
export const commandLine: CommandLine = {
  help,
  string: flags.filter((flag) => flag.value && !flag.repeat).map((flag) => flag.name),
  collect: flags.filter((flag) => flag.repeat).map((flag) => flag.name),
  boolean: flags.filter((flag) => !flag.value && flag.name !== "help").map((flag) => flag.name),
  positionals: 1,
};

function wholeNumber(args: Args, name: string, least: number): number | undefined {
  const given: string | undefined = args[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > 1e6) {
    throw new UsageError(`Option --${name} takes a whole number from ${least}, not "${given}"`);
  }
  return value;
}

function oneOf<T extends string>(option: string, given: string, names: readonly T[]): T {
  if ((names as readonly string[]).includes(given)) return given as T;
  throw new UsageError(`Option --${option} takes one of ${names.join(", ")}, not "${given}"`);
}

/** The format that was asked for, else that of the ending of `--out`. */
function formatOf<T extends string>(args: Args, names: readonly T[], otherwise: T): T {
  if (args.format !== undefined) return oneOf("format", args.format, names);
  const ending = /\.([a-z]+)$/i.exec(args.out ?? "")?.[1]?.toLowerCase();
  const name = ending === "htm" ? "html" : ending;
  if (name === undefined || ![...formats, ...batchFormats].some((format) => format === name)) {
    return otherwise;
  }
  const known = names.find((format) => format === name);
  if (known !== undefined) return known;
  throw new UsageError(
    `Cannot write ${name} here: end --out in one of ${names.join(", ")}, or give --format`,
  );
}

function common(args: Args): Settings {
  return {
    targets: args.target,
    options: args.option,
    plugins: args.plugin,
    ledger: args.ledger,
    encoding: encodingOption(args, "utf-8"),
    stripHeader: args["strip-header"],
    ...(args.explainer !== undefined && {
      explainers: splitList("explainer", args.explainer),
    }),
    ...(args.model !== undefined && { model: args.model }),
    ...(args.data !== undefined && { data: args.data }),
    ...(args.out !== undefined && { out: args.out }),
  };
}

const ways = 'a text, --file, --newsgroup, --batch, or "-" for standard input';

function origins(args: Args): Origin[] {
  const found: Origin[] = [];
  const text = args._[0];
  if (text === "-") found.push({ stdin: true });
  else if (text !== undefined) found.push({ text: String(text) });
  if (args.file === "-") found.push({ stdin: true });
  else if (args.file !== undefined) found.push({ file: args.file });
  if (args.newsgroup !== undefined) found.push({ newsgroup: args.newsgroup });
  return found;
}

function refuse(args: Args, names: readonly string[], why: string): void {
  for (const name of names) {
    if (args[name] !== undefined && args[name] !== false) {
      throw new UsageError(`Option --${name} ${why}`);
    }
  }
}

function shardOf(given: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(given)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new UsageError(`Option --shard takes I/N with I from 1 to N, not "${given}"`);
  }
  return { index, count };
}

function timeLimitOf(given = "300"): number {
  const seconds = Number(given);
  if (given.trim() !== "" && seconds >= 0.1 && seconds <= 86_400) return 1000 * seconds;
  throw new UsageError(`Option --time-limit takes seconds from 0.1 to 86400, not "${given}"`);
}

/** Reads the settings of a run on many texts. */
function batchSettings(args: Args): BatchSettings {
  refuse(args, ["top", "color", "width"], "is for a single text, not for --batch");
  const workers = wholeNumber(args, "workers", 1);
  const shard = args.shard === undefined ? undefined : shardOf(args.shard);
  if (shard && args.batch === "-") {
    throw new UsageError("Option --shard needs a file or a folder: standard input has no end yet");
  }
  const format = formatOf(args, batchFormats, "jsonl");
  if (format === "parquet" && args.out === undefined) {
    throw new UsageError(
      "Format parquet needs --out FILE: it cannot be written to standard output",
    );
  }
  return {
    ...common(args),
    batch: args.batch,
    format,
    textField: args["text-field"] ?? "text",
    idField: args["id-field"] ?? "id",
    ...(args.rejected !== undefined && { rejected: args.rejected }),
    ...(shard && { shard }),
    ...(workers !== undefined && { workers }),
    timeLimit: timeLimitOf(args["time-limit"]),
  };
}

/**
 * Reads the settings of a run from its command line.
 *
 * @throws {UsageError} If they contradict each other or make no sense.
 */
export function readSettings(args: Args): TextSettings | BatchSettings {
  const found = origins(args);
  if (found.length + (args.batch === undefined ? 0 : 1) > 1) {
    throw new UsageError(`Give one input, not several: ${ways}`);
  }
  if (args.batch !== undefined) return batchSettings(args);
  if (found.length === 0) throw new UsageError(`Nothing to explain: give ${ways}; see --help`);
  const batchOnly = ["text-field", "id-field", "rejected", "shard", "workers", "time-limit"];
  refuse(args, batchOnly, "is for --batch");
  const width = wholeNumber(args, "width", 20);
  return {
    ...common(args),
    origin: found[0]!,
    format: formatOf(args, formats, "terminal"),
    top: wholeNumber(args, "top", 0) ?? 5,
    color: oneOf("color", args.color ?? "auto", ["auto", "always", "never"]),
    ...(width !== undefined && { width }),
  };
}
