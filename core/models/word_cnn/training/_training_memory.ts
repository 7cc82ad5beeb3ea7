import type { Kernels } from "../kernels/mod.ts";
import type { NetworkShape, NetworkWeights } from "../parameters.ts";

/** The kernels work on groups of this many filters. */
export const GROUP = 8;
/** Filters that are projected before they are pooled, so that the projections stay in the cache. */
export const CHUNK = 32;

const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/** Addresses of one set of weights; each array is padded to the sizes of {@linkcode Layout}. */
export interface WeightAddresses {
  /** Filters, [filters, 2, depth]. */
  readonly convolution: number;
  /** [filters]. */
  readonly bias: number;
  /** [filters, classes]. */
  readonly dense: number;
  /** [classes]. */
  readonly denseBias: number;
}

/** Padded sizes and addresses of everything that training keeps in the memory of the kernels. */
export interface Layout {
  readonly filters: number;
  readonly depth: number;
  readonly classes: number;
  /** The classes without padding. */
  readonly realClasses: number;
  /** Most documents of a batch. */
  readonly batch: number;
  readonly weights: WeightAddresses;
  readonly velocity: WeightAddresses;
  readonly gradient: WeightAddresses;
  readonly average: WeightAddresses;
  /** Filters packed for the projection: first words, then second words. */
  readonly panels: number;
  /** Word vectors, [V + 1, depth]; the last row is the zero vector. */
  readonly vectors: number;
  /** Addresses of the distinct words of the batch. */
  readonly words: number;
  /** Where each of them is projected to, in bytes. */
  readonly results: number;
  /** For each position of the batch, where its projection is, in bytes. */
  readonly positions: number;
  /** For each position of the batch, the address of its word vector. */
  readonly texts: number;
  /** For each document, the index of its first position. */
  readonly starts: number;
  /** For each document, the address of its first entry of `texts`. */
  readonly textStarts: number;
  /** For each document, its class. */
  readonly labels: number;
  readonly mask: number;
  readonly best: number;
  readonly winner: number;
  readonly pooled: number;
  readonly slope: number;
  readonly scores: number;
  readonly scoreGradient: number;
  /** Loss of each document. */
  readonly losses: number;
  /** For each member: the words of the batch interleaved, and room for the projections. */
  readonly interleaved: readonly number[];
  readonly projections: readonly number[];
}

/** What the layout depends on. */
export interface LayoutSizes extends NetworkShape {
  readonly words: number;
  readonly batch: number;
  readonly window: number;
  readonly members: number;
}

/** Hands out all the room that training needs. */
export function layOut(kernels: Kernels, sizes: LayoutSizes): Layout {
  const filters = roundUp(sizes.filters, GROUP);
  const depth = roundUp(sizes.dimensions, 4);
  const classes = roundUp(sizes.classes, 4);
  const { batch, window, members } = sizes;
  const maxWords = roundUp(Math.min(sizes.words, batch * window) + 1, 4);
  const numbers = (count: number) => kernels.allocate(count * 4);
  const weightSet = (): WeightAddresses => ({
    convolution: numbers(filters * 2 * depth),
    bias: numbers(filters),
    dense: numbers(filters * classes),
    denseBias: numbers(classes),
  });
  const each = (count: number) => Array.from({ length: members }, () => numbers(count));
  return {
    filters,
    depth,
    classes,
    realClasses: sizes.classes,
    batch,
    weights: weightSet(),
    velocity: weightSet(),
    gradient: weightSet(),
    average: weightSet(),
    panels: numbers(filters * 2 * depth),
    vectors: numbers((sizes.words + 1) * depth),
    words: numbers(maxWords),
    results: numbers(maxWords),
    positions: numbers(batch * window),
    texts: numbers(batch * window),
    starts: numbers(batch + 1),
    textStarts: numbers(batch),
    labels: numbers(batch),
    mask: numbers(batch * filters),
    best: numbers(batch * filters),
    winner: numbers(batch * filters),
    pooled: numbers(batch * filters),
    slope: numbers(batch * filters),
    scores: numbers(batch * classes),
    scoreGradient: numbers(batch * classes),
    losses: numbers(batch),
    interleaved: each(maxWords * depth),
    projections: each(maxWords * 2 * CHUNK),
  };
}

/** All the numbers of a set of weights, without padding. */
export const weightCount = ({ dimensions, filters, classes }: NetworkShape) =>
  2 * dimensions * filters + filters + filters * classes + classes;

/** Copies a set of weights out of the memory, into the order and shapes of the model. */
export function readWeights(
  kernels: Kernels,
  layout: Layout,
  { convolution, bias, dense, denseBias }: WeightAddresses,
  { dimensions, filters, classes }: NetworkShape,
): NetworkWeights {
  const memory = kernels.float32;
  const weights = {
    convolutionWeights: new Float32Array(2 * dimensions * filters),
    convolutionBias: memory.slice(bias / 4, bias / 4 + filters),
    denseWeights: new Float32Array(filters * classes),
    denseBias: memory.slice(denseBias / 4, denseBias / 4 + classes),
  };
  for (let f = 0; f < filters; f++) {
    for (let k = 0; k < 2; k++) {
      const from = convolution / 4 + (2 * f + k) * layout.depth;
      for (let d = 0; d < dimensions; d++) {
        weights.convolutionWeights[(k * dimensions + d) * filters + f] = memory[from + d]!;
      }
    }
    const row = dense / 4 + f * layout.classes;
    weights.denseWeights.set(memory.subarray(row, row + classes), f * classes);
  }
  return weights;
}

/** The reverse of {@linkcode readWeights}. */
export function writeWeights(
  kernels: Kernels,
  layout: Layout,
  { convolution, bias, dense, denseBias }: WeightAddresses,
  { dimensions, filters, classes }: NetworkShape,
  weights: NetworkWeights,
): void {
  const memory = kernels.float32;
  memory.set(weights.convolutionBias, bias / 4);
  memory.set(weights.denseBias, denseBias / 4);
  for (let f = 0; f < filters; f++) {
    for (let k = 0; k < 2; k++) {
      const to = convolution / 4 + (2 * f + k) * layout.depth;
      for (let d = 0; d < dimensions; d++) {
        memory[to + d] = weights.convolutionWeights[(k * dimensions + d) * filters + f]!;
      }
    }
    memory.set(
      weights.denseWeights.subarray(f * classes, (f + 1) * classes),
      dense / 4 + f * layout.classes,
    );
  }
}
