import { textBytes } from "@heatword/core";
import { decoderOf } from "@heatword/datasets/encoding";

/** A text to explain, with what is known about it. */
export interface Source {
  /** The text, unchanged. */
  readonly text: string;
  /** Its name. */
  readonly id?: string;
  /** Its true class. */
  readonly label?: string;
}

/** Where the one text comes from; exactly one is given. */
export type Origin =
  | { readonly text: string }
  | { readonly file: string }
  | { readonly newsgroup: string }
  | { readonly stdin: true };

/** How files are read. */
export interface Reading {
  /** The encoding of files and of standard input. */
  readonly encoding: string;
  /** Whether everything up to the first blank line is dropped from a file. */
  readonly stripHeader: boolean;
  /** The data folder, when one was named. */
  readonly data?: string;
}

/** The error for a file that cannot be read, in the words of this program. */
export function unreadable(path: string, error: unknown): Error {
  if (error instanceof Deno.errors.NotFound) {
    return new Deno.errors.NotFound(`Cannot find the file "${path}"`);
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return new TypeError(`"${path}" is a folder: give a file, or explain a folder by --batch`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new Deno.errors.PermissionDenied(`Not allowed to read the file "${path}"`);
  }
  if (error instanceof SyntaxError) {
    return new SyntaxError(`Cannot read "${path}": ${error.message}`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Reads a text file.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {SyntaxError} If it is not in the encoding.
 */
export async function readTextFile(path: string, reading: Reading): Promise<string> {
  const decode = decoderOf(reading.encoding);
  try {
    const text = decode(textBytes(await Deno.readFile(path), reading.encoding));
    if (!reading.stripHeader) return text;
    const { removeHeader } = await import("@heatword/datasets/newsgroups");
    return removeHeader(text);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readStdin(reading: Reading): Promise<string> {
  const decode = decoderOf(reading.encoding);
  const bytes = new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer());
  try {
    return decode(textBytes(bytes, reading.encoding));
  } catch (error) {
    throw unreadable("standard input", error);
  }
}

async function read(origin: Origin, reading: Reading): Promise<Source> {
  if ("text" in origin) return { text: origin.text };
  if ("stdin" in origin) return { text: await readStdin(reading) };
  if ("file" in origin) return { text: await readTextFile(origin.file, reading), id: origin.file };
  const { loadArticle } = await import("@heatword/datasets/newsgroups");
  const { findData } = await import("@heatword/datasets/folders");
  const { text, id, label } = await loadArticle(findData(reading.data), origin.newsgroup);
  return { text, id, label };
}

/**
 * Reads the one text.
 *
 * @throws {Error} If it cannot be read, or is empty.
 */
export async function readSource(origin: Origin, reading: Reading): Promise<Source> {
  const source = await read(origin, reading);
  if (source.text.trim() !== "") return source;
  const where = "file" in origin
    ? `The file "${origin.file}"`
    : "stdin" in origin
    ? "Standard input"
    : "newsgroup" in origin
    ? `The article "${origin.newsgroup}"`
    : "The text";
  throw new RangeError(`${where} is empty: there is nothing to explain`);
}
