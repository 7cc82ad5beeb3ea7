import { HEADER_NAME, headerText } from "../../folder/header.ts";
import {
  assertFloat32,
  entryOf,
  joinedBytes,
  type ModelFiles,
  writeModelFolder,
} from "../../folder/write.ts";
import { vectorsToArray } from "../../embedding_table.ts";
import { plainReading } from "../../linear/plain_reading.ts";
import type { CharCnn } from "../char_cnn.ts";
import { common, type Header } from "./_header.ts";

/** What is kept with a char-CNN. */
export interface SaveCharCnnOptions {
  /** What is worth knowing of the training; any JSON. @default {{}} */
  readonly training?: Readonly<Record<string, unknown>>;
}

/**
 * Turns a model into files, without writing them.
 *
 * `model.json` is the header: `format`, `version`, `classes`, the sizes `characters` A, `dimensions` D,
 * `filters` F, `width` K, `wordLength`, whether there are `blanks` after words, `files` (name, bytes
 * and SHA-256 of the other two), `text` (tokenizer and options), `training`, and last `checksum`, the
 * SHA-256 of the header's own text with 64 zeros in its place. `alphabet-….json` is a list of the
 * characters in the order of their rows. `network-….bin` is, in raw little-endian float32, the vectors
 * [A, D], the convolution [K·D, F] and its biases [F], the dense layer [F, C] and its biases [C].
 *
 * @param model The model.
 * @param options What to keep with it.
 * @returns The files.
 * @throws {TypeError} If the model is not in float32.
 */
export async function charCnnFiles(
  model: CharCnn,
  options: SaveCharCnnOptions = {},
): Promise<ModelFiles> {
  const { alphabet, vectors, width, wordLength, blanks, ...weights } = model.parameters;
  const { convolutionWeights, convolutionBias, denseWeights, denseBias } = weights;
  const names = new TextEncoder().encode(JSON.stringify(alphabet.words));
  const network = [convolutionWeights, convolutionBias, denseWeights, denseBias];
  assertFloat32([...network, vectors]);
  const numbers = joinedBytes([vectorsToArray(vectors), ...network]);
  const entries = {
    alphabet: await entryOf("alphabet", "json", names),
    network: await entryOf("network", "bin", numbers),
  };
  const header = await headerText<Header>({
    ...common,
    classes: model.classes,
    characters: alphabet.size,
    dimensions: vectors.dimensions,
    filters: convolutionBias.length,
    width,
    wordLength,
    blanks,
    files: entries,
    text: model.reader.reading ?? plainReading,
    training: options.training ?? {},
  });
  return {
    files: new Map([
      [entries.alphabet.name, names],
      [entries.network.name, numbers],
      [HEADER_NAME, new TextEncoder().encode(header)],
    ]),
  };
}

/**
 * Saves a model to a folder, in the format of {@linkcode charCnnFiles}. The header is written last, so
 * the folder always holds a whole model, the older or the new one; the files of the older one are
 * removed in the end.
 *
 * @param folder The folder; made when it is missing.
 * @param model The model.
 * @param options What to keep with it.
 * @throws {TypeError} If the model is not in float32.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written.
 */
export async function saveCharCnn(
  folder: string,
  model: CharCnn,
  options: SaveCharCnnOptions = {},
): Promise<void> {
  await writeModelFolder(folder, await charCnnFiles(model, options));
}
