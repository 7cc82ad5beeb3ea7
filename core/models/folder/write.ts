import { readFile, writeFileAtomically } from "../../files.ts";
import type { FloatArray } from "../../tensor.ts";
import { sha256 } from "../digest.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { type FileEntry, HEADER_NAME } from "./header.ts";

/** A model as files: the header and what it speaks of. */
export interface ModelFiles {
  /** Content of each file, by its name; the header is `model.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The names that files beside a header get, so that nothing else is ever removed. */
const OWN_FILE = /^[a-z]+-[0-9a-f]{8}\.(txt|bin|json)$/;

/**
 * What stands in the header of a file. Its name carries the start of its digest, so that saving over
 * an older model never mixes the two.
 */
export async function entryOf(
  role: string,
  extension: string,
  content: Uint8Array,
): Promise<FileEntry> {
  const digest = await sha256(content);
  const name = `${role}-${digest.slice(0, 8)}.${extension}`;
  return { name, bytes: content.length, sha256: digest };
}

/**
 * Makes sure that a model can be kept in float32 without rounding.
 *
 * @param arrays Its learned arrays, and its vectors, where it has any.
 * @param verb What is to be done with it.
 * @throws {TypeError} If one of them is in float64.
 */
export function assertFloat32(
  arrays: readonly (FloatArray | Pick<EmbeddingTable, "type">)[],
  verb: "save" | "export" = "save",
): void {
  const isFloat64 = (array: typeof arrays[number]) =>
    array instanceof Float64Array || "type" in array && array.type === "float64";
  if (!arrays.some(isFloat64)) return;
  throw new TypeError(`Cannot ${verb} a float64 model: convert it to float32 first`);
}

/** Arrays one after the other, as bytes. */
export function joinedBytes(arrays: readonly ArrayBufferView[]): Uint8Array {
  const content = new Uint8Array(arrays.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    content.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return content;
}

/** The files of the model that is in a folder already, as its header names them. */
async function olderFiles(folder: string): Promise<string[]> {
  try {
    const header = JSON.parse(new TextDecoder().decode(await readFile(`${folder}/${HEADER_NAME}`)));
    if (!/^heatword-/.test(header.format)) return [];
    const entries = Object.values(header.files as Record<string, FileEntry>);
    return entries.map(({ name }) => name).filter((name) => OWN_FILE.test(name));
  } catch {
    // There is none, or it is none of ours.
    return [];
  }
}

/**
 * Writes a model to a folder. The header is written last, so the folder always holds a whole model,
 * the older or the new one; the files of the older one are removed in the end.
 *
 * @param folder The folder; made when it is missing.
 * @param files The files, the header last.
 */
export async function writeModelFolder(folder: string, { files }: ModelFiles): Promise<void> {
  const older = await olderFiles(folder);
  for (const [name, content] of files) await writeFileAtomically(`${folder}/${name}`, content);
  for (const name of older.filter((name) => !files.has(name))) {
    await Deno.remove(`${folder}/${name}`).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
