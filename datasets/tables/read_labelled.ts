import { type OnProgress, textChunks } from "@heatword/core";
import { statFile } from "@heatword/core/files";
import { maybeGunzip } from "../archives/maybe_gunzip.ts";
import { folderRows } from "./_folder_rows.ts";
import type { RawRow, Rows } from "./_raw_row.ts";
import { tableRows } from "./_table_rows.ts";
import { tableKind } from "./table_kind.ts";
import type { BadRow, LabelledText } from "./labelled_text.ts";

/** Options of {@linkcode readLabelled}. */
export interface ReadLabelledOptions {
  /** The column of the text. @default {"text"} */
  readonly text?: string;
  /** The column of the class. @default {"label"} */
  readonly label?: string;
  /** The column of the name. @default {the number of the line} */
  readonly id?: string;
  /** What stands between two fields of a table. @default {the one of comma, semicolon and tab that the first line has most of} */
  readonly delimiter?: string;
  /**
   * A name that `encodingOf` takes: `utf-8`, `latin1`, `windows-1252`, …; a byte order mark overrules it.
   *
   * @default {"utf-8"}
   */
  readonly encoding?: string;
  /** Called with how many bytes (of a folder: texts) are read. */
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
}

const CHUNK = 2 ** 18;
const MAX_CLASSES = 1000;

/**
 * Reads texts whose classes are known: a table (`.csv`, `.tsv`) whose first line names the columns, lines
 * of JSON (`.jsonl`, `.ndjson`), each also gzipped (`.gz`), or a folder with a folder for each class and
 * a file for each text. Rows that cannot be used are left out and reported by line.
 *
 * @param path The file or folder.
 * @param options Columns and encoding.
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
  path: string,
  options: ReadLabelledOptions = {},
): Promise<Labelled> {
  const { isDirectory, size } = await statOf(path);
  try {
    if (isDirectory) {
      const rows = folderRows(path, options.encoding ?? "utf-8");
      return await collect(counted(rows, options.onProgress), "the folder");
    }
    await statFile(path);
    using file = await Deno.open(path);
    return await collect(
      fileRows(path, bytesOf(file, size, options.onProgress), options),
      "the file",
    );
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      error.message = `Cannot read the data "${path}": ${error.message}`;
    }
    throw error;
  }
}

async function statOf(path: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot find the data "${path}"`);
  }
}

function fileRows(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadLabelledOptions,
): Rows {
  const { text = "text", label = "label", id, delimiter, encoding = "utf-8" } = options;
  const columns = { text, label, ...(id === undefined ? {} : { id }) };
  const kind = tableKind(path);
  if (!kind) {
    throw new SyntaxError("its name should end in .csv, .tsv or .jsonl, or it should be a folder");
  }
  const form = { encoding, ...kind, ...(delimiter !== undefined && { delimiter }) };
  return tableRows(textChunks(maybeGunzip(bytes), encoding), columns, form);
}

async function* bytesOf(
  file: Deno.FsFile,
  total: number,
  onProgress?: OnProgress,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for (;;) {
    onProgress?.({ task: "Reading the data", done, total, unit: "bytes" });
    const chunk = new Uint8Array(CHUNK);
    const length = await file.read(chunk);
    if (length === null) return;
    done += length;
    yield chunk.subarray(0, length);
  }
}

async function* counted(rows: Rows, onProgress?: OnProgress): Rows {
  let done = 0;
  for await (const row of rows) {
    onProgress?.({ task: "Reading the data", done: ++done, unit: "texts" });
    yield row;
  }
}

async function collect(source: Rows, what: string): Promise<Labelled> {
  const rows: LabelledText[] = [];
  const bad: BadRow[] = [];
  const places = new Map<string, string>();
  for await (const row of source) {
    const checked = "problem" in row ? row : check(row, places);
    if ("problem" in checked) bad.push(checked);
    else rows.push(checked);
  }
  const classes = [...new Set(rows.map(({ label }) => label))].sort();
  if (rows.length === 0) {
    const [first] = bad;
    throw new RangeError(
      first ? `no text can be used; ${first.place}: ${first.problem}` : `${what} holds no text`,
    );
  }
  if (classes.length === 1) throw new RangeError(`all texts have the class "${classes[0]}"`);
  if (classes.length > MAX_CLASSES) {
    throw new RangeError(
      `it has ${classes.length} classes, more than ${MAX_CLASSES}; is the column right?`,
    );
  }
  return { rows, classes, bad };
}

function check(row: RawRow, places: Map<string, string>): LabelledText | BadRow {
  const { place, name } = row;
  const label = plain(row.label)?.trim();
  const id = row.id === undefined ? name : plain(row.id)?.trim();
  const text = typeof row.text === "string" ? row.text : undefined;
  const problem = text === undefined
    ? "the text is not a string"
    : text.trim() === ""
    ? "the text is empty"
    : label === undefined
    ? "the class is neither a text nor a number"
    : label === ""
    ? "the class is empty"
    : /\p{Cc}/u.test(label)
    ? "the class holds a control character"
    : !id
    ? "the id is missing"
    : places.has(id)
    ? `the id "${id}" was there already, in ${places.get(id)}`
    : undefined;
  if (problem !== undefined) return { place, problem };
  places.set(id!, place);
  return { id: id!, text: text!, label: label! };
}

/** Texts, numbers and truth values as text. */
function plain(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}
