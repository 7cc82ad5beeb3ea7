import type { FloatArray } from "../../tensor.ts";
import type { TextReader } from "../../text_reader.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { Vocabulary } from "../word_cnn/vocabulary.ts";

/** The cells of recurrent text classifiers. */
export const cellKinds = ["lstm", "gru"] as const;
/** What becomes of the states at all words: of each unit the largest, or the mean. */
export const readouts = ["max", "mean"] as const;

/** A cell: an LSTM with the gates i, f, c, o; a GRU z, r, h, with the reset gate behind the product. */
export type CellKind = typeof cellKinds[number];
/** What becomes of the states at all words. */
export type Readout = typeof readouts[number];

/** How many gates a cell has, and how many rows of biases, in the layout of Keras. */
export const cellSizes: Readonly<Record<CellKind, { gates: number; biases: number }>> = {
  lstm: { gates: 4, biases: 1 },
  gru: { gates: 3, biases: 2 },
};

/** The sizes of a recurrent text classifier. */
export interface RecurrentShape {
  /** The cell. */
  readonly cell: CellKind;
  /** Units H of a direction. */
  readonly units: number;
  /** Whether a second layer reads from the last word on; their states lie side by side. */
  readonly bidirectional: boolean;
  /** What becomes of the states at all words. */
  readonly readout: Readout;
  /** Numbers per word vector D. */
  readonly dimensions: number;
  /** Number of classes C. */
  readonly classes: number;
}

/** The directions of a network, in the order of their states. */
export type Direction = "forward" | "backward";

/** The directions that a network has. */
export function directionsOf(
  { bidirectional }: Pick<RecurrentShape, "bidirectional">,
): Direction[] {
  return bidirectional ? ["forward", "backward"] : ["forward"];
}

/** The name of a learned array. */
export type WeightName =
  | `${Direction}${"Kernel" | "RecurrentKernel" | "Bias"}`
  | "denseWeights"
  | "denseBias";

/**
 * The learned numbers, in the layout of Keras: of each direction the kernel [D, G·H], the recurrent
 * kernel [H, G·H] and the biases [G·H], of a GRU [2, 3H]; from states to classes [N·H, C] and [C]. All
 * float32, or all float64.
 */
export type RecurrentWeights = Readonly<Partial<Record<WeightName, FloatArray>>>;

/**
 * The shape of each array that a network has.
 *
 * @param shape Its sizes.
 * @returns The shapes by the names of the arrays, in the order in which they are stored.
 */
export function recurrentShapes(shape: RecurrentShape): [WeightName, readonly number[]][] {
  const { cell, units, dimensions, classes } = shape;
  const { gates, biases } = cellSizes[cell];
  const directions = directionsOf(shape);
  return [
    ...directions.flatMap((direction): [WeightName, readonly number[]][] => [
      [`${direction}Kernel`, [dimensions, gates * units]],
      [`${direction}RecurrentKernel`, [units, gates * units]],
      [`${direction}Bias`, biases === 1 ? [gates * units] : [biases, gates * units]],
    ]),
    ["denseWeights", [directions.length * units, classes]],
    ["denseBias", [classes]],
  ];
}

/** All that a recurrent text classifier is made of. */
export interface RecurrentParameters extends Omit<RecurrentShape, "dimensions" | "classes"> {
  /** The names of the classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors, shape [V, D]. */
  readonly vectors: EmbeddingTable;
  /** The learned numbers. */
  readonly weights: RecurrentWeights;
  /** How it reads texts. @default {words are what blanks separate} */
  readonly reader?: TextReader;
}

/**
 * Checks that weights fit together.
 *
 * @param weights The weights.
 * @param shape The sizes.
 * @throws {RangeError} If an array is missing or has another length than the sizes say.
 * @throws {TypeError} If float32 and float64 are mixed.
 */
export function checkRecurrentWeights(weights: RecurrentWeights, shape: RecurrentShape): void {
  for (const [name, sizes] of recurrentShapes(shape)) {
    const count = weights[name]?.length;
    const size = sizes.reduce((product, n) => product * n, 1);
    if (count === size) continue;
    throw new RangeError(
      `Cannot make a recurrent classifier: "${name}" holds ${count ?? "no"} numbers, not ${size}`,
    );
  }
  const types = recurrentShapes(shape).map(([name]) => weights[name]!.constructor);
  if (types.some((type) => type !== types[0])) {
    throw new TypeError("Cannot make a recurrent classifier: it mixes float32 and float64");
  }
}
