import { networkFiles, type SaveOptions, storageFor } from "../../folder/network_files.ts";
import { tensorEntries } from "../../folder/tensors.ts";
import { type ModelFiles, writeModelFolder } from "../../folder/write.ts";
import { recurrentShapes } from "../parameters.ts";
import type { RecurrentClassifier } from "../recurrent_classifier.ts";
import { FORMAT, VERSION } from "./_header.ts";

/**
 * Turns a model into files, without writing them.
 *
 * `model.json` is the header: `format`, `version`, `classes`, `words`, `dimensions`, `cell`, `units`,
 * `bidirectional`, `readout`, `files` (name, bytes and SHA-256 of the other three), `tensors` (for each
 * array its file, type, shape and offset in bytes), `text` (how texts are read), `training`, and last
 * `checksum`, the SHA-256 of the header's own text with 64 zeros in its place. `vocabulary-….txt` and
 * `vectors-….bin` are as word-CNNs have them, `network-….bin` holds the arrays of the network in
 * float32, in the layout of Keras, one behind the other.
 *
 * @param model The model.
 * @param options How to store it.
 * @returns The files.
 * @throws {TypeError} If the model is not in float32.
 * @throws {RangeError} If a word cannot stand on a line.
 */
export async function recurrentFiles(
  model: RecurrentClassifier,
  options: SaveOptions = {},
): Promise<ModelFiles> {
  const { shape, vectors, dimensions } = model;
  const { cell, units, bidirectional, readout } = shape;
  const sizes = { words: vectors.size, dimensions };
  const tensors = tensorEntries(sizes, storageFor(options), recurrentShapes(shape));
  const network = { cell, units, bidirectional, readout };
  const about = { format: FORMAT, version: VERSION, ...network, tensors };
  return await networkFiles(model, about, options);
}

/**
 * Saves a model to a folder, in the format of {@linkcode recurrentFiles}. The header is written last,
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
export async function saveRecurrent(
  folder: string,
  model: RecurrentClassifier,
  options: SaveOptions = {},
): Promise<void> {
  await writeModelFolder(folder, await recurrentFiles(model, options));
}
