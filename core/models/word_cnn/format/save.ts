import { networkFiles, type SaveOptions, storageFor } from "../../folder/network_files.ts";
import { tensorEntries } from "../../folder/tensors.ts";
import { type ModelFiles, writeModelFolder } from "../../folder/write.ts";
import type { WordCnn } from "../word_cnn.ts";
import { aboutFilters, FORMAT, weightsOf } from "./_header.ts";

export type { SaveOptions } from "../../folder/network_files.ts";

/**
 * Turns a model into files, without writing them.
 *
 * `model.json` is the header: `format`, `version`, `classes`, `words`, `dimensions`, `filters`,
 * `width` (version 1: two) or `convolutions` (version 2: width and filters of each), `files` (name, bytes and SHA-256 of the other three), `tensors` (for each array its
 * file, `float32` or `int8`, shape and offset in bytes), `text` (tokenizer, options, most words),
 * `training`, and last `checksum`, the
 * SHA-256 of the header's own text with 64 zeros in its place. `vocabulary-….txt` is UTF-8, a word
 * a line, in the order of the rows. `vectors-….bin` and `network-….bin` are raw little-endian
 * arrays, row-major, one after the other. Vectors of type `int8` are stored after a float32
 * scale for each row: value = number · scale. File names carry the start of their digest, so that
 * saving over an older model never mixes the two.
 *
 * @param model The model.
 * @param options How to store it.
 * @returns The files.
 * @throws {TypeError} If the model is not in float32.
 * @throws {RangeError} If a word cannot stand on a line.
 */
export async function wordCnnFiles(model: WordCnn, options: SaveOptions = {}): Promise<ModelFiles> {
  const { vectors, dimensions, filters, convolutions } = model;
  const sizes = { words: vectors.size, dimensions };
  const shape = { dimensions, filters, classes: model.classes.length, convolutions };
  const tensors = tensorEntries(sizes, storageFor(options), weightsOf(shape));
  const about = { format: FORMAT, ...aboutFilters(model), tensors };
  return await networkFiles(model, about, options);
}

/**
 * Saves a model to a folder, in the format of {@linkcode wordCnnFiles}. The header is written last,
 * so the folder always holds a whole model, the older or the new one; the files of the older one
 * are removed in the end.
 *
 * @param folder The folder; made when it is missing.
 * @param model The model.
 * @param options How to store it.
 * @throws {TypeError} If the model is not in float32.
 * @throws {RangeError} If a word cannot stand on a line.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written.
 */
export async function saveWordCnn(
  folder: string,
  model: WordCnn,
  options: SaveOptions = {},
): Promise<void> {
  await writeModelFolder(folder, await wordCnnFiles(model, options));
}
