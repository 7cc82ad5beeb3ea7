import type { EmbeddingTable } from "../embedding_table.ts";
import { firstReading, readerOfFolder, type TextReader } from "../../text_reader.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import type { Vocabulary } from "../word_cnn/vocabulary.ts";
import { HEADER_NAME, headerText } from "./header.ts";
import { assembleVerified, readChecked, type ReadModelFile } from "./read.ts";
import {
  type NetworkHeader,
  networkRoles,
  type ReadTensors,
  readTensors,
  storedTensors,
  type TensorEntry,
} from "./tensors.ts";
import type { Storage } from "./storage.ts";
import { readVocabulary, vocabularyFile } from "./vocabulary_file.ts";
import { assertFloat32, entryOf, joinedBytes, type ModelFiles } from "./write.ts";

/** A model of word vectors and of a network on them. */
export interface NetworkParts {
  readonly classes: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly vectors: EmbeddingTable;
  /** The arrays of the network, by name. */
  readonly weights: object;
  readonly reader: TextReader;
}

/** How to store a model. */
export interface SaveOptions {
  /** How to store the word vectors. @default {"float32"} */
  readonly vectors?: Storage["vectors"];
  /** How to store the matrices of the network. @default {"float32"} */
  readonly network?: Storage["network"];
  /** What is worth knowing of the training; any JSON. @default {{}} */
  readonly training?: Readonly<Record<string, unknown>>;
}

/** How to store the arrays of a model. */
export const storageFor = (
  { vectors = "float32", network = "float32" }: SaveOptions,
): Storage => ({ vectors, network });

/**
 * Turns a model into files.
 *
 * @param parts The model.
 * @param about What its header says first, and its arrays.
 * @param options How to store it.
 * @throws {TypeError} If the model is not in float32.
 * @throws {RangeError} If a word cannot stand on a line.
 */
export async function networkFiles(
  { classes, vocabulary, vectors, weights, reader }: NetworkParts,
  { tensors, ...about }: Readonly<Record<string, unknown>> & {
    readonly format: string;
    readonly version: number;
    readonly tensors: readonly TensorEntry[];
  },
  { training = {} }: SaveOptions,
): Promise<ModelFiles> {
  assertFloat32([...Object.values(weights), vectors]);
  const arrays = storedTensors({ vectors, weights }, tensors);
  const bytesOf = (role: string) =>
    joinedBytes(tensors.filter(({ file }) => file === role).map(({ name }) => arrays[name]!));
  const contents = {
    vocabulary: vocabularyFile(vocabulary.words),
    vectors: bytesOf("vectors"),
    network: bytesOf("network"),
  };
  const files = new Map<string, Uint8Array>();
  const entries: Record<string, NetworkHeader["files"][string]> = {};
  for (const role of networkRoles) {
    const extension = role === "vocabulary" ? "txt" : "bin";
    const entry = entries[role] = await entryOf(role, extension, contents[role]);
    files.set(entry.name, contents[role]);
  }
  const { format, version, ...sizes } = about;
  const header = await headerText<NetworkHeader>({
    format,
    version,
    classes,
    words: vectors.size,
    dimensions: vectors.dimensions,
    ...sizes,
    files: entries,
    tensors,
    ...(reader.reading && { text: reader.reading }),
    training,
  });
  files.set(HEADER_NAME, new TextEncoder().encode(header));
  return { files };
}

/** What a model is made of that was read. */
export interface ReadNetwork extends ReadTensors {
  readonly vocabulary: Vocabulary;
  readonly reader: TextReader;
}

/**
 * Reads the files of a model beside its header, and verifies them.
 *
 * @param read Gives the content of a file.
 * @param header The header, checked.
 * @param resources Where the tokenizer may look for tables.
 * @param assemble Makes the model.
 * @throws {SyntaxError} If a file is damaged.
 */
export async function readNetwork<M>(
  read: ReadModelFile,
  header: NetworkHeader,
  resources: TokenizerResources,
  assemble: (parts: ReadNetwork) => M,
): Promise<M> {
  const reader = await readerOfFolder(header.text ?? firstReading, resources);
  const [words, vectors, network] = await Promise.all(
    networkRoles.map((role) => readChecked(read, header.files[role]!)),
  );
  return await assembleVerified([words!, vectors!, network!], () => {
    const arrays = readTensors(header, { vectors: vectors!.content, network: network!.content });
    return assemble({ ...arrays, vocabulary: readVocabulary(words!.content, header), reader });
  });
}
