/**
 * Reading text files in any encoding.
 *
 * @module
 */
import { textBytes } from "@heatword/core";
import { decoderOf } from "./tables/encoding.ts";

/** How text files are read. */
export interface ReadTextOptions {
  /** The encoding of files and of standard input. */
  readonly encoding: string;
  /** Whether everything up to the first blank line is dropped from a file. */
  readonly stripHeader: boolean;
}

/**
 * The error for a file that cannot be read, in words that name it.
 *
 * @param path The file.
 * @param error What was thrown.
 */
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
 * @param path The file.
 * @param reading How it is read.
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {SyntaxError} If it is not in the encoding.
 */
export async function readTextFile(path: string, reading: ReadTextOptions): Promise<string> {
  const decode = decoderOf(reading.encoding);
  try {
    const text = decode(textBytes(await Deno.readFile(path), reading.encoding));
    if (!reading.stripHeader) return text;
    const { removeHeader } = await import("./newsgroups/mod.ts");
    return removeHeader(text);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Reads all of standard input as a text.
 *
 * @param reading Its encoding.
 * @throws {SyntaxError} If it is not in the encoding.
 */
export async function readStandardInput(
  reading: Pick<ReadTextOptions, "encoding">,
): Promise<string> {
  const decode = decoderOf(reading.encoding);
  const bytes = new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer());
  try {
    return decode(textBytes(bytes, reading.encoding));
  } catch (error) {
    throw unreadable("standard input", error);
  }
}
