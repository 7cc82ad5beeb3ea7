/**
 * The options of the programs that read tables: where the texts are, and how tables are written.
 *
 * @module
 */
import { quoteOf, QUOTES, separatorOf, SEPARATORS } from "@heatword/datasets/table-form";
import type { TypedFlag } from "./flag.ts";
import {
  type Look,
  readFlag,
  repeatedFlag,
  switchFlag,
  textFlag,
  wholeNumberFlag,
} from "./flag_kinds.ts";
import { encodingFlag } from "./shared_flags.ts";
import { UsageError } from "./usage_error.ts";

/** An option that a function of the tables reads. */
function formFlag<const N extends string>(
  name: N,
  look: Look & { readonly shown: string },
  read: (given: string) => string,
): TypedFlag<N, string | undefined> {
  return readFlag(name, look, (given) => {
    try {
      return read(given);
    } catch (error) {
      throw new UsageError(
        (error as Error).message.replace(/^Cannot take/, `Option --${name} cannot take`),
      );
    }
  });
}

/** How tables are written, where their names and first rows do not tell. */
export const tableFormFlags = [
  formFlag("separator", {
    value: "CHAR",
    complete: Object.keys(SEPARATORS).filter((name) => /^[a-z]+$/.test(name)),
    help: "What stands between the fields of a table: a character, or comma, semicolon, tab, " +
      "space, bar",
    shown: "the one that gives the first rows the same number of fields",
  }, separatorOf),
  formFlag("quote", {
    value: "CHAR",
    complete: Object.keys(QUOTES),
    help:
      "What stands around fields that hold a separator or a line end: a character, or double, " +
      "single, none",
    shown: "double",
  }, quoteOf),
  switchFlag(
    "no-header",
    "The first row of a table is data, and columns go by number: --text 2 --label 1",
  ),
  wholeNumberFlag("fields", {
    value: "N",
    from: 1,
    to: 10_000,
    help: "A line of a table has N fields: further separators belong to the last, and quotes are " +
      "characters like others",
  }),
] as const;

/** `--text` of the programs that read tables, also by the name `--text-field`. */
export const textColumnFlag = textFlag("text", {
  value: "COLUMN",
  aliases: ["text-field"],
  help: "The column of the text",
  shown: "text",
});

/** `--label` */
export const labelColumnFlag = textFlag("label", {
  value: "COLUMN",
  help: "The column of the class",
  shown: "label",
});

/** `--id`, also by the name `--id-field`. */
export const idColumnFlag = textFlag("id", {
  value: "COLUMN",
  aliases: ["id-field"],
  help: "The column of the name; else id, where each row has its own, else the number of the line",
});

/** The columns of tables of labelled texts, how they are written, and which rows are for what. */
export const columnFlags = [
  textColumnFlag,
  labelColumnFlag,
  idColumnFlag,
  encodingFlag("Encoding of the texts"),
  ...tableFormFlags,
  textFlag("split", {
    value: "FILE",
    complete: "file",
    help: "Which rows are to train and which to test on: JSON with lists of row numbers, " +
      '{"train": […], "test": […]}, or text with the number of a test row a line, or with the part ' +
      "of each row; rows are counted from 0, the header not counted",
  }),
  textFlag("split-column", {
    value: "COLUMN",
    help: "The column that says it: train, validation (or dev) or test",
  }),
] as const;

/** `--data` of the programs that read labelled texts. */
export const labelledDataFlag = repeatedFlag("data", {
  value: "PATH",
  complete: "file",
  help: "A .csv, .tsv, .jsonl or .parquet file (or .gz of the first three), several files with " +
    "the same columns, a folder with a folder of texts for each class, or the folder of the " +
    "20Newsgroups corpus; else $HEATWORD_DATA, ./data",
});
