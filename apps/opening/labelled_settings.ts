import { shortened } from "@heatword/core/names";
import type { ReadLabelledOptions, TableForm } from "@heatword/datasets/tables";
import { type Defined, defined } from "../cli/flag.ts";
import { shellWord } from "../cli/shell_word.ts";
import { UsageError } from "../cli/usage_error.ts";

/** What the command line says about how tables are written. */
interface FormArguments {
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly "no-header"?: boolean;
  readonly fields?: number | undefined;
  readonly encoding?: string | undefined;
}

/** What it says about labelled texts. */
interface LabelledArguments extends FormArguments {
  readonly data: readonly string[];
  readonly text?: string | undefined;
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly split?: string | undefined;
  readonly "split-column"?: string | undefined;
  readonly positionals: readonly string[];
}

/** Where labelled texts are, and how they are read. */
export interface LabelledSettings {
  /** Files or a folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string | readonly string[];
  /** How tables are written, where they have what, and which rows are for what. */
  readonly columns: Omit<ReadLabelledOptions, "onProgress">;
}

/**
 * Reads how tables are written from a command line.
 *
 * @throws {UsageError} If two options exclude each other.
 */
export function tableForm(args: FormArguments): TableForm {
  const { separator, quote, fields, encoding } = args;
  if (fields !== undefined && quote !== undefined && quote !== "") {
    throw new UsageError(
      "Options --fields and --quote exclude each other: with --fields quotes are characters",
    );
  }
  return {
    ...defined({ separator, quote, fields, encoding }),
    ...(args["no-header"] && { header: false }),
  };
}

/**
 * What `--data` says, unless it says `newsgroups`: the corpus of the paper, wherever it lies, has a name
 * of its own.
 */
export const dataButNewsgroups = (data: LabelledSettings["data"]): LabelledSettings["data"] =>
  data === "newsgroups" ? undefined : data;

/**
 * Reads from a command line where labelled texts are. What stands there beside the options are
 * further files, as a shell makes of `--data *.csv`.
 *
 * @throws {UsageError} If options exclude each other, or files stand there without `--data`.
 */
export function labelledSettings(args: LabelledArguments): LabelledSettings {
  const { data, positionals, text, label, id, split } = args;
  if (positionals.length > 0 && data.length === 0) {
    throw new UsageError(
      `Cannot take the argument "${shortened(positionals[0]!)}": name data by --data; see --help`,
    );
  }
  if (split !== undefined && args["split-column"] !== undefined) {
    throw new UsageError("Options --split and --split-column exclude each other");
  }
  const paths = [...data, ...positionals];
  return {
    ...(paths.length > 0 && { data: paths.length === 1 ? paths[0]! : paths }),
    columns: {
      ...defined({ text, label, id, split, splitColumn: args["split-column"] }),
      ...tableForm(args),
    },
  };
}

/** The options of a command line that say the same again. */
export function labelledArguments({ data, columns }: LabelledSettings): string[] {
  const { header, splitColumn, quote, separator, ...others } = columns;
  const given: Defined<Record<string, unknown>> = {
    ...others,
    ...(separator !== undefined && { separator: separator === "\t" ? "tab" : separator }),
    ...(quote !== undefined && { quote: quote === "" ? "none" : quote }),
    ...(splitColumn !== undefined && { "split-column": splitColumn }),
  };
  return [
    ...[data ?? []].flat().map((path) => `--data ${shellWord(path)}`),
    ...Object.entries(given).map(([name, value]) => `--${name} ${shellWord(String(value))}`),
    ...(header === false ? ["--no-header"] : []),
  ];
}
