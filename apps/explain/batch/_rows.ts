import { parse } from "@std/csv";
import { textChunks, unknownName } from "@heatword/core";
import { type Decode, decoderOf } from "../_decode.ts";
import type { BatchSettings, Shard } from "../_settings.ts";
import { unreadable } from "../_text.ts";
import { chunksOf } from "./_chunks.ts";
import { csvBoundary, type FileRecord, lineBoundary, splitRecords } from "./_records.ts";

/** A row of the input, not yet checked. */
export interface Row {
  /** Where it is: number of its first line, or of the file in a folder, from 1. */
  readonly line: number;
  /** Offset behind it, in the unit of the input. */
  readonly end: number;
  /** A JSON document that holds the text. */
  readonly json?: string;
  /** The fields that hold the text and the name. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** The file that holds the text. */
  readonly path?: string;
  /** The name of that file in its folder. */
  readonly id?: string;
  /** Why it cannot be read. */
  readonly fault?: string;
  /** What stands there, as far as it can be shown, when it cannot be read. */
  readonly raw?: string;
}

/** An input of a batch. */
export interface Input {
  /** Its rows, in order; each list is what became known at once. */
  readonly rows: AsyncIterable<Row[]>;
  /** From where to where it goes, when that is known. */
  readonly range?: readonly [number, number];
  /** What offsets count. */
  readonly unit: "bytes" | "files";
}

/** From where to where a shard goes, of a number of bytes or files. */
export function shardRange(total: number, shard?: Shard): [number, number] {
  if (!shard) return [0, total];
  const at = (index: number) => Number((BigInt(total) * BigInt(index)) / BigInt(shard.count));
  return [at(shard.index - 1), at(shard.index)];
}

/** How many bytes of a faulty row are shown. */
const SHOWN = 10_000;

function attempt({ line, end, bytes, fault }: FileRecord, read: () => Partial<Row>): Row {
  const bad = (fault: string): Row => {
    const raw = new TextDecoder().decode(bytes.subarray(0, SHOWN));
    return { line, end, fault, raw: bytes.length > SHOWN ? `${raw}…` : raw };
  };
  if (fault !== undefined) return bad(`The row ${fault}`);
  try {
    return { line, end, ...read() };
  } catch (error) {
    return bad(`Cannot read the row: ${(error as Error).message}`);
  }
}

const isBlank = (bytes: Uint8Array) => bytes.every((byte) => byte === 32 || byte === 9);

async function* jsonRows(
  chunks: AsyncIterable<Uint8Array>,
  decode: Decode,
  [from, to]: [number, number],
): AsyncGenerator<Row[]> {
  for await (const records of splitRecords(chunks, lineBoundary())) {
    yield records
      .filter(({ start, bytes, fault }) =>
        start >= from && start < to && (fault !== undefined || !isBlank(bytes))
      )
      .map((record) => attempt(record, () => ({ json: decode(record.bytes) })));
    if ((records.at(-1)?.end ?? 0) > to) return;
  }
}

function csvFields(text: string): string[] {
  const [fields] = parse(text);
  return fields ?? [];
}

async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  decode: Decode,
  [from, to]: [number, number],
  settings: BatchSettings,
): AsyncGenerator<Row[]> {
  let header: string[] | undefined;
  const read = (record: FileRecord): Row =>
    attempt(record, () => {
      const fields = csvFields(decode(record.bytes));
      if (fields.length !== header!.length) {
        throw new SyntaxError(`it has ${fields.length} fields, the header ${header!.length}`);
      }
      return { fields: Object.fromEntries(header!.map((name, i) => [name, fields[i]])) };
    });
  for await (const records of splitRecords(chunks, csvBoundary())) {
    const filled = records.filter(({ bytes, fault }) => fault !== undefined || !isBlank(bytes));
    if (!header && filled.length > 0) header = readHeader(filled.shift()!, decode, settings);
    yield filled.filter(({ start }) => start >= from && start < to).map(read);
    if ((records.at(-1)?.end ?? 0) > to) return;
  }
}

function readHeader(record: FileRecord, decode: Decode, settings: BatchSettings): string[] {
  let header: string[];
  try {
    if (record.fault !== undefined) throw new SyntaxError(record.fault);
    header = csvFields(decode(record.bytes));
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the header of "${settings.batch}": ${(error as Error).message}`,
    );
  }
  if (!header.includes(settings.textField)) {
    const { message } = unknownName("column", settings.textField, header);
    throw new RangeError(
      `Cannot find the texts in "${settings.batch}": ${message}; see --text-field`,
    );
  }
  return header;
}

/** All files below a folder, sorted by path, so that every run has the same order. */
export async function listFiles(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${folder}/${below}`)) {
    const path = below + entry.name;
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory) found.push(...await listFiles(folder, `${path}/`));
    else if (entry.isFile) found.push(path);
  }
  return below === "" ? found.sort() : found;
}

async function* fileRows(
  folder: string,
  files: readonly string[],
  [from, to]: [number, number],
): AsyncGenerator<Row[]> {
  for (let i = from; i < to; i++) {
    const id = files[i]!;
    yield await Promise.resolve([{ line: i + 1, end: i + 1, path: `${folder}/${id}`, id }]);
  }
}

/** The decoder of lines; only encodings in which a line feed is one byte will do. */
function lineDecoder(encoding: string): Decode {
  const decode = decoderOf(encoding);
  if (/utf-?16|utf-?32|iso-2022/i.test(encoding)) {
    throw new RangeError(`Cannot read rows in ${encoding}: convert the file to utf-8`);
  }
  return decode;
}

/** The bytes of an input, unless they are those of no text. */
async function* textOf(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* textChunks(chunks, encoding);
  } catch (error) {
    throw unreadable(name, error);
  }
}

/**
 * Opens the input of a batch.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {RangeError} If its name does not tell what it is.
 */
export async function openInput(settings: BatchSettings): Promise<Input> {
  const { batch, encoding, shard } = settings;
  if (batch === "-") {
    const rows = jsonRows(
      textOf("standard input", Deno.stdin.readable, encoding),
      lineDecoder(encoding),
      [
        0,
        Infinity,
      ],
    );
    return { rows, unit: "bytes" };
  }
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(batch);
  } catch (error) {
    throw unreadable(batch, error);
  }
  if (info.isDirectory) {
    decoderOf(encoding);
    const files = await listFiles(batch.replace(/\/+$/, ""));
    const range = shardRange(files.length, shard);
    return { rows: fileRows(batch.replace(/\/+$/, ""), files, range), range, unit: "files" };
  }
  const range = shardRange(info.size, shard);
  const decode = lineDecoder(encoding);
  const rows = /\.(jsonl|ndjson)$/i.test(batch)
    ? jsonRows(textOf(batch, chunksOf(batch), encoding), decode, range)
    : /\.csv$/i.test(batch)
    ? csvRows(textOf(batch, chunksOf(batch), encoding), decode, range, settings)
    : undefined;
  if (!rows) {
    throw new RangeError(`Cannot tell what "${batch}" is: give a .jsonl or .csv file, or a folder`);
  }
  return { rows, range, unit: "bytes" };
}
