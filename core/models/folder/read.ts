import { readFile, statFile } from "../../files.ts";
import { sha256 } from "../digest.ts";
import type { FileEntry } from "./header.ts";

/**
 * Gives the content of a file of a model.
 *
 * @param name Its plain name.
 * @param bytes How long it should be, when that is known; a longer file need not be read.
 */
export type ReadModelFile = (name: string, bytes?: number) => Promise<Uint8Array>;

/** A file of the right length, and whether its content is what was written. */
export interface CheckedFile {
  readonly content: Uint8Array;
  readonly verified: Promise<void>;
}

/** The largest header that is read, in bytes. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

/**
 * Reads a file of a model; its digest is computed by another thread meanwhile.
 *
 * @throws {SyntaxError} If its length is not what the header says.
 */
export async function readChecked(read: ReadModelFile, entry: FileEntry): Promise<CheckedFile> {
  const { name, bytes, sha256: digest } = entry;
  const content = await read(name, bytes);
  if (content.length !== bytes) {
    throw new SyntaxError(
      `Cannot read model file "${name}": it has ${content.length} bytes, not ${bytes}`,
    );
  }
  const verified = sha256(content).then((actual) => {
    if (actual === digest) return;
    throw new SyntaxError(`Cannot read model file "${name}": its checksum does not fit`);
  });
  // It is awaited later, unless something else is wrong before.
  verified.catch(() => {});
  // Float32Array needs aligned bytes.
  return { content: content.byteOffset % 4 === 0 ? content : content.slice(), verified };
}

/**
 * Makes a model of files, and waits until all are verified.
 *
 * @param files The files.
 * @param assemble Makes the model.
 * @throws {SyntaxError} If one is damaged; of a damaged file it says that, not what came of it.
 */
export async function assembleVerified<M>(
  files: readonly CheckedFile[],
  assemble: () => M,
): Promise<M> {
  const verified = Promise.all(files.map((file) => file.verified));
  verified.catch(() => {});
  let model: M;
  try {
    model = assemble();
  } catch (error) {
    await verified;
    throw error;
  }
  await verified;
  return model;
}

/**
 * The text of a file of a model.
 *
 * @throws {SyntaxError} If it is not UTF-8.
 */
export function textOf(content: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new SyntaxError(`Cannot read model file "${name}": it is not UTF-8`);
  }
}

/** Makes sure that all numbers are finite. */
export function checkFinite(values: Float32Array, name: string): void {
  // A product with zero is NaN for anything that is not finite, and so is the sum then.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  if (sum !== 0) throw new SyntaxError(`Cannot read model: "${name}" holds NaN or infinity`);
}

/** Reads the files of a folder; a file that is longer than it should be is not read. */
export function folderFiles(folder: string | URL): ReadModelFile {
  const base = String(folder).replace(/\/*$/, "/");
  return async (name, bytes = MAX_HEADER_BYTES) => {
    const path = folder instanceof URL ? new URL(name, base) : base + name;
    try {
      const { size } = await statFile(path);
      if (size > bytes) {
        throw new SyntaxError(`Cannot read model file "${name}": it has ${size} bytes`);
      }
      return await readFile(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Deno.errors.NotFound(`Cannot find a model in "${folder}": "${name}" is missing`);
    }
  };
}
