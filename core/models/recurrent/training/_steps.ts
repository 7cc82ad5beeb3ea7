import { gradientPieces } from "./_gradient_pieces.ts";
import type { RecurrentKernels } from "./kernels/kernels.ts";
import type { Layout } from "./_memory.ts";
import { PART } from "./_memory.ts";
import { SETTINGS, STEPS, type StepSetup } from "./_setup.ts";
import { ThroughTime } from "./_through_time.ts";

/** Words, and weights, that a member takes at once. */
const WORDS = 32;
const WEIGHTS = 16384;

/**
 * The work of one member. A step is cut into pieces, and each member takes the next piece as soon as
 * it is done with one. A piece writes only what is its own and is computed always in the same order,
 * so it makes no difference who takes it or how many there are.
 */
export class RecurrentSteps {
  readonly #kernels: RecurrentKernels;
  readonly #layout: Layout;
  readonly #setup: StepSetup;
  readonly #time: ThroughTime;
  readonly #gradient: ReturnType<typeof gradientPieces>;

  constructor(kernels: RecurrentKernels, setup: StepSetup) {
    this.#kernels = kernels;
    this.#layout = setup.layout;
    this.#setup = setup;
    this.#time = new ThroughTime(kernels, setup.layout, setup.hyperparameters);
    this.#gradient = gradientPieces(setup.layout);
  }

  /** Does a member's part of the step that the settings name. */
  run(rank: number): void {
    const { settings } = this.#setup;
    const words = settings[SETTINGS.words]!;
    const { directions, places } = this.#layout;
    switch (settings[SETTINGS.step]) {
      case STEPS.project: {
        const blocks = Math.ceil(words / WORDS);
        return this.#pieces(blocks + directions.length, 1, (i) => {
          if (i < directions.length) this.#transpose(i);
          else this.#project((i - directions.length) * WORDS, words);
        });
      }
      case STEPS.documents:
        return this.#pieces(settings[SETTINGS.parts]!, 1, (part) => this.#documents(part, rank));
      case STEPS.words:
        return this.#pieces(words, WORDS, (from, to) => this.#sumWords(from, to));
      case STEPS.gradient:
        return this.#pieces(this.#gradient.length, 1, (i) => this.#computeGradient(i));
      case STEPS.update:
        return this.#pieces(places.length, WEIGHTS, (from, to) => this.#update(from, to));
    }
  }

  /** Takes pieces until there are none left. */
  #pieces(count: number, size: number, act: (from: number, to: number) => void): void {
    while (true) {
      const from = Atomics.add(this.#setup.next, 0, 1) * size;
      if (from >= count) return;
      act(from, Math.min(from + size, count));
    }
  }

  #transpose(direction: number): void {
    const { sizes, weights, places, directions } = this.#layout;
    this.#kernels.functions.transpose(
      weights + places.directions[direction]!.recurrent * 4,
      sizes.weightStride * 4,
      directions[direction]!.transposed,
      sizes.stateStride * 4,
      sizes.units,
      sizes.gates,
    );
  }

  /** What some words of the batch add to the gates of all directions. */
  #project(from: number, words: number): void {
    const { functions, float32 } = this.#kernels;
    const { sizes, directions, places, weights, ...layout } = this.#layout;
    const { depth, weightStride, gates } = sizes;
    const count = Math.ceil((Math.min(from + WORDS, words) - from) / 4) * 4;
    const vectors = layout.batchVectors + from * depth * 4;
    functions.gatherRows(layout.words + from * 4, count, depth * 4, vectors, depth * 4);
    directions.forEach(({ projections }, i) => {
      const out = projections + from * weightStride * 4;
      float32.fill(0, out / 4, out / 4 + count * weightStride);
      functions.multiply(
        vectors,
        depth * 4,
        4,
        weights + places.directions[i]!.kernel * 4,
        weightStride * 4,
        out,
        weightStride * 4,
        count,
        gates,
        depth,
      );
    });
  }

  /** Takes a part through time, scores it, and takes the gradient of the loss back. */
  #documents(part: number, rank: number): void {
    const { settings } = this.#setup;
    const documents = settings[SETTINGS.documents]!;
    const courses = this.#time.courses(part, documents, rank);
    for (const course of courses) this.#time.forward(course);
    for (let i = part * PART; i < Math.min(documents, (part + 1) * PART); i++) this.#classify(i);
    if (settings[SETTINGS.learns]) { for (const course of courses) this.#time.backward(course); }
  }

  /** Scores a document; the gradient of the mean loss goes back to what was read out. */
  #classify(i: number): void {
    const layout = this.#layout;
    const { float32, uint32 } = this.#kernels;
    const { classes, features: size } = layout.sizes;
    const { settings, hyperparameters: { labelSmoothing } } = this.#setup;
    const [features, mask] = [layout.features / 4 + i * size, layout.mask / 4 + i * size];
    const dense = layout.weights / 4 + layout.places.dense;
    const bias = layout.weights / 4 + layout.places.denseBias;
    const scores = Float64Array.from({ length: classes }, (_, c) => float32[bias + c]!);
    for (let f = 0; f < size; f++) {
      const value = float32[features + f]! * float32[mask + f]!;
      if (value === 0) continue;
      for (let c = 0; c < classes; c++) scores[c]! += value * float32[dense + f * classes + c]!;
    }
    float32.set(scores, layout.scores / 4 + i * classes);
    const label = uint32[layout.labels / 4 + i]!;
    const largest = scores.reduce((a, b) => Math.max(a, b));
    const sum = scores.reduce((sum, score) => sum + Math.exp(score - largest), 0);
    const smoothing = settings[SETTINGS.learns] ? labelSmoothing : 0;
    let loss = 0;
    const slopes = scores.map((score, c) => {
      const target = smoothing / classes + (c === label ? 1 - smoothing : 0);
      const log = score - largest - Math.log(sum);
      loss -= target * log;
      return (Math.exp(log) - target) / settings[SETTINGS.documents]!;
    });
    float32[layout.losses / 4 + i] = loss;
    if (!settings[SETTINGS.learns]) return;
    float32.set(slopes, layout.scoreGradient / 4 + i * classes);
    const gradient = layout.featureGradient / 4 + i * size;
    for (let f = 0; f < size; f++) {
      let slope = 0;
      for (let c = 0; c < classes; c++) slope += slopes[c]! * float32[dense + f * classes + c]!;
      float32[gradient + f] = slope * float32[mask + f]!;
    }
  }

  /** The gradient of what some words add to the gates, in the place of what they added. */
  #sumWords(from: number, to: number): void {
    const { functions, uint32 } = this.#kernels;
    const { directions, sizes: { weightStride, gates } } = this.#layout;
    for (const { wordRows, wordStarts, projections } of directions) {
      for (let word = from; word < to; word++) {
        const start = uint32[wordStarts / 4 + word]!;
        const count = uint32[wordStarts / 4 + word + 1]! - start;
        const out = projections + word * weightStride * 4;
        functions.sumPlaces(wordRows + start * 4, count, out, gates);
      }
    }
  }

  #computeGradient(i: number): void {
    const { float32, float64 } = this.#kernels;
    const piece = this.#gradient[i]!;
    const base = this.#layout.gradient / 4;
    float32.fill(0, base + piece.start, base + piece.end);
    piece.compute(this.#kernels, this.#setup.settings);
    let norm = 0;
    for (let at = base + piece.start; at < base + piece.end; at++) norm += float32[at]! ** 2;
    float64[this.#layout.norms / 8 + i] = norm;
  }

  /** The norm of the gradient of all weights. */
  gradientNorm(): number {
    const { float64 } = this.#kernels;
    const start = this.#layout.norms / 8;
    const squares = float64.subarray(start, start + this.#gradient.length);
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  }

  #update(from: number, to: number): void {
    const { weights, mean, square, gradient } = this.#layout;
    const { settings, hyperparameters: { beta1, beta2 } } = this.#setup;
    this.#kernels.functions.adam(
      weights + from * 4,
      mean + from * 4,
      square + from * 4,
      gradient + from * 4,
      to - from,
      settings[SETTINGS.scale]!,
      settings[SETTINGS.rate]!,
      settings[SETTINGS.epsilon]!,
      beta1,
      beta2,
    );
  }
}
