import type { KernelHandle, Kernels } from "../kernels/mod.ts";
import { CHUNK, GROUP, type Layout, type WeightAddresses } from "./_training_memory.ts";

/** What the members of the team do in a step. */
export const STEPS = { pack: 0, filters: 1, documents: 2, update: 3, dense: 4 } as const;

/** Numbers that the leading thread sets before a step; indexes into shared float64 numbers. */
export const SETTINGS = {
  step: 0,
  documents: 1,
  words: 2,
  rate: 3,
  momentum: 4,
  penalty: 5,
  blend: 6,
  smoothing: 7,
  averaged: 8,
} as const;

/** What every member needs. */
export interface StepSetup {
  /** The kernels on the memory that all share; absent where memory cannot be shared. */
  readonly handle: KernelHandle | undefined;
  readonly layout: Layout;
  /** Shared numbers, as {@linkcode SETTINGS} names them. */
  readonly settings: Float64Array;
  /** One shared number: the next piece of the step that nobody has taken. */
  readonly next: Int32Array;
}

/** Documents that a member takes at once. */
const DOCUMENTS = 8;

/**
 * The work of one member. A step is cut into pieces, and each member takes the next piece as soon as
 * it is done with one. A piece touches only its own filters or documents and is computed always in
 * the same order, so it makes no difference who takes it or how many there are.
 */
export class TrainingSteps {
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  readonly #settings: Float64Array;
  readonly #next: Int32Array;

  constructor(kernels: Kernels, { layout, settings, next }: StepSetup) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#settings = settings;
    this.#next = next;
  }

  /** Does a member's part of the step that the settings name. */
  run(rank: number): void {
    const { filters } = this.#layout;
    const documents = this.#settings[SETTINGS.documents]!;
    switch (this.#settings[SETTINGS.step]) {
      case STEPS.pack:
        return this.#pieces(filters, CHUNK, (first, last) => this.#pack(first, last));
      case STEPS.filters: {
        let interleaved = false;
        return this.#pieces(filters, CHUNK, (first, last) => {
          if (!interleaved) this.#interleave(rank);
          interleaved = true;
          this.#convolve(first, last, rank);
        });
      }
      case STEPS.documents:
        return this.#pieces(documents, DOCUMENTS, (from, to) => this.#classify(from, to, true));
      case STEPS.dense:
        return this.#pieces(documents, DOCUMENTS, (from, to) => this.#classify(from, to, false));
      case STEPS.update:
        return this.#pieces(filters, CHUNK, (first, last) => {
          this.#update(first, last);
          if (first === 0) this.#updateDenseBias();
          this.#pack(first, last);
        });
    }
  }

  /** Takes pieces until there are none left. */
  #pieces(count: number, size: number, act: (from: number, to: number) => void): void {
    while (true) {
      const from = Atomics.add(this.#next, 0, 1) * size;
      if (from >= count) return;
      act(from, Math.min(from + size, count));
    }
  }

  get #current(): WeightAddresses {
    return this.#settings[SETTINGS.averaged] ? this.#layout.average : this.#layout.weights;
  }

  #pack(first: number, last: number): void {
    const { depth, filters, panels } = this.#layout;
    const filter = this.#current.convolution + first * 2 * depth * 4;
    const panel = panels + first * depth * 4;
    const count = (last - first) / GROUP;
    const { functions } = this.#kernels;
    functions.pack(filter, 2 * depth * 4, depth, panel, count);
    functions.pack(filter + depth * 4, 2 * depth * 4, depth, panel + filters * depth * 4, count);
  }

  /** Puts the words of the batch in the order in which the projection reads them. */
  #interleave(rank: number): void {
    const { words, depth, interleaved } = this.#layout;
    const count = this.#settings[SETTINGS.words]!;
    this.#kernels.functions.interleave(words, count, depth, interleaved[rank]!);
  }

  /** Projects the words of the batch onto at most CHUNK filters, and pools every document. */
  #convolve(first: number, last: number, rank: number): void {
    const { depth, filters, panels, results, interleaved, projections, positions } = this.#layout;
    const { best, winner, starts } = this.#layout;
    const { functions, uint32 } = this.#kernels;
    const count = this.#settings[SETTINGS.words]!;
    const documents = this.#settings[SETTINGS.documents]!;
    const base = projections[rank]!;
    for (let k = 0; k < 2; k++) {
      const panel = panels + (k * filters + first) * depth * 4;
      const offset = base + k * CHUNK * 4;
      const panelCount = (last - first) / GROUP;
      functions.project(interleaved[rank]!, results, count, depth, panel, panelCount, offset);
    }
    for (let i = 0; i < documents; i++) {
      const start = uint32[starts / 4 + i]!;
      const windows = uint32[starts / 4 + i + 1]! - start - 1;
      const at = (i * filters + first) * 4;
      functions.maxOverTime(
        positions + start * 4,
        base,
        windows,
        last - first,
        CHUNK * 4,
        best + at,
        winner + at,
      );
    }
  }

  /** Scores some documents, and takes the gradient of the loss back to their filters. */
  #classify(from: number, to: number, training: boolean): void {
    const layout = this.#layout;
    const { filters, classes, realClasses } = layout;
    const { functions, uint32, float32 } = this.#kernels;
    const { bias, dense, denseBias } = this.#current;
    const documents = this.#settings[SETTINGS.documents]!;
    const smoothing = training ? this.#settings[SETTINGS.smoothing]! : 0;
    for (let i = from; i < to; i++) {
      const row = i * filters * 4;
      const mask = layout.mask + row;
      const pooled = layout.pooled + row;
      const scores = layout.scores + i * classes * 4;
      functions.activate(layout.best + row, bias, mask, pooled, filters);
      functions.dense(pooled, dense, denseBias, scores, filters, classes);
      const values = float32.subarray(scores / 4, scores / 4 + realClasses);
      let max = -Infinity;
      for (let c = 0; c < realClasses; c++) max = Math.max(max, values[c]!);
      let sum = 0;
      for (let c = 0; c < realClasses; c++) sum += Math.exp(values[c]! - max);
      const label = uint32[layout.labels / 4 + i]!;
      float32[layout.losses / 4 + i] = max + Math.log(sum) - values[label]!;
      if (!training) continue;
      const gradient = layout.scoreGradient + i * classes * 4;
      for (let c = 0; c < realClasses; c++) {
        const target = (c === label ? 1 - smoothing : 0) + smoothing / realClasses;
        float32[gradient / 4 + c] = (Math.exp(values[c]! - max) / sum - target) / documents;
      }
      functions.denseBackward(
        gradient,
        dense,
        pooled,
        mask,
        layout.slope + row,
        filters,
        classes,
      );
    }
  }

  /** Gradients of some filters over the batch, and one step of the descent. */
  #update(first: number, last: number): void {
    const { functions } = this.#kernels;
    const layout = this.#layout;
    const { weights, velocity, gradient, average, filters, classes, depth } = layout;
    const settings = this.#settings;
    functions.accumulate(
      settings[SETTINGS.documents]!,
      first,
      last,
      filters,
      layout.slope,
      layout.winner,
      layout.pooled,
      layout.textStarts,
      depth,
      layout.scoreGradient,
      classes,
      gradient.convolution,
      gradient.bias,
      gradient.dense,
    );
    const descend = (name: keyof WeightAddresses, width: number, penalty: number) => {
      const offset = first * width * 4;
      functions.update(
        weights[name] + offset,
        velocity[name] + offset,
        gradient[name] + offset,
        average[name] + offset,
        (last - first) * width,
        settings[SETTINGS.rate]!,
        settings[SETTINGS.momentum]!,
        penalty,
        settings[SETTINGS.blend]!,
      );
    };
    descend("convolution", 2 * depth, settings[SETTINGS.penalty]!);
    descend("bias", 1, 0);
    descend("dense", classes, settings[SETTINGS.penalty]!);
  }

  #updateDenseBias(): void {
    const { weights, velocity, gradient, average, scoreGradient, classes } = this.#layout;
    const { functions, float32 } = this.#kernels;
    const documents = this.#settings[SETTINGS.documents]!;
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let i = 0; i < documents; i++) sum += float32[scoreGradient / 4 + i * classes + c]!;
      float32[gradient.denseBias / 4 + c] = sum;
    }
    functions.update(
      weights.denseBias,
      velocity.denseBias,
      gradient.denseBias,
      average.denseBias,
      classes,
      this.#settings[SETTINGS.rate]!,
      this.#settings[SETTINGS.momentum]!,
      0,
      this.#settings[SETTINGS.blend]!,
    );
  }
}
