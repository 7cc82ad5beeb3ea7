import type { TableForm } from "@heatword/datasets/table-form";
import type { ReadTextOptions } from "@heatword/datasets/text-file";
import type { UnitName } from "@heatword/datasets/unit-names";
import type { RowFormat } from "../render/rows.ts";

/** One of n equal parts of the input. */
export interface Shard {
  /** Which part, from 1. */
  readonly index: number;
  /** How many parts. */
  readonly count: number;
}

/** Many texts to explain, and where the explanations go. */
export interface Batch extends ReadTextOptions {
  /** Files of tables, a folder, or `-`. */
  readonly batch: readonly string[];
  /** How tables are written. */
  readonly form: TableForm;
  /** Into what words are grouped; absent where each is on its own. */
  readonly unit?: Exclude<UnitName, "word">;
  /** The format of the result. */
  readonly format: RowFormat;
  /** The field with the text. */
  readonly textField: string;
  /** The field with the name. */
  readonly idField: string;
  /** The field with the class. */
  readonly labelField: string;
  /** Where the result goes; standard output when absent. */
  readonly out?: string;
  /** Where bad rows go, when it was said. */
  readonly rejected?: string;
  /** The part of the input to do. */
  readonly shard?: Shard;
  /** How many workers. */
  readonly workers: number;
  /** How long a row may take, in milliseconds. */
  readonly timeLimit: number;
}
