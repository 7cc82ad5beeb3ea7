import { roundUp } from "../../../round_up.ts";
import { cellSizes, directionsOf, type RecurrentShape } from "../parameters.ts";
import type { RecurrentKernels } from "./kernels/kernels.ts";

/** Documents that go through time together. */
export const PART = 8;
/** Numbers between rows, so that the rows of a column do not all share a place in the cache. */
const GAP = 16;

/** Sizes that are padded for the kernels, in numbers. */
export interface Sizes {
  readonly cell: RecurrentShape["cell"];
  /** Numbers of a word vector, a 1 for the biases, and padding. */
  readonly depth: number;
  /** Units of a direction. */
  readonly units: number;
  /** The gates of all units. */
  readonly gates: number;
  /** From one row of weights, or of what words add to the gates, to the next. */
  readonly weightStride: number;
  /** From one row of gates to the next: of a GRU, what the states add stands behind. */
  readonly gateStride: number;
  /** Where in a row of gates that begins that goes through the recurrent weights. */
  readonly stateGates: number;
  /** From one row of states to the next. */
  readonly stateStride: number;
  readonly classes: number;
  readonly directions: number;
  /** What is read out of all directions. */
  readonly features: number;
}

/** Where the weights of a direction are among all weights, in numbers. */
export interface DirectionPlaces {
  /** [depth, weightStride]; row D holds the biases. */
  readonly kernel: number;
  /** [units, weightStride]. */
  readonly recurrent: number;
  /** [weightStride], of a GRU the biases of the states; else absent. */
  readonly stateBias?: number;
}

/** Where all weights are, in numbers. */
export interface Places {
  readonly directions: readonly DirectionPlaces[];
  /** [features, classes]. */
  readonly dense: number;
  /** [classes]. */
  readonly denseBias: number;
  /** How many numbers there are. */
  readonly length: number;
}

/** Addresses of what a direction needs. */
export interface DirectionLayout {
  /** The recurrent weights transposed, [gates, stateStride]. */
  readonly transposed: number;
  /** What each word of the batch adds to the gates; then its gradient, [words, weightStride]. */
  readonly projections: number;
  /** Of each row, the address of the projection of its word. */
  readonly rowWords: number;
  /** Of each word, the addresses of its rows of gates; and where they begin. */
  readonly wordRows: number;
  readonly wordStarts: number;
  /** [rows, gateStride]; then their gradient. */
  readonly gates: number;
  /** The states before each step, [rows, stateStride]. */
  readonly before: number;
  /** Of an LSTM, what the cells held before each step; [rows, stateStride]. */
  readonly cells: number;
  /** Of an LSTM, tanh of what they held behind it; [rows, units]. */
  readonly shown: number;
}

/** Addresses of everything that training keeps in the memory of the kernels. */
export interface Layout {
  readonly sizes: Sizes;
  readonly places: Places;
  readonly weights: number;
  readonly gradient: number;
  readonly mean: number;
  readonly square: number;
  /** Vectors of all words, [V + 1, depth]; the last row is the zero vector. All end in 1. */
  readonly vectors: number;
  /** Addresses of the distinct words of the batch. */
  readonly words: number;
  /** Their vectors, [words, depth]. */
  readonly batchVectors: number;
  readonly directions: readonly DirectionLayout[];
  /** The first row of each step, of one part after the other. */
  readonly steps: number;
  /** Where in `steps` each part begins. */
  readonly parts: number;
  readonly lengths: number;
  readonly labels: number;
  /** What is read out, [documents, features]; where a maximum was met; what is left of it. */
  readonly features: number;
  readonly winners: number;
  readonly mask: number;
  readonly featureGradient: number;
  readonly scores: number;
  readonly scoreGradient: number;
  readonly losses: number;
  /** Of each member: states and cells of a step, and their gradients, [PART, units]. */
  readonly states: readonly number[];
  readonly cells: readonly number[];
  /** Squared norms of the pieces of the gradient, in float64. */
  readonly norms: number;
  /** Most rows of a direction. */
  readonly maxRows: number;
}

/** What the layout depends on. */
export interface LayoutNeeds extends RecurrentShape {
  readonly words: number;
  /** Most documents at once, and most words of each of so many. */
  readonly batch: number;
  readonly window: number;
  /** Most words of a single document. */
  readonly longest: number;
  readonly members: number;
}

/** The padded sizes of a network. */
export function sizesOf(shape: RecurrentShape): Sizes {
  const { cell, dimensions, classes } = shape;
  const units = roundUp(shape.units, 8);
  const gates = cellSizes[cell].gates * units;
  const directions = directionsOf(shape).length;
  const parts = cell === "gru" ? 2 : 1;
  return {
    cell,
    depth: roundUp(dimensions + 1, 4),
    units,
    gates,
    weightStride: gates + GAP,
    gateStride: parts * gates + GAP,
    stateGates: (parts - 1) * gates,
    stateStride: units + GAP,
    classes,
    directions,
    features: directions * units,
  };
}

/** Where the weights of a network are in an array of all of them. */
export function placesOf(sizes: Sizes): Places {
  const { cell, depth, units, weightStride, features, classes } = sizes;
  let length = 0;
  const take = (count: number) => {
    const start = length;
    length += roundUp(count, 4);
    return start;
  };
  const directions = Array.from({ length: sizes.directions }, (): DirectionPlaces => ({
    kernel: take(depth * weightStride),
    recurrent: take(units * weightStride),
    ...(cell === "gru" && { stateBias: take(weightStride) }),
  }));
  const dense = take(features * classes);
  const denseBias = take(classes);
  return { directions, dense, denseBias, length };
}

/** Hands out all the room that training needs. */
export function layOut(kernels: RecurrentKernels, needs: LayoutNeeds): Layout {
  const sizes = sizesOf(needs);
  const places = placesOf(sizes);
  const { depth, gates, units, weightStride, gateStride, stateStride, features, classes } = sizes;
  const batch = roundUp(needs.batch, PART);
  const maxRows = Math.max(batch * needs.window, PART * needs.longest);
  const maxWords = roundUp(Math.min(needs.words, maxRows) + 1, 32);
  const numbers = (count: number) => kernels.allocate(count * 4);
  const each = () => Array.from({ length: needs.members }, () => numbers(PART * units * 2));
  return {
    sizes,
    places,
    weights: numbers(places.length),
    gradient: numbers(places.length),
    mean: numbers(places.length),
    square: numbers(places.length),
    vectors: numbers((needs.words + 1) * depth),
    words: numbers(maxWords),
    batchVectors: numbers(maxWords * depth),
    directions: Array.from({ length: sizes.directions }, (): DirectionLayout => ({
      transposed: numbers(gates * stateStride),
      projections: numbers(maxWords * weightStride),
      rowWords: numbers(maxRows),
      wordRows: numbers(maxRows),
      wordStarts: numbers(maxWords + 1),
      gates: numbers(maxRows * gateStride),
      before: numbers(maxRows * stateStride),
      cells: numbers(sizes.cell === "lstm" ? maxRows * stateStride : 0),
      shown: numbers(sizes.cell === "lstm" ? maxRows * units : 0),
    })),
    steps: numbers(maxRows + 1),
    parts: numbers(batch / PART + 1),
    lengths: numbers(batch),
    labels: numbers(batch),
    features: numbers(batch * features),
    winners: numbers(batch * features),
    mask: numbers(batch * features),
    featureGradient: numbers(batch * features),
    scores: numbers(batch * classes),
    scoreGradient: numbers(batch * classes),
    losses: numbers(batch),
    states: each(),
    cells: each(),
    norms: kernels.allocate(8 * (sizes.directions * Math.ceil((depth + units) / 4) + 4)),
    maxRows,
  };
}
