import { type KernelHandle, KernelMemory } from "../../../kernels/kernel_memory.ts";
import { privateBinary, sharedBinary } from "./_binary.ts";

export type { KernelHandle } from "../../../kernels/kernel_memory.ts";

/** The functions in core/models/word_cnn/kernels/assembly; all addresses are in bytes. */
export interface KernelFunctions {
  project(
    words: number,
    results: number,
    count: number,
    depth: number,
    panels: number,
    panelCount: number,
    offset: number,
  ): void;
  interleave(words: number, count: number, depth: number, out: number): void;
  pack(filters: number, stride: number, depth: number, panels: number, panelCount: number): void;
  maxOverTime(
    rows: number,
    base: number,
    windows: number,
    filters: number,
    second: number,
    best: number,
    winner: number,
  ): void;
  maxOverWindows(
    rows: number,
    base: number,
    windows: number,
    filters: number,
    next: number,
    width: number,
    best: number,
    winner: number,
  ): void;
  activate(best: number, bias: number, mask: number, pooled: number, filters: number): void;
  dense(
    pooled: number,
    weights: number,
    bias: number,
    scores: number,
    filters: number,
    classes: number,
  ): void;
  denseBackward(
    scoreGradient: number,
    weights: number,
    pooled: number,
    mask: number,
    gradient: number,
    filters: number,
    classes: number,
  ): void;
  accumulate(
    documents: number,
    first: number,
    last: number,
    stride: number,
    gradient: number,
    winner: number,
    pooled: number,
    texts: number,
    depth: number,
    scoreGradient: number,
    classes: number,
    filterGradient: number,
    biasGradient: number,
    denseGradient: number,
    slots: number,
    width: number,
  ): void;
  toWords(
    first: number,
    last: number,
    gradient: number,
    winner: number,
    filters: number,
    slots: number,
    width: number,
    depth: number,
    out: number,
  ): void;
  descendWords(
    first: number,
    last: number,
    words: number,
    starts: number,
    places: number,
    gradient: number,
    depth: number,
    dimensions: number,
    sum: number,
    squares: number,
    vectors: number,
    zero: number,
    rate: number,
  ): void;
  update(
    weight: number,
    velocity: number,
    gradient: number,
    average: number,
    count: number,
    rate: number,
    momentum: number,
    penalty: number,
    blend: number,
  ): void;
  writeWindows(
    rows: number,
    first: number,
    last: number,
    windows: number,
    filters: number,
    second: number,
    z: number,
  ): void;
  settle(
    word: number,
    windows: number,
    filters: number,
    z: number,
    best: number,
    winner: number,
    bias: number,
    weights: number,
    classes: number,
    sums: number,
    scratch: number,
  ): void;
  withoutEach(
    rows: number,
    zero: number,
    windows: number,
    filters: number,
    second: number,
    z: number,
    best: number,
    winner: number,
    bias: number,
    weights: number,
    classes: number,
    sums: number,
    scratch: number,
    out: number,
  ): void;
  score(
    best: number,
    bias: number,
    filters: number,
    weights: number,
    denseBias: number,
    classes: number,
    sums: number,
  ): void;
  distribute(
    pooled: number,
    winner: number,
    filters: number,
    weights: number,
    classes: number,
    scale: number,
    offset: number,
    factors: number,
    words: number,
    totals: number,
  ): void;
  spread(
    coefficients: number,
    winner: number,
    filters: number,
    weights: number,
    depth: number,
    out: number,
  ): void;
}

/** The compiled kernels on a memory of their own, with room that is handed out and never freed. */
export class Kernels extends KernelMemory<KernelFunctions> {
  /**
   * Starts the kernels.
   *
   * @param handle The memory of another thread; without one, new memory is made.
   */
  constructor(handle?: KernelHandle) {
    super({ shared: sharedBinary, private: privateBinary }, handle);
  }
}
