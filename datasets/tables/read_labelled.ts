import { formatCount, type OnProgress, shortened } from "@heatword/core";
import { checkRow, plain } from "./_check_row.ts";
import { folderRows } from "./_folder_rows.ts";
import type { Columns, RawRow, Rows } from "./_raw_row.ts";
import { type TableName, tableRows } from "./_table_rows.ts";
import type { BadRow, LabelledText } from "./labelled_text.ts";
import { findTable } from "./open_table.ts";
import { sameColumns } from "./same_columns.ts";
import { partOf, readSplit, type RowParts } from "./split_file.ts";
import type { TableForm } from "./table_form.ts";

/** Options of {@linkcode readLabelled}. */
export interface ReadLabelledOptions extends TableForm {
  /** The column of the text. @default {"text"} */
  readonly text?: string;
  /** The column of the class. @default {"label"} */
  readonly label?: string;
  /** The column of the name. @default {`id`, where each row has its own, else the number of the line} */
  readonly id?: string;
  /** A file that says which rows are for what, see {@linkcode readSplit}. */
  readonly split?: string;
  /** The column that says it: `train`, `validation`, `test`, or another name that `partOf` knows. */
  readonly splitColumn?: string;
  /**
   * Whether rows may have the name of another; else only the first of them is taken.
   * @default {false}
   */
  readonly repeatedIds?: boolean;
  /** Told how many bytes (of a folder: texts) are read. */
  readonly onProgress?: OnProgress;
}

/** What {@linkcode readLabelled} found. */
export interface Labelled {
  /** The texts, in the order of the data. */
  readonly rows: readonly LabelledText[];
  /** The classes, in alphabetical order. */
  readonly classes: readonly string[];
  /** What was left out, and why. */
  readonly bad: readonly BadRow[];
  /** What else should be known, a line each; absent where there is nothing. */
  readonly notes?: readonly string[];
}

/** More rows than this share that are in another encoding are no slips: the whole table is. */
const MOST_MISREAD = 0.1;
/** Fewer are slips, however small the table. */
const FEW_MISREAD = 3;

const MAX_CLASSES = 1000;
/**
 * Reads texts whose classes are known: tables ({@linkcode findTable}), several ones as if they were
 * one where they have the same columns, or a folder with a folder for each class and a file for each
 * text. Rows that cannot be used are left out and reported by line.
 *
 * @param paths The files, or the folder.
 * @param options Columns, how tables are written, and which rows are for what.
 * @returns The texts, the classes, and what was left out.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is a named pipe or a device.
 * @throws {RangeError} If a column or the encoding does not exist, or there are fewer than two classes or too many.
 * @throws {SyntaxError} If the file is none of these, or no row can be read.
 *
 * @example
 * ```ts
 * import { readLabelled } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(path, "label,text\nham,See you\nspam,Buy now\nspam,\n");
 * const { rows, classes, bad } = await readLabelled(path);
 * assertEquals(rows[1], { id: "3", text: "Buy now", label: "spam" });
 * assertEquals(classes, ["ham", "spam"]);
 * assertEquals(bad, [{ place: "line 4", problem: "the text is empty" }]);
 * await Deno.remove(path);
 * ```
 */
export async function readLabelled(
  paths: string | readonly string[],
  options: ReadLabelledOptions = {},
): Promise<Labelled> {
  const all = [paths].flat();
  if (options.split !== undefined && options.splitColumn !== undefined) {
    throw new RangeError("The split is in a file or in a column, not in both");
  }
  const parts = options.split === undefined ? undefined : await readSplit(options.split);
  const found: Rows[] = [];
  for (const path of all) {
    const info = await statOf(path);
    if (!info.isDirectory) continue;
    if (all.length > 1) {
      throw new RangeError(`Cannot read the folder "${path}" together with others: give it alone`);
    }
    if (options.splitColumn !== undefined) {
      throw new RangeError(`Cannot split the folder "${path}" by a column: it has none`);
    }
    found.push(counted(folderRows(path, options.encoding ?? "utf-8"), options.onProgress));
  }
  const what = found.length > 0 ? "folder" : all.length === 1 ? "file" : "files";
  if (found.length === 0) found.push(...await allTables(all, options));
  const name = all.length === 1 ? `"${all[0]}"` : `"${all[0]}" and ${all.length - 1} more`;
  try {
    const read = await collect(joined(found), what, options, parts);
    refuseMisread(read, options.encoding ?? "utf-8");
    return read;
  } catch (error) {
    throw inFile(error, name);
  }
}

/** Refuses data of which many rows are not in the encoding. */
function refuseMisread({ rows, bad }: Labelled, encoding: string): void {
  const misread = bad.filter(({ misread }) => misread);
  const all = rows.length + bad.length;
  if (misread.length < FEW_MISREAD || misread.length <= MOST_MISREAD * all) return;
  throw new RangeError(
    `${misread.length.toLocaleString("en")} of ${formatCount(all, "row")} are not in ${encoding} ` +
      `(${misread[0]!.place} the first): name their encoding, e.g. --encoding latin1`,
  );
}

/** Says of an error in which data it is, unless it says it already. */
function inFile(error: unknown, name: string): unknown {
  const isOurs = error instanceof SyntaxError || error instanceof RangeError;
  if (isOurs && !error.message.startsWith("Cannot ")) {
    error.message = `Cannot read the data ${name}: ${error.message}`;
  }
  return error;
}

async function statOf(path: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot find the data "${path}"`);
  }
}

/** What stands in front of places and names, so that those of several files differ. */
function namesOf(paths: readonly string[]): TableName[] {
  if (paths.length === 1) return [{ place: "", id: "" }];
  const base = (path: string) => path.replace(/^.*\//s, "");
  const differ = new Set(paths.map(base)).size === paths.length;
  return paths.map((path) => {
    const name = differ ? base(path) : path;
    return { place: `${name}, `, id: `${name}/` };
  });
}

/** How tables are written, without what is asked of them. */
function formOf({ separator, quote, header, fields, encoding }: ReadLabelledOptions): TableForm {
  return {
    ...(separator !== undefined && { separator }),
    ...(quote !== undefined && { quote }),
    ...(header !== undefined && { header }),
    ...(fields !== undefined && { fields }),
    ...(encoding !== undefined && { encoding }),
  };
}

/** Opens all tables before the first is read, as one that is missing would be reported late. */
async function allTables(paths: readonly string[], options: ReadLabelledOptions): Promise<Rows[]> {
  const { text = "text", label = "label", id, splitColumn, onProgress } = options;
  const columns: Columns = {
    text,
    label,
    ...(id !== undefined && { id }),
    ...(splitColumn !== undefined && { part: splitColumn }),
  };
  const repeated = paths.find((path, i) => paths.indexOf(path) < i);
  if (repeated !== undefined) {
    throw new RangeError(`Cannot read the data "${repeated}" twice: name every file once`);
  }
  const sizes = await Promise.all(paths.map(async (path) => (await Deno.stat(path)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  const onBytes = (count: number) => {
    done += count;
    onProgress?.({ task: "Reading the data", done, total, unit: "bytes" });
  };
  const onColumns = sameColumns();
  const names = namesOf(paths);
  return paths.map(async function* (path, i) {
    try {
      const table = await findTable(path, formOf(options));
      const listeners = {
        onBytes,
        onColumns: (names: readonly string[]) => onColumns(path, names),
      };
      yield* tableRows(table, columns, listeners, names[i]!);
    } catch (error) {
      throw inFile(error, `"${path}"`);
    }
  });
}

async function* joined(all: readonly Rows[]): Rows {
  for (const rows of all) yield* rows;
}

async function* counted(rows: Rows, onProgress?: OnProgress): Rows {
  let done = 0;
  for await (const row of rows) {
    onProgress?.({ task: "Reading the data", done: ++done, unit: "texts" });
    yield row;
  }
}

/** What rows say that nobody asked for: names of their own, and a split. */
class Unasked {
  readonly #ids: string[] = [];
  #rows = 0;
  #parts = 0;

  /** Takes the row that is kept. */
  add({ unasked = {} }: RawRow): void {
    this.#rows++;
    const id = plain(unasked.id)?.trim();
    if (id) this.#ids.push(id);
    if (partOf(plain(unasked.split) ?? "") !== undefined) this.#parts++;
  }

  /** The rows by their own names, where each has one that no other has. */
  named(rows: readonly LabelledText[]): readonly LabelledText[] {
    const ids = this.#ids;
    if (ids.length < rows.length || new Set(ids).size < ids.length) return rows;
    return rows.map((row, i) => ({ ...row, id: ids[i]! }));
  }

  /** What should be known. */
  notes({ split, splitColumn, text, label, id }: ReadLabelledOptions): string[] {
    const asked = [split, splitColumn].some((one) => one !== undefined) ||
      [text, label, id].includes("split");
    return [
      ...(this.#ids.length > 0 && this.#ids.length === this.#rows &&
          new Set(this.#ids).size < this.#rows
        ? ['the column "id" names several rows alike: rows are called by the number of their line']
        : []),
      ...(!asked && this.#parts > 0 && this.#parts === this.#rows
        ? [
          'the column "split" was not looked at: with --split-column split rows are trained and ' +
          "tested on as it says",
        ]
        : []),
    ];
  }
}

async function collect(
  source: Rows,
  what: string,
  options: ReadLabelledOptions,
  parts?: RowParts,
): Promise<Labelled> {
  const unasked = new Unasked();
  const rows: LabelledText[] = [];
  const bad: BadRow[] = [];
  const places = new Map<string, string>();
  let count = 0;
  for await (const row of source) {
    const part = parts?.of(count++);
    const checked = "problem" in row ? row : checkRow(row, places, options.repeatedIds);
    if ("problem" in checked) bad.push(checked);
    else {
      rows.push(part === undefined ? checked : { ...checked, part });
      unasked.add(row as RawRow);
    }
  }
  parts?.check(count);
  const classes = [...new Set(rows.map(({ label }) => label))].sort();
  if (rows.length === 0) {
    const [first] = bad;
    throw new RangeError(
      first
        ? `no text can be used; ${first.place}: ${first.problem}`
        : `the ${what} ${what === "files" ? "hold" : "holds"} no text`,
    );
  }
  if (classes.length === 1) {
    throw new RangeError(`all texts have the class "${shortened(classes[0]!)}"`);
  }
  if (classes.length > MAX_CLASSES) {
    throw new RangeError(
      `it has ${classes.length} classes, more than ${MAX_CLASSES}; is the column right?`,
    );
  }
  const notes = unasked.notes(options);
  return { rows: unasked.named(rows), classes, bad, ...(notes.length > 0 && { notes }) };
}
