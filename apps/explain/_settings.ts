import { shortened } from "@heatword/core/names";
import { tableKind } from "@heatword/datasets/table-kind";
import type { Batch } from "@heatword/eval/batch";
import { type Format, formats } from "@heatword/eval/render";
import { defined } from "../cli/flag.ts";
import { oneOf } from "../cli/flag_kinds.ts";
import { batchFormats, type ExplainArguments } from "../cli/programs/explain.ts";
import type { ColorChoice } from "../cli/screen.ts";
import { tableFormFlags } from "../cli/table_flags.ts";
import { UsageError } from "../cli/usage_error.ts";
import { tableForm } from "../opening/labelled_settings.ts";
import { modelLimits } from "../opening/model_limits.ts";
import type { Settings } from "../opening/settings.ts";
import type { Origin } from "../opening/source.ts";

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

/** Settings of a run on many texts. */
export interface BatchSettings extends Settings, Batch {
  readonly out?: string;
}

/** Endings that are not the name of their format. */
const endings: Readonly<Record<string, string>> = {
  htm: "html",
  ndjson: "jsonl",
  txt: "terminal",
};

/** The format that was asked for, else that of the ending of `--out`. */
function formatOf<T extends string>(
  { format, out = "" }: ExplainArguments,
  names: readonly T[],
  otherwise: T,
): T {
  if (format !== undefined) return oneOf("format", format, names);
  const ending = /\.([a-z][a-z0-9]*)$/i.exec(out)?.[1]?.toLowerCase();
  if (ending === undefined) return otherwise;
  const name = endings[ending] ?? ending;
  const known = names.find((format) => format === name);
  if (known !== undefined) return known;
  const possible = names.map((format) => format === "terminal" ? "txt" : format).join(", ");
  throw new UsageError(
    `Cannot write ${shortened(ending)} here: end --out in one of ${possible}, or give --format`,
  );
}

function common(args: ExplainArguments): Settings {
  const { explainers, ledger, encoding, model, data, out, unit } = args;
  return {
    targets: args.target,
    options: args.option,
    plugins: args.plugin,
    ledger,
    encoding,
    stripHeader: args["strip-header"],
    ...modelLimits(args),
    ...defined({ explainers, model, data, out, unit }),
  };
}

/** Options that mean nothing for a single text. */
const batchOnly = [
  ...tableFormFlags.map(({ name }) => name),
  ...["text", "id", "label", "rejected", "shard", "workers", "time-limit"],
];

const ways = 'a text, --file, --newsgroup, --batch, or "-" for standard input';

/** What the arguments beside the options are: a text, or further files after the first of `--batch`. */
function argumentsOf(args: ExplainArguments): { text?: string; files: readonly string[] } {
  const { positionals, batch } = args;
  if (batch.length > 0 && positionals.every((path) => tableKind(path) !== undefined)) {
    return { files: positionals };
  }
  const [text, second] = positionals;
  if (second !== undefined) {
    throw new UsageError(`Cannot take the argument "${shortened(second)}"; see --help`);
  }
  return { ...defined({ text }), files: [] };
}

function origins(text: string | undefined, { file, newsgroup }: ExplainArguments): Origin[] {
  const found: Origin[] = [];
  if (text === "-") found.push({ stdin: true });
  else if (text !== undefined) found.push({ text });
  if (file === "-") found.push({ stdin: true });
  else if (file !== undefined) found.push({ file });
  if (newsgroup !== undefined) found.push({ newsgroup });
  return found;
}

function refuse({ given }: ExplainArguments, names: readonly string[], why: string): void {
  const name = names.find((name) => given.has(name));
  if (name !== undefined) throw new UsageError(`Option --${name} ${why}`);
}

/** Reads the settings of a run on many texts. */
function batchSettings(args: ExplainArguments, batch: readonly string[]): BatchSettings {
  refuse(args, ["top", "color", "width"], "is for a single text, not for --batch");
  const { shard, rejected, workers } = args;
  if (batch.length > 1 && batch.includes("-")) {
    throw new UsageError("Option --batch takes standard input alone, not with files");
  }
  if (shard && batch[0] === "-") {
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
    batch,
    format,
    form: tableForm(args),
    textField: args.text ?? "text",
    idField: args.id ?? "id",
    labelField: args.label ?? "label",
    ...defined({ rejected, shard }),
    workers,
    timeLimit: 1000 * args["time-limit"],
  };
}

/**
 * Reads the settings of a run from its command line.
 *
 * @throws {UsageError} If they contradict each other.
 */
export function readSettings(args: ExplainArguments): TextSettings | BatchSettings {
  const { top, color, width } = args;
  const { text, files } = argumentsOf(args);
  const batch = [...args.batch, ...files];
  const found = origins(text, args);
  if (found.length + Math.min(1, batch.length) > 1) {
    throw new UsageError(`Give one input, not several: ${ways}`);
  }
  if (batch.length > 0) return batchSettings(args, batch);
  if (found.length === 0) throw new UsageError(`Nothing to explain: give ${ways}; see --help`);
  refuse(args, batchOnly, "is for --batch");
  return {
    ...common(args),
    origin: found[0]!,
    format: formatOf(args, formats, "terminal"),
    top,
    color,
    ...defined({ width }),
  };
}
