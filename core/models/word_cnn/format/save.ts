import { HEADER_NAME, headerText } from "../../folder/header.ts";
import { entryOf, joinedBytes, type ModelFiles, writeModelFolder } from "../../folder/write.ts";
import { aboutFilters, FORMAT, type Header, type Role, tensorLayout } from "./_header.ts";
import type { WordCnn } from "../word_cnn.ts";
import { quantizeVectors, vectorsToArray } from "../../embedding_table.ts";

/** How to store a model. */
export interface SaveOptions {
  /** How to store the word vectors. @default {"float32"} */
  readonly vectors?: "float32" | "int8";
  /** What is worth knowing of the training; any JSON. @default {{}} */
  readonly training?: Readonly<Record<string, unknown>>;
}

function vocabularyText(words: readonly string[]): string {
  for (const word of words) {
    // deno-lint-ignore no-control-regex
    if (word === "" || /[\x00-\x1f]/.test(word) || !word.isWellFormed()) {
      throw new RangeError(`Cannot save the word ${JSON.stringify(word)}`);
    }
  }
  return words.map((word) => word + "\n").join("");
}

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
  const { vectors: vectorType = "float32", training = {} } = options;
  const { weights, vectors, dimensions, filters } = model;
  if (weights.convolutionWeights instanceof Float64Array || vectors.type === "float64") {
    throw new TypeError("Cannot save a float64 model: convert it to float32 first");
  }
  const words = vectors.size;
  const { convolutions } = model;
  const shape = { words, dimensions, filters, classes: model.classes.length, convolutions };
  const tensors = tensorLayout(shape, vectorType);
  const arrays: Record<string, ArrayBufferView> = { ...weights };
  if (vectorType === "int8") {
    const { values, scales } = quantizeVectors(vectors);
    arrays.vectors = values;
    arrays.vectorScales = scales;
  } else arrays.vectors = vectorsToArray(vectors);

  const files = new Map<string, Uint8Array>();
  const entries: Record<string, Header["files"][Role]> = {};
  const put = async (role: Role, extension: string, content: Uint8Array) => {
    const entry = await entryOf(role, extension, content);
    entries[role] = entry;
    files.set(entry.name, content);
  };
  const binary = (role: Role) =>
    joinedBytes(tensors.filter((entry) => entry.file === role).map(({ name }) => arrays[name]!));
  await put("vocabulary", "txt", new TextEncoder().encode(vocabularyText(model.vocabulary.words)));
  await put("vectors", "bin", binary("vectors"));
  await put("network", "bin", binary("network"));
  const { version, ...filtersOf } = aboutFilters(model);
  const header = await headerText<Header>({
    format: FORMAT,
    version,
    classes: model.classes,
    words,
    dimensions,
    ...filtersOf,
    files: entries as Header["files"],
    tensors,
    ...(model.reader.reading && { text: model.reader.reading }),
    training,
  });
  files.set(HEADER_NAME, new TextEncoder().encode(header));
  return { files };
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
