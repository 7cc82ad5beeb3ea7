import { HEADER_NAME } from "../../folder/header.ts";
import {
  assembleVerified,
  checkFinite,
  folderFiles,
  readChecked,
  type ReadModelFile,
  textOf,
} from "../../folder/read.ts";
import { type Header, parseHeader } from "./_header.ts";
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

function readWords(content: Uint8Array, header: Header): Vocabulary {
  const { name } = header.files.vocabulary;
  const refuse = (what: string) => new SyntaxError(`Cannot read model file "${name}": ${what}`);
  const text = textOf(content, name);
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
  const { classes, convolutions } = header;
  return new WordCnn({
    ...weights,
    classes,
    vocabulary,
    vectors,
    reader,
    ...(convolutions && { convolutions }),
  });
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
  const { files } = header;
  const [vocabulary, vectors, network] = await Promise.all([
    readChecked(read, files.vocabulary),
    readChecked(read, files.vectors),
    readChecked(read, files.network),
  ]);
  const model = await assembleVerified(
    [vocabulary, vectors, network],
    () => assemble(header, vocabulary.content, vectors.content, network.content, reader),
  );
  return { model, training: header.training };
}

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
  return await readWordCnn(folderFiles(folder), resources);
}
