import { readFile, statFile } from "../../../files.ts";
import { type Header, HEADER_NAME, parseHeader, type Role } from "./_header.ts";
import { sha256 } from "../../digest.ts";
import { firstReading, readerOfFolder, type TextReader } from "../../../text_reader.ts";
import type { TokenizerResources } from "../../../tokenizer.ts";
import type { NetworkWeights } from "../parameters.ts";
import { Vocabulary } from "../vocabulary.ts";
import { WordCnn } from "../word_cnn.ts";
import { plainVectors, quantizedVectors } from "../../embedding_table.ts";

/** A model and what its header tells of its training. */
export interface LoadedWordCnn {
  /** The model. */
  readonly model: WordCnn;
  /** What was worth knowing of the training. */
  readonly training: Readonly<Record<string, unknown>>;
}

/**
 * Gives the content of a file of a model.
 *
 * @param name Its plain name.
 * @param bytes How long it should be, when that is known; a longer file need not be read.
 */
export type ReadModelFile = (name: string, bytes?: number) => Promise<Uint8Array>;

/** A file of the right length, and whether its content is what was written. */
interface CheckedFile {
  readonly content: Uint8Array;
  readonly verified: Promise<void>;
}

async function readChecked(
  read: ReadModelFile,
  header: Header,
  role: Role,
): Promise<CheckedFile> {
  const { name, bytes, sha256: digest } = header.files[role];
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

function readWords(content: Uint8Array, header: Header): Vocabulary {
  const { name } = header.files.vocabulary;
  const refuse = (what: string) => new SyntaxError(`Cannot read model file "${name}": ${what}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw refuse("it is not UTF-8");
  }
  const words = text.split("\n");
  if (words.pop() !== "" || words.length !== header.words) {
    throw refuse(`it does not have the ${header.words} lines that the header says`);
  }
  if (words.includes("")) throw refuse("it has an empty line");
  try {
    return new Vocabulary(words);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

function checkFinite(values: Float32Array, name: string): void {
  // A product with zero is NaN for anything that is not finite, and so is the sum then.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  if (sum !== 0) throw new SyntaxError(`Cannot read model: "${name}" holds NaN or infinity`);
}

function assemble(
  header: Header,
  vocabularyFile: Uint8Array,
  vectorsFile: Uint8Array,
  networkFile: Uint8Array,
  reader: TextReader,
): WordCnn {
  const arrays: Record<string, Float32Array | Int8Array> = {};
  for (const { name, file, type, shape, offset } of header.tensors) {
    const { buffer, byteOffset } = file === "vectors" ? vectorsFile : networkFile;
    const length = shape.reduce((product, size) => product * size, 1);
    if (type === "int8") arrays[name] = new Int8Array(buffer, byteOffset + offset, length);
    else {
      const values = new Float32Array(buffer, byteOffset + offset, length);
      checkFinite(values, name);
      arrays[name] = values;
    }
  }
  const vectors = arrays.vectors instanceof Int8Array
    ? quantizedVectors(
      { values: arrays.vectors, scales: arrays.vectorScales as Float32Array },
      header.dimensions,
    )
    : plainVectors(arrays.vectors!, header.dimensions);
  const weights = arrays as unknown as NetworkWeights;
  const vocabulary = readWords(vocabularyFile, header);
  return new WordCnn({ ...weights, classes: header.classes, vocabulary, vectors, reader });
}

/**
 * Reads a model from wherever its files are: a folder, a server, an archive. Every field, length
 * and checksum is verified.
 *
 * @param read Gives the content of a file.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {SyntaxError} If the model is damaged or not in the format of {@linkcode wordCnnFiles}.
 */
export async function readWordCnn(
  read: ReadModelFile,
  resources: TokenizerResources = {},
): Promise<LoadedWordCnn> {
  const header = await parseHeader(await read(HEADER_NAME));
  const reader = await readerOfFolder(header.text ?? firstReading, resources);
  const [vocabulary, vectors, network] = await Promise.all([
    readChecked(read, header, "vocabulary"),
    readChecked(read, header, "vectors"),
    readChecked(read, header, "network"),
  ]);
  // The checksums are computed by other threads meanwhile.
  const verified = Promise.all([vocabulary.verified, vectors.verified, network.verified]);
  verified.catch(() => {});
  let model: WordCnn;
  try {
    model = assemble(header, vocabulary.content, vectors.content, network.content, reader);
  } catch (error) {
    // Of a damaged file, say that it is damaged and not what came of it.
    await verified;
    throw error;
  }
  await verified;
  return { model, training: header.training };
}

/** The largest header that is read, in bytes. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

/**
 * Loads a model from the folder that {@linkcode saveWordCnn} wrote.
 *
 * @param folder The folder.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function loadWordCnn(
  folder: string | URL,
  resources: TokenizerResources = {},
): Promise<LoadedWordCnn> {
  const base = String(folder).replace(/\/*$/, "/");
  return await readWordCnn(async (name, bytes = MAX_HEADER_BYTES) => {
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
  }, resources);
}
