import { HEADER_NAME } from "../../folder/header.ts";
import {
  assembleVerified,
  checkFinite,
  folderFiles,
  readChecked,
  type ReadModelFile,
  textOf,
} from "../../folder/read.ts";
import { plainVectors } from "../../embedding_table.ts";
import { readerOfFolder, type TextReader } from "../../../text_reader.ts";
import type { TokenizerResources } from "../../../tokenizer.ts";
import { Vocabulary } from "../../word_cnn/vocabulary.ts";
import { CharCnn } from "../char_cnn.ts";
import { type Header, parseHeader, sizesOf } from "./_header.ts";

/** A model and what its header tells of its training. */
export interface LoadedCharCnn {
  /** The model. */
  readonly model: CharCnn;
  /** What was worth knowing of the training. */
  readonly training: Readonly<Record<string, unknown>>;
}

/** Whether something is one character, a code point. */
const isCharacter = (value: unknown): value is string =>
  typeof value === "string" && [...value].length === 1 && value.isWellFormed();

function readAlphabet(content: Uint8Array, header: Header): Vocabulary {
  const { name } = header.files.alphabet;
  const refuse = (what: string) => new SyntaxError(`Cannot read model file "${name}": ${what}`);
  let characters: unknown;
  try {
    characters = JSON.parse(textOf(content, name));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? "it is not JSON" : `${error}`);
  }
  if (!Array.isArray(characters) || characters.length !== header.characters) {
    throw refuse(`it is not a list of the ${header.characters} characters that the header says`);
  }
  if (!characters.every(isCharacter)) throw refuse("it holds something that is not a character");
  if (new Set(characters).size !== characters.length) throw refuse("it has a character twice");
  return new Vocabulary(characters);
}

function assemble(
  header: Header,
  names: Uint8Array,
  numbers: Uint8Array,
  reader: TextReader,
): CharCnn {
  const { classes, dimensions, width, wordLength, blanks } = header;
  const alphabet = readAlphabet(names, header);
  let offset = numbers.byteOffset;
  const [vectors, convolutionWeights, convolutionBias, denseWeights, denseBias] = sizesOf(header)
    .map(([what, length]) => {
      const values = new Float32Array(numbers.buffer, offset, length);
      offset += values.byteLength;
      checkFinite(values, what);
      return values;
    }) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  try {
    return new CharCnn({
      classes,
      alphabet,
      vectors: plainVectors(vectors, dimensions),
      width,
      wordLength,
      blanks,
      convolutionWeights,
      convolutionBias,
      denseWeights,
      denseBias,
      reader,
    });
  } catch (error) {
    throw new SyntaxError(`Cannot read model: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Reads a char-CNN from wherever its files are: a folder, a server, an archive. Every field, length
 * and checksum is verified.
 *
 * @param read Gives the content of a file.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {SyntaxError} If the model is damaged or not in the format of {@linkcode charCnnFiles}.
 */
export async function readCharCnn(
  read: ReadModelFile,
  resources: TokenizerResources = {},
): Promise<LoadedCharCnn> {
  const header = await parseHeader(await read(HEADER_NAME));
  const reader = await readerOfFolder(header.text!, resources);
  const [alphabet, network] = await Promise.all([
    readChecked(read, header.files.alphabet),
    readChecked(read, header.files.network),
  ]);
  const model = await assembleVerified(
    [alphabet, network],
    () => assemble(header, alphabet.content, network.content, reader),
  );
  return { model, training: header.training };
}

/**
 * Loads a model from the folder that {@linkcode saveCharCnn} wrote.
 *
 * @param folder The folder.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function loadCharCnn(
  folder: string | URL,
  resources: TokenizerResources = {},
): Promise<LoadedCharCnn> {
  return await readCharCnn(folderFiles(folder), resources);
}
