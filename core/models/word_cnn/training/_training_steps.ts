import type { Kernels } from "../kernels/mod.ts";
import { penaliseFilters, penaliseWords, relevanceOfMarks } from "./_relevance_penalty.ts";
import { SETTINGS, STEPS, type StepSetup } from "./_step_setup.ts";
import { CHUNK, type Chunk, GROUP, type Layout, type WeightAddresses } from "./_training_memory.ts";
import { relevanceOfWords } from "./_word_relevance.ts";

/** Documents, and words, that a member takes at once. */
const DOCUMENTS = 8;
const WORDS = 64;

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
    const { chunks } = this.#layout;
    const documents = this.#settings[SETTINGS.documents]!;
    switch (this.#settings[SETTINGS.step]) {
      case STEPS.pack:
        return this.#pieces(chunks.length, 1, (i) => this.#pack(chunks[i]!));
      case STEPS.filters: {
        let interleaved = false;
        return this.#pieces(chunks.length, 1, (i) => {
          if (!interleaved) this.#interleave(rank);
          interleaved = true;
          this.#convolve(chunks[i]!, rank);
        });
      }
      case STEPS.documents:
        return this.#pieces(documents, DOCUMENTS, (from, to) => this.#classify(from, to, true));
      case STEPS.dense:
        return this.#pieces(documents, DOCUMENTS, (from, to) => this.#classify(from, to, false));
      case STEPS.update:
        return this.#pieces(chunks.length, 1, (i) => {
          this.#update(chunks[i]!);
          if (i === 0) this.#updateDenseBias();
          this.#pack(chunks[i]!);
        });
      case STEPS.marks:
        return this.#pieces(documents, DOCUMENTS, (from, to) => {
          const { gradient } = this.#layout.learnedVectors!;
          for (let i = from; i < to; i++) {
            penaliseWords(this.#kernels, this.#layout, i, this.#penalty, gradient);
          }
        });
      case STEPS.words: {
        const words = this.#settings[SETTINGS.words]!;
        return this.#pieces(words, WORDS, (from, to) => this.#updateWords(from, to, rank));
      }
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

  #pack({ first, last, width }: Chunk): void {
    const { depth, filters, slots, panels } = this.#layout;
    const stride = slots * depth * 4;
    const filter = this.#current.convolution + first * stride;
    for (let k = 0; k < width; k++) {
      const panel = panels + (k * filters + first) * depth * 4;
      this.#kernels.functions.pack(
        filter + k * depth * 4,
        stride,
        depth,
        panel,
        (last - first) / GROUP,
      );
    }
  }

  /** Puts the words of the batch in the order in which the projection reads them. */
  #interleave(rank: number): void {
    const { words, depth, interleaved } = this.#layout;
    const count = this.#settings[SETTINGS.words]!;
    this.#kernels.functions.interleave(words, count, depth, interleaved[rank]!);
  }

  /** Projects the words of the batch onto at most CHUNK filters, and pools every document. */
  #convolve({ first, last, width }: Chunk, rank: number): void {
    const { depth, filters, panels, results, interleaved, projections, positions } = this.#layout;
    const { best, winner, starts } = this.#layout;
    const { functions, uint32 } = this.#kernels;
    const count = this.#settings[SETTINGS.words]!;
    const documents = this.#settings[SETTINGS.documents]!;
    const base = projections[rank]!;
    for (let k = 0; k < width; k++) {
      const panel = panels + (k * filters + first) * depth * 4;
      const offset = base + k * CHUNK * 4;
      const panelCount = (last - first) / GROUP;
      functions.project(interleaved[rank]!, results, count, depth, panel, panelCount, offset);
    }
    for (let i = 0; i < documents; i++) {
      const start = uint32[starts / 4 + i]!;
      const windows = uint32[starts / 4 + i + 1]! - start - width + 1;
      const at = (i * filters + first) * 4;
      functions.maxOverWindows(
        positions + start * 4,
        base,
        windows,
        last - first,
        CHUNK * 4,
        width,
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
      const weight = float32[layout.classWeights / 4 + label]!;
      for (let c = 0; c < realClasses; c++) {
        const target = (c === label ? 1 - smoothing : 0) + smoothing / realClasses;
        const difference = Math.exp(values[c]! - max) / sum - target;
        float32[gradient / 4 + c] = weight * difference / documents;
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
      if (layout.marks) relevanceOfMarks(this.#kernels, layout, i);
      if (layout.relevance) relevanceOfWords(this.#kernels, layout, i);
      if (layout.learnedVectors) this.#pullBack(i);
    }
  }

  /** The factor of the penalty on relevance, for each document. */
  get #penalty(): number {
    return this.#settings[SETTINGS.relevancePenalty]! / this.#settings[SETTINGS.documents]!;
  }

  /** Takes the gradient of a document from its filters back to its words. */
  #pullBack(i: number): void {
    const { weights, filters, chunks, slots, depth, slope, winner, starts, learnedVectors } =
      this.#layout;
    const { functions, uint32, float32 } = this.#kernels;
    const { gradient } = learnedVectors!;
    const [start, end] = [uint32[starts / 4 + i]!, uint32[starts / 4 + i + 1]!];
    float32.fill(0, gradient / 4 + start * depth, gradient / 4 + end * depth);
    const row = i * filters * 4;
    for (const { first, last, width } of chunks) {
      functions.toWords(
        first,
        last,
        slope + row,
        winner + row,
        weights.convolution,
        slots,
        width,
        depth,
        gradient + start * depth * 4,
      );
    }
  }

  /** One step of the descent of some words of the batch. */
  #updateWords(from: number, to: number, rank: number): void {
    const { words, depth, dimensions, vectors, learnedVectors } = this.#layout;
    const { starts, places, gradient, squares, sums, zero } = learnedVectors!;
    this.#kernels.functions.descendWords(
      from,
      to,
      words,
      starts,
      places,
      gradient,
      depth,
      dimensions,
      sums[rank]!,
      squares,
      vectors,
      zero,
      this.#settings[SETTINGS.vectorRate]!,
    );
  }

  /** Gradients of some filters over the batch, and one step of the descent. */
  #update({ first, last, width }: Chunk): void {
    const { functions } = this.#kernels;
    const layout = this.#layout;
    const { weights, velocity, gradient, average, filters, slots, classes, depth } = layout;
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
      slots,
      width,
    );
    if (layout.marks) {
      penaliseFilters(
        this.#kernels,
        layout,
        settings[SETTINGS.documents]!,
        { first, last, width },
        this.#penalty,
      );
    }
    const descend = (name: keyof WeightAddresses, size: number, penalty: number) => {
      const offset = first * size * 4;
      functions.update(
        weights[name] + offset,
        velocity[name] + offset,
        gradient[name] + offset,
        average[name] + offset,
        (last - first) * size,
        settings[SETTINGS.rate]!,
        settings[SETTINGS.momentum]!,
        penalty,
        settings[SETTINGS.blend]!,
      );
    };
    descend("convolution", slots * depth, settings[SETTINGS.penalty]!);
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
