import { textBytes } from "@heatword/core";
import { removeHeader } from "@heatword/datasets/newsgroups";
import { decoderOf } from "@heatword/datasets/encoding";

/** The name of standard input. */
const STDIN = "-";

/** How the bytes of a file become text. */
export interface TextOptions {
  readonly encoding: string;
  /** Whether all up to and including the first blank line is left out. */
  readonly stripHeader: boolean;
}

/** Reads a file, or standard input, as a text. A byte order mark is part of it, as in Python. */
export async function readText(file: string, options: TextOptions): Promise<string> {
  const decode = decoderOf(options.encoding, { mark: "keep" });
  const bytes = await readBytes(file);
  try {
    const text = decode(textBytes(bytes, options.encoding));
    return options.stripHeader ? removeHeader(text) : text;
  } catch (error) {
    throw cannotRead(file, error);
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    if (file === STDIN) return await new Response(Deno.stdin.readable).bytes();
    return await Deno.readFile(file);
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** The files named on the command line, then those that a list names; of that, a line at a time is held. */
export async function* listFiles(names: readonly string[], list?: string): AsyncGenerator<string> {
  yield* names;
  if (list === undefined) return;
  let rest = "";
  for await (const chunk of (await openList(list)).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines.map(withoutReturn).filter((line) => line !== "");
  }
  if (rest !== "") yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

async function openList(list: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (list === STDIN) return Deno.stdin.readable;
  try {
    return (await Deno.open(list)).readable;
  } catch (error) {
    throw cannotRead(list, error);
  }
}

function cannotRead(file: string, error: unknown): unknown {
  if (error instanceof Deno.errors.NotFound) {
    return new Deno.errors.NotFound(`Cannot read "${file}": there is no such file`);
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return new Deno.errors.IsADirectory(`Cannot read "${file}": it is a folder, name its files`);
  }
  if (error instanceof Error) return new Error(`Cannot read "${file}": ${error.message}`);
  return error;
}
