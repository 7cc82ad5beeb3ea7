import {
  readStandardInput,
  readTextFile,
  type ReadTextOptions,
} from "@heatword/datasets/text-file";

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

/** How texts are read. */
export interface Reading extends ReadTextOptions {
  /** The data folder, when one was named. */
  readonly data?: string;
}

async function read(origin: Origin, reading: Reading): Promise<Source> {
  if ("text" in origin) return { text: origin.text };
  if ("stdin" in origin) return { text: await readStandardInput(reading) };
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
