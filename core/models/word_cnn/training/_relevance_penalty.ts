import type { FloatArray } from "../../../tensor.ts";
import type { Chunk, Layout } from "./_training_memory.ts";

// The penalty λ · Σ_t Σ_c m_t · R_tc² on the relevance of marked words (right for the right reasons, Ross
// et al. 2017, doi:10.24963/ijcai.2017/371). The relevance of word t for class c is gradient × input,
// which of a max-pooled convolution is what LRP-0 gives:
//
//     R_tc = Σ_f a_ft · W_fc,  a_ft = r_f · Σ_d x_td · V_{t − s_f, d, f}
//
// over the filters f that are active, with s_f the first word of the window that f won on, r_f the
// factor of its dropout. While the winners stay, R is bilinear in V and W, so its gradient is
// written down here, and no second backward pass is needed. Marked words are few, so it costs little.

/** The memory of the kernels, as numbers; an address divided by 4 is an index. */
export interface PenalisedMemory {
  readonly float32: FloatArray;
  readonly uint32: Uint32Array;
}

/** What of the layout is used. */
export type PenalisedLayout = Pick<
  Layout,
  | "chunks"
  | "classes"
  | "depth"
  | "filters"
  | "gradient"
  | "marks"
  | "mask"
  | "pooled"
  | "realClasses"
  | "slots"
  | "starts"
  | "texts"
  | "weights"
  | "winner"
>;

/** The word of a filter that a position is, where the filter won on a window with it; else −1. */
function placeIn(
  { uint32, float32 }: PenalisedMemory,
  { filters, pooled, winner, starts }: PenalisedLayout,
  i: number,
  f: number,
  width: number,
  position: number,
): number {
  const at = i * filters + f;
  // Not active, or dropped.
  if (float32[pooled / 4 + at] === 0) return -1;
  const k = position - uint32[starts / 4 + i]! - uint32[winner / 4 + at]!;
  return k < width ? k : -1;
}

/** What a word adds to a filter as the k-th of its window, times the factor of dropout: a_ft. */
export function contribution(
  { uint32, float32 }: PenalisedMemory,
  { filters, depth, slots, mask, texts, weights }: Pick<
    PenalisedLayout,
    "filters" | "depth" | "slots" | "mask" | "texts" | "weights"
  >,
  i: number,
  f: number,
  k: number,
  position: number,
): number {
  const word = uint32[texts / 4 + position]! / 4;
  const filter = weights.convolution / 4 + (slots * f + k) * depth;
  let sum = 0;
  for (let d = 0; d < depth; d++) sum += float32[word + d]! * float32[filter + d]!;
  return sum * float32[mask / 4 + i * filters + f]!;
}

/** Σ_c R_c · W_fc of a marked word, times the factor of dropout of the filter. */
function pull(
  { float32 }: PenalisedMemory,
  { filters, classes, realClasses, mask, weights, marks }: PenalisedLayout,
  i: number,
  f: number,
  mark: number,
): number {
  const relevance = marks!.relevance / 4 + mark * classes;
  const dense = weights.dense / 4 + f * classes;
  let sum = 0;
  for (let c = 0; c < realClasses; c++) sum += float32[relevance + c]! * float32[dense + c]!;
  return sum * float32[mask / 4 + i * filters + f]!;
}

/** Calls something for each marked word of a document. */
function eachMark(
  { uint32 }: PenalisedMemory,
  { marks }: PenalisedLayout,
  i: number,
  act: (mark: number, position: number) => void,
): void {
  const starts = marks!.starts / 4;
  for (let mark = uint32[starts + i]!; mark < uint32[starts + i + 1]!; mark++) {
    act(mark, uint32[marks!.places / 4 + mark]!);
  }
}

/**
 * Computes the relevance of the marked words of a document, R_tc, once its filters have won, and how
 * far a step can go.
 *
 * @param memory The memory.
 * @param layout What lies where in it.
 * @param i The document.
 */
export function relevanceOfMarks(
  memory: PenalisedMemory,
  layout: PenalisedLayout,
  i: number,
): void {
  const { float32 } = memory;
  const { chunks, classes, realClasses, weights } = layout;
  const sums = new Float64Array(realClasses);
  let curvature = 0;
  eachMark(memory, layout, i, (mark, position) => {
    sums.fill(0);
    for (const { first, last, width } of chunks) {
      for (let f = first; f < last; f++) {
        const k = placeIn(memory, layout, i, f, width, position);
        if (k < 0) continue;
        const share = contribution(memory, layout, i, f, k, position);
        const dense = weights.dense / 4 + f * classes;
        const factor = float32[layout.mask / 4 + i * layout.filters + f]!;
        let squares = 0;
        for (let c = 0; c < realClasses; c++) {
          sums[c]! += share * float32[dense + c]!;
          squares += float32[dense + c]! ** 2;
        }
        curvature += 2 * (share ** 2 + factor ** 2 * squares * lengthOf(memory, layout, position));
      }
    }
    float32.set(sums, layout.marks!.relevance / 4 + mark * classes);
  });
  float32[layout.marks!.curvature / 4 + i] = curvature;
}

/** The squared length of the vector of a word. */
function lengthOf(
  { uint32, float32 }: PenalisedMemory,
  { depth, texts }: PenalisedLayout,
  position: number,
): number {
  const word = uint32[texts / 4 + position]! / 4;
  let sum = 0;
  for (let d = 0; d < depth; d++) sum += float32[word + d]! ** 2;
  return sum;
}

/**
 * The factor of the penalty that a step takes: λ, unless the step would go beyond where the penalty is
 * least, and training diverge. The gradient of R² by the weights is 2 R ∇R, its curvature at most
 * 2 ‖∇R‖² as long as R is nearly linear; of all marked words together the step is kept to
 * one over that.
 *
 * @param memory The memory.
 * @param layout What lies where in it.
 * @param documents How many documents there are.
 * @param penalty λ.
 * @param rate The learning rate.
 */
export function boundedPenalty(
  { float32 }: PenalisedMemory,
  { marks }: PenalisedLayout,
  documents: number,
  penalty: number,
  rate: number,
): number {
  let sum = 0;
  for (let i = 0; i < documents; i++) sum += float32[marks!.curvature / 4 + i]!;
  return sum === 0 ? penalty : Math.min(penalty, documents / (rate * sum));
}

/**
 * Adds the gradient of the penalty by the word vectors of a document.
 *
 * @param memory The memory.
 * @param layout What lies where in it.
 * @param i The document.
 * @param penalty λ, divided by the documents of the batch.
 * @param gradient The address of the gradients of the positions of the batch, [positions, depth].
 */
export function penaliseWords(
  memory: PenalisedMemory,
  layout: PenalisedLayout,
  i: number,
  penalty: number,
  gradient: number,
): void {
  const { float32 } = memory;
  const { chunks, depth, slots, weights } = layout;
  eachMark(memory, layout, i, (mark, position) => {
    const at = gradient / 4 + position * depth;
    for (const { first, last, width } of chunks) {
      for (let f = first; f < last; f++) {
        const k = placeIn(memory, layout, i, f, width, position);
        if (k < 0) continue;
        const scale = 2 * penalty * pull(memory, layout, i, f, mark);
        const filter = weights.convolution / 4 + (slots * f + k) * depth;
        for (let d = 0; d < depth; d++) float32[at + d]! += scale * float32[filter + d]!;
      }
    }
  });
}

/**
 * Adds the gradient of the penalty by some filters and their dense weights, over the documents of the
 * batch in their order.
 *
 * @param memory The memory.
 * @param layout What lies where in it.
 * @param documents How many documents there are.
 * @param chunk The filters.
 * @param penalty λ, divided by the documents of the batch.
 */
export function penaliseFilters(
  memory: PenalisedMemory,
  layout: PenalisedLayout,
  documents: number,
  { first, last, width }: Chunk,
  penalty: number,
): void {
  const { float32, uint32 } = memory;
  const { classes, realClasses, depth, slots, texts, gradient, marks } = layout;
  for (let i = 0; i < documents; i++) {
    eachMark(memory, layout, i, (mark, position) => {
      const word = uint32[texts / 4 + position]! / 4;
      const relevance = marks!.relevance / 4 + mark * classes;
      for (let f = first; f < last; f++) {
        const k = placeIn(memory, layout, i, f, width, position);
        if (k < 0) continue;
        const scale = 2 * penalty * pull(memory, layout, i, f, mark);
        const filter = gradient.convolution / 4 + (slots * f + k) * depth;
        for (let d = 0; d < depth; d++) float32[filter + d]! += scale * float32[word + d]!;
        const share = 2 * penalty * contribution(memory, layout, i, f, k, position);
        const dense = gradient.dense / 4 + f * classes;
        for (let c = 0; c < realClasses; c++) {
          float32[dense + c]! += share * float32[relevance + c]!;
        }
      }
    });
  }
}
