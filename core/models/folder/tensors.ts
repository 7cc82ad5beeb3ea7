import {
  type EmbeddingTable,
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  vectorsToArray,
} from "../embedding_table.ts";
import { packedBytes, packedVectors, packVectors } from "../packed_vectors.ts";
import { type CommonHeader, refuse } from "./header.ts";
import { isMatrix, matrixOf, roundMatrix } from "./small_weights.ts";
import { checkFinite } from "./read.ts";
import type { Storage } from "./storage.ts";

const vectorTypes = ["float32", "int8", "int4"] as const;
/** The types of numbers in the files of a model. */
type ElementType = typeof vectorTypes[number];

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

const countOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function bytesOf({ type, shape }: Pick<TensorEntry, "type" | "shape">): number {
  if (type === "int4") return shape[0]! * packedBytes(shape[1]!);
  return countOf(shape) * (type === "int8" ? 1 : 4);
}

const scalesOf = (name: string) => `${name}Scales`;
const vectorScales = "vectorScales";
/** The largest whole number that is scaled. */
const MAX_INT8 = 127;

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
 * The arrays of word vectors and of a network, in the order and at the place they are stored. Those of
 * whole numbers come last in their file, so that all others begin at a multiple of four bytes.
 *
 * @param sizes V and D.
 * @param storage How they are stored.
 * @param weights Name and shape of each array of the network.
 */
export function tensorEntries(
  { words, dimensions }: Pick<NetworkHeader, "words" | "dimensions">,
  storage: Storage,
  weights: readonly (readonly [string, readonly number[]])[],
): TensorEntry[] {
  const entries: TensorEntry[] = [];
  const ends: Record<string, number> = { vectors: 0, network: 0 };
  const put = (name: string, file: string, type: ElementType, shape: readonly number[]) => {
    entries.push({ name, file, type, shape, offset: ends[file]! });
    ends[file]! += bytesOf({ type, shape });
  };
  if (storage.vectors !== "float32") put(vectorScales, "vectors", "float32", [words]);
  put("vectors", "vectors", storage.vectors, [words, dimensions]);
  const isRounded = (name: string, shape: readonly number[]) =>
    storage.network === "int8" && isMatrix(name, shape);
  for (const [name, shape] of weights) {
    if (isRounded(name, shape)) put(scalesOf(name), "network", "float32", [shape[1]!]);
    else put(name, "network", "float32", shape);
  }
  for (const [name, shape] of weights) {
    if (isRounded(name, shape)) put(name, "network", "int8", shape);
  }
  return entries;
}

/** How the header says that its arrays are stored. */
function storageOf({ tensors }: NetworkHeader): Storage {
  const vectors = tensors?.find?.((entry) => entry?.name === "vectors")?.type;
  if (!vectorTypes.some((type) => type === vectors)) {
    refuse(`the type of "vectors" is none of "${vectorTypes.join('", "')}"`);
  }
  const isSmall = tensors.some((entry) => entry?.file === "network" && entry.type === "int8");
  return { vectors: vectors!, network: isSmall ? "int8" : "float32" };
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
  const expected = tensorEntries(header, storageOf(header), weights);
  if (JSON.stringify(header.tensors) !== JSON.stringify(expected)) {
    refuse('"tensors" does not fit the sizes of the model');
  }
  for (const role of ["vectors", "network"]) {
    const last = expected.findLast((entry) => entry.file === role)!;
    if (header.files[role]!.bytes !== last.offset + bytesOf(last)) {
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
  let vectors: EmbeddingTable | undefined;
  for (const entry of tensors) {
    const { name, type, shape, offset } = entry;
    const { buffer, byteOffset } = contents[entry.file as "vectors" | "network"];
    const start = byteOffset + offset;
    if (type === "float32") {
      const values = weights[name] = new Float32Array(buffer, start, countOf(shape));
      // A scale may be finite, and what it scales not.
      checkFinite(name.endsWith("Scales") ? values.map((scale) => MAX_INT8 * scale) : values, name);
    } else if (type === "int4") {
      const values = new Uint8Array(buffer, start, bytesOf(entry));
      vectors = packedVectors({ values, scales: weights[vectorScales]! }, dimensions);
    } else {
      const values = new Int8Array(buffer, start, countOf(shape));
      if (name === "vectors") {
        vectors = quantizedVectors({ values, scales: weights[vectorScales]! }, dimensions);
      } else weights[name] = matrixOf({ values, scales: weights[scalesOf(name)]! });
    }
  }
  vectors ??= plainVectors(weights.vectors!, dimensions);
  const isOfNetwork = ({ name, file }: TensorEntry) => file === "network" && name in weights;
  const names = tensors.filter(isOfNetwork).map(({ name }) => name);
  const isScale = (name: string) => names.some((other) => name === scalesOf(other));
  return {
    vectors,
    weights: Object.fromEntries(
      names.filter((name) => !isScale(name)).map((name) => [name, weights[name]!]),
    ),
  };
}

/** The arrays of word vectors as they are stored. */
function storedVectors(
  table: EmbeddingTable,
  type: Storage["vectors"],
): Record<string, ArrayBufferView> {
  if (type === "float32") return { vectors: vectorsToArray(table) };
  const { values, scales } = type === "int4" ? packVectors(table) : quantizeVectors(table);
  return { vectors: values, [vectorScales]: scales };
}

/**
 * The arrays of a model as they are stored, by name.
 *
 * @param parts The vectors, and the arrays of the network.
 * @param tensors What is stored, as {@linkcode tensorEntries} says.
 */
export function storedTensors(
  { vectors, weights }: Pick<ReadTensors, "vectors"> & { readonly weights: object },
  tensors: readonly TensorEntry[],
): Record<string, ArrayBufferView> {
  const arrays: Record<string, ArrayBufferView> = { ...weights };
  for (const { name, file, type, shape } of tensors) {
    if (name === "vectors") Object.assign(arrays, storedVectors(vectors, type));
    else if (file === "network" && type === "int8") {
      const { values, scales } = roundMatrix(arrays[name] as Float32Array, shape[1]!);
      Object.assign(arrays, { [name]: values, [scalesOf(name)]: scales });
    }
  }
  return arrays;
}
