import { roundUp } from "../../../round_up.ts";
import type { Kernels } from "../kernels/mod.ts";
import type { FloatArray } from "../../../tensor.ts";
import {
  convolutionsOf,
  type NetworkShape,
  type NetworkWeights,
  weightShapes,
  widest,
} from "../parameters.ts";

/** The kernels work on groups of this many filters. */
export const GROUP = 8;
/** Filters that are projected before they are pooled, so that the projections stay in the cache. */
export const CHUNK = 32;

/** Addresses of one set of weights; each array is padded to the sizes of {@linkcode Layout}. */
export interface WeightAddresses {
  /** Filters, [filters, slots, depth]. */
  readonly convolution: number;
  /** [filters]. */
  readonly bias: number;
  /** [filters, classes]. */
  readonly dense: number;
  /** [classes]. */
  readonly denseBias: number;
}

/** Filters of one convolution that are worked on together. */
export interface Chunk {
  readonly first: number;
  /** Behind the last one. */
  readonly last: number;
  /** How many words they span. */
  readonly width: number;
}

/** Padded sizes and addresses of everything that training keeps in the memory of the kernels. */
export interface Layout {
  readonly filters: number;
  /** How many words there is room for in a filter: those of the widest. */
  readonly slots: number;
  /** The filters, at most {@linkcode CHUNK} at a time. */
  readonly chunks: readonly Chunk[];
  /** Which of the padded filters each filter of the model is. */
  readonly places: readonly number[];
  readonly depth: number;
  /** The dimensions without padding. */
  readonly dimensions: number;
  readonly classes: number;
  /** The classes without padding. */
  readonly realClasses: number;
  /** Most documents of a batch. */
  readonly batch: number;
  readonly weights: WeightAddresses;
  readonly velocity: WeightAddresses;
  readonly gradient: WeightAddresses;
  readonly average: WeightAddresses;
  /** Filters packed for the projection: first words, then second words, and so on. */
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
  /** How much a document of each class counts, [classes]. */
  readonly classWeights: number;
  /** What training of the word vectors needs; absent where they stay. */
  readonly learnedVectors?: LearnedVectors;
  /** What the penalty on relevance needs; absent without one. */
  readonly marks?: Marks;
  /**
   * The relevance of each position of the batch for the class of its document; absent where no
   * dropout follows it.
   */
  readonly relevance?: number;
}

/** Addresses of what the penalty on the relevance of marked words needs. */
export interface Marks {
  /** For each document, and behind the last, where its marked words start in `places`. */
  readonly starts: number;
  /** Positions of the batch that are marked. */
  readonly places: number;
  /** The relevance of each of them for each class, [marks, classes]. */
  readonly relevance: number;
  /** For each document a bound of the curvature of the penalty, with λ = 1. */
  readonly curvature: number;
}

/** Addresses of what training of the word vectors needs. */
export interface LearnedVectors {
  /** The gradient of each position of the batch, [positions, depth]. */
  readonly gradient: number;
  /** For each word of the batch, where its places start in `places`. */
  readonly starts: number;
  /** Positions of the batch, by word. */
  readonly places: number;
  /** For each word of the vocabulary the sum of its squared gradients. */
  readonly squares: number;
  /** The address of the zero vector. */
  readonly zero: number;
  /** For each member, room for a vector. */
  readonly sums: readonly number[];
}

/** What the layout depends on. */
export interface LayoutSizes extends NetworkShape {
  readonly words: number;
  readonly batch: number;
  readonly window: number;
  readonly members: number;
  /** Whether the word vectors are trained. */
  readonly learnsVectors: boolean;
  /** Whether relevance of marked words is penalised. */
  readonly penalises: boolean;
  /** Whether word dropout follows relevance. */
  readonly guides: boolean;
}

/** The convolutions as they lie in the memory, each of a whole number of groups. */
function placed(
  shape: NetworkShape,
): { first: number; count: number; padded: number; width: number }[] {
  let first = 0;
  return convolutionsOf(shape).map(({ width, filters }) => {
    const own = { first, count: filters, padded: roundUp(filters, GROUP), width };
    first += own.padded;
    return own;
  });
}

/** Hands out all the room that training needs. */
export function layOut(kernels: Kernels, sizes: LayoutSizes): Layout {
  const convolutions = placed(sizes);
  const filters = convolutions.reduce((sum, { padded }) => sum + padded, 0);
  const slots = widest(convolutions);
  const chunks = convolutions.flatMap(({ first, padded, width }) =>
    Array.from({ length: Math.ceil(padded / CHUNK) }, (_, i): Chunk => {
      const start = first + i * CHUNK;
      return { first: start, last: Math.min(start + CHUNK, first + padded), width };
    })
  );
  const depth = roundUp(sizes.dimensions, 4);
  const classes = roundUp(sizes.classes, 4);
  const { batch, window, members } = sizes;
  const maxWords = roundUp(Math.min(sizes.words, batch * window) + 1, 4);
  const numbers = (count: number) => kernels.allocate(count * 4);
  const weightSet = (): WeightAddresses => ({
    convolution: numbers(filters * slots * depth),
    bias: numbers(filters),
    dense: numbers(filters * classes),
    denseBias: numbers(classes),
  });
  const vectors = numbers((sizes.words + 1) * depth);
  const each = (count: number) => Array.from({ length: members }, () => numbers(count));
  return {
    filters,
    slots,
    chunks,
    places: convolutions.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, i) => first + i)
    ),
    depth,
    dimensions: sizes.dimensions,
    classes,
    realClasses: sizes.classes,
    batch,
    weights: weightSet(),
    velocity: weightSet(),
    gradient: weightSet(),
    average: weightSet(),
    panels: numbers(filters * slots * depth),
    vectors,
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
    projections: each(maxWords * slots * CHUNK),
    classWeights: numbers(classes),
    ...(sizes.learnsVectors && {
      learnedVectors: {
        gradient: numbers(batch * window * depth),
        starts: numbers(maxWords + 1),
        places: numbers(batch * window),
        squares: numbers(sizes.words + 1),
        zero: vectors + sizes.words * depth * 4,
        sums: each(depth),
      },
    }),
    ...(sizes.penalises && {
      marks: {
        starts: numbers(batch + 1),
        places: numbers(batch * window),
        relevance: numbers(batch * window * classes),
        curvature: numbers(batch),
      },
    }),
    ...(sizes.guides && { relevance: numbers(batch * window) }),
  };
}

/** All the numbers of a set of weights, without padding. */
export function weightCount(shape: NetworkShape): number {
  const { dimensions, filters, classes } = shape;
  const columns = convolutionsOf(shape).reduce((sum, one) => sum + one.width * one.filters, 0);
  return columns * dimensions + filters + filters * classes + classes;
}

/** Called with a row of numbers of the model, and where it lies in the memory, in floats. */
type VisitRow = (
  values: FloatArray,
  from: number,
  count: number,
  stride: number,
  at: number,
) => void;

/** Visits all the numbers of a set of weights: of a filter one word at a time. */
function visitRows(
  layout: Layout,
  { convolution, bias, dense, denseBias }: WeightAddresses,
  shape: NetworkShape,
  weights: NetworkWeights,
  visit: VisitRow,
): void {
  const { dimensions, classes } = shape;
  const { depth, slots } = layout;
  /** The first filter, and the first number, of a convolution in the model. */
  let [start, from] = [0, 0];
  for (const { first, count, width } of placed(shape)) {
    for (let i = 0; i < count; i++) {
      const f = first + i;
      for (let k = 0; k < width; k++) {
        const at = convolution / 4 + (slots * f + k) * depth;
        visit(weights.convolutionWeights, from + k * dimensions * count + i, dimensions, count, at);
      }
      visit(weights.convolutionBias, start + i, 1, 1, bias / 4 + f);
      const row = dense / 4 + f * layout.classes;
      visit(weights.denseWeights, (start + i) * classes, classes, 1, row);
    }
    start += count;
    from += width * dimensions * count;
  }
  visit(weights.denseBias, 0, classes, 1, denseBias / 4);
}

/** Copies a set of weights out of the memory, into the order and shapes of the model. */
export function readWeights(
  kernels: Kernels,
  layout: Layout,
  addresses: WeightAddresses,
  shape: NetworkShape,
): NetworkWeights {
  const memory = kernels.float32;
  const sizes = Object.entries(weightShapes(shape)).map(([name, sizes]) =>
    [name, new Float32Array(sizes.reduce((product, size) => product * size, 1))] as const
  );
  const weights = Object.fromEntries(sizes) as unknown as NetworkWeights;
  visitRows(layout, addresses, shape, weights, (values, from, count, stride, at) => {
    for (let i = 0; i < count; i++) values[from + i * stride] = memory[at + i]!;
  });
  return weights;
}

/** The reverse of {@linkcode readWeights}. */
export function writeWeights(
  kernels: Kernels,
  layout: Layout,
  addresses: WeightAddresses,
  shape: NetworkShape,
  weights: NetworkWeights,
): void {
  const memory = kernels.float32;
  visitRows(layout, addresses, shape, weights, (values, from, count, stride, at) => {
    for (let i = 0; i < count; i++) memory[at + i] = values[from + i * stride]!;
  });
}
