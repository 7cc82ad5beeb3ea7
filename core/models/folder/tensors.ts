import {
  type EmbeddingTable,
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  vectorsToArray,
} from "../embedding_table.ts";
import { type CommonHeader, refuse } from "./header.ts";
import { checkFinite } from "./read.ts";

/** The types of numbers in the files of a model. */
export type ElementType = "float32" | "int8";

/** An array inside a file. */
export interface TensorEntry {
  readonly name: string;
  /** The role of the file. */
  readonly file: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Where it begins there, in bytes. */
  readonly offset: number;
}

const elementBytes = (type: ElementType) => type === "int8" ? 1 : 4;
const countOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** The files of a model of word vectors and of a network on them. */
export const networkRoles = ["vocabulary", "vectors", "network"] as const;
/** What a file of such a model is for. */
export type NetworkRole = typeof networkRoles[number];

/** The header of a model of word vectors and of a network on them. */
export interface NetworkHeader extends CommonHeader {
  /** Number of words V. */
  readonly words: number;
  /** Numbers per word vector D. */
  readonly dimensions: number;
  readonly tensors: readonly TensorEntry[];
}

/**
 * The arrays of word vectors and of a network, in the order and at the place they are stored.
 *
 * @param sizes V and D.
 * @param vectorType How the vectors are stored: of `int8` behind a scale for each.
 * @param weights Name and shape of each array of the network.
 */
export function tensorEntries(
  { words, dimensions }: Pick<NetworkHeader, "words" | "dimensions">,
  vectorType: ElementType,
  weights: readonly (readonly [string, readonly number[]])[],
): TensorEntry[] {
  const entries: TensorEntry[] = [];
  const ends: Record<string, number> = { vectors: 0, network: 0 };
  const put = (name: string, file: string, type: ElementType, shape: readonly number[]) => {
    entries.push({ name, file, type, shape, offset: ends[file]! });
    ends[file]! += elementBytes(type) * countOf(shape);
  };
  if (vectorType === "int8") put("vectorScales", "vectors", "float32", [words]);
  put("vectors", "vectors", vectorType, [words, dimensions]);
  for (const [name, shape] of weights) put(name, "network", "float32", shape);
  return entries;
}

/**
 * Checks what a header says of arrays.
 *
 * @param header The header.
 * @param weights Name and shape that each array of the network should have.
 * @throws {SyntaxError} If it says something else, or of a file another length.
 */
export function checkTensors(
  header: NetworkHeader,
  weights: readonly (readonly [string, readonly number[]])[],
): void {
  const type = header.tensors?.find?.((entry) => entry?.name === "vectors")?.type;
  if (type !== "float32" && type !== "int8") {
    refuse('the type of "vectors" is neither "float32" nor "int8"');
  }
  const expected = tensorEntries(header, type, weights);
  if (JSON.stringify(header.tensors) !== JSON.stringify(expected)) {
    refuse('"tensors" does not fit the sizes of the model');
  }
  for (const role of ["vectors", "network"]) {
    const last = expected.findLast((entry) => entry.file === role)!;
    const size = countOf(last.shape) * elementBytes(last.type);
    if (header.files[role]!.bytes !== last.offset + size) {
      refuse(`"files.${role}.bytes" does not fit the sizes of the model`);
    }
  }
}

/** The arrays of a model that were read from its files. */
export interface ReadTensors {
  readonly vectors: EmbeddingTable;
  /** The arrays of the network, by name. */
  readonly weights: Readonly<Record<string, Float32Array>>;
}

/**
 * The arrays of a model.
 *
 * @param header The header, checked.
 * @param contents The files, of aligned bytes.
 * @throws {SyntaxError} If a number is not finite.
 */
export function readTensors(
  { tensors, dimensions }: NetworkHeader,
  contents: Readonly<Record<"vectors" | "network", Uint8Array>>,
): ReadTensors {
  const weights: Record<string, Float32Array> = {};
  let integers: Int8Array | undefined;
  for (const { name, file, type, shape, offset } of tensors) {
    const { buffer, byteOffset } = contents[file as "vectors" | "network"];
    const start = byteOffset + offset;
    if (type === "int8") integers = new Int8Array(buffer, start, countOf(shape));
    else {
      const values = new Float32Array(buffer, start, countOf(shape));
      checkFinite(values, name);
      weights[name] = values;
    }
  }
  const { vectors, vectorScales, ...network } = weights;
  return {
    vectors: integers
      ? quantizedVectors({ values: integers, scales: vectorScales! }, dimensions)
      : plainVectors(vectors!, dimensions),
    weights: network,
  };
}

/** The arrays of word vectors as they are stored. */
export function storedVectors(
  table: EmbeddingTable,
  type: ElementType,
): Record<string, ArrayBufferView> {
  if (type === "float32") return { vectors: vectorsToArray(table) };
  const { values, scales } = quantizeVectors(table);
  return { vectors: values, vectorScales: scales };
}
