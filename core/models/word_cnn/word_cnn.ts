import type { Document } from "../../document.ts";
import { conv1d, dense, type Layer, maxOverTime, relu } from "../../layers/mod.ts";
import type { LayeredModel } from "../../model.ts";
import { activations } from "../../network.ts";
import type { Perturbation } from "../../perturbation.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import type { Engine, Pooled, Projection } from "./_engine.ts";
import { FastEngine } from "./_fast_engine.ts";
import { PlainEngine } from "./_plain_engine.ts";
import type { EngineHandle } from "./_projector.ts";
import { rowsInput, type WordCnnInput } from "../input.ts";
import { checkWeights, FILTER_WIDTH, type NetworkWeights } from "./parameters.ts";
import { WordCnnPerturbation } from "./perturbation.ts";
import type { Distributed, Distribution, WindowParts, WordCnnTrace } from "./trace.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { WordVectors } from "../word_vectors.ts";

/** All that a {@linkcode WordCnn} is made of. */
export interface WordCnnParameters extends NetworkWeights {
  /** The names of the classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors, shape [V, D]. */
  readonly vectors: WordVectors;
  /**
   * Most memory for projections of words that are kept, in bytes; a float32 model keeps 8 · F bytes
   * for each word it has met. Or the `projections` of a model in another thread, to be shared.
   *
   * @default {536870912}
   */
  readonly memory?: number | { readonly shared: unknown };
}

/** Memory for projections, unless another limit is given. */
const MEMORY = 512 * 2 ** 20;

/**
 * The text classifier of Arras et al. 2016: word vectors side by side, a convolution over two
 * words, ReLU, maximum over the text, a dense layer. A word without a vector is the zero vector,
 * the same as a deleted word.
 *
 * The maximum is taken before ReLU, which changes no score; so a filter has a winner, the largest
 * pre-activation and the first of equals, also where ReLU leaves nothing.
 */
export class WordCnn implements LayeredModel<WordCnnInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors. */
  readonly vectors: WordVectors;
  /** The learned numbers; must not be changed. */
  readonly weights: NetworkWeights;
  /** Numbers a word vector D. */
  readonly dimensions: number;
  /** Number of filters F. */
  readonly filters: number;
  readonly #source: number | EngineHandle;
  #engine: Engine | undefined;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together.
   * @throws {TypeError} If float32 and float64 weights are mixed.
   */
  constructor(parameters: WordCnnParameters) {
    const { classes, vocabulary, vectors, memory = MEMORY } = parameters;
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = parameters;
    this.#source = typeof memory === "number" ? memory : memory.shared as EngineHandle;
    this.classes = classes;
    this.vocabulary = vocabulary;
    this.vectors = vectors;
    this.dimensions = vectors.dimensions;
    this.filters = convolutionBias.length;
    this.weights = { convolutionWeights, convolutionBias, denseWeights, denseBias };
    checkWeights(this.weights, {
      dimensions: this.dimensions,
      filters: this.filters,
      classes: classes.length,
    });
    if (vocabulary.size !== vectors.size) {
      throw new RangeError(
        `Cannot make a word-CNN: ${vocabulary.size} words have ${vectors.size} vectors`,
      );
    }
    this.layers = [
      conv1d(convolutionWeights, convolutionBias, FILTER_WIDTH),
      maxOverTime(),
      relu(),
      dense(denseWeights, denseBias),
    ];
  }

  encode(document: Document): WordCnnInput {
    const { tokens } = document;
    const rows = new Int32Array(Math.max(FILTER_WIDTH, tokens.length)).fill(-1);
    tokens.forEach((token, t) => rows[t] = this.vocabulary.row(token.text));
    return rowsInput(rows, this.vectors);
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the vocabulary in text order, −1 for the zero vector; copied. Fewer than
   * two are padded with −1.
   * @returns The input.
   * @throws {RangeError} If a row is out of range.
   */
  inputFromRows(rows: ArrayLike<number>): WordCnnInput {
    const all = new Int32Array(Math.max(FILTER_WIDTH, rows.length)).fill(-1);
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      if (!Number.isInteger(row) || row < -1 || row >= this.vectors.size) {
        throw new RangeError(
          `Cannot take row ${row}: the vocabulary has ${this.vectors.size} rows`,
        );
      }
      all[t] = row;
    }
    return rowsInput(all, this.vectors);
  }

  /**
   * Makes an input of any word vectors.
   *
   * @param vectors Row-major, shape [T, D]; kept, not copied, unless fewer than two words are padded
   * with zero vectors.
   * @returns The input.
   * @throws {RangeError} If the numbers do not make whole rows.
   */
  inputFromVectors(vectors: FloatArray): WordCnnInput {
    const { dimensions } = this;
    const length = vectors.length / dimensions;
    if (!Number.isInteger(length)) {
      throw new RangeError(`Cannot cut ${vectors.length} numbers into rows of ${dimensions}`);
    }
    if (length >= FILTER_WIDTH) return { length, dimensions, vectors };
    const padded = vectors instanceof Float64Array
      ? new Float64Array(FILTER_WIDTH * dimensions)
      : new Float32Array(FILTER_WIDTH * dimensions);
    padded.set(vectors);
    return { length: FILTER_WIDTH, dimensions, vectors: padded };
  }

  layerInput(input: WordCnnInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  activations(input: WordCnnInput): Tensor[] {
    const { first, second } = this.windowParts(input);
    const { filters } = this;
    const windows = zerosLike(first, (input.length - 1) * filters);
    for (let i = 0; i < windows.length; i++) windows[i] = first[i]! + second[i + filters]!;
    const bias = this.weights.convolutionBias;
    for (let i = 0; i < windows.length; i++) windows[i]! += bias[i % filters]!;
    const output = tensor(windows, [input.length - 1, filters]);
    return [this.layerInput(input), ...activations(this.layers.slice(1), output)];
  }

  scores(input: WordCnnInput): FloatArray {
    return this.#scoresOf(this.#pool(input).pooled);
  }

  gradient(input: WordCnnInput, weights: FloatArray): FloatArray {
    const { best, winners } = this.#pool(input).pooled;
    const classes = this.classes.length;
    const slopes = zerosLike(best, this.filters);
    for (let f = 0; f < this.filters; f++) {
      if (best[f]! <= 0) continue;
      let slope = 0;
      for (let c = 0; c < classes; c++) {
        slope += weights[c]! * this.weights.denseWeights[f * classes + c]!;
      }
      slopes[f] = slope;
    }
    return this.#compute.spread(input.length, winners, slopes);
  }

  /**
   * Projects the words of several inputs together, which is cheaper than one input after the other.
   * The projections are kept, as far as there is memory for them.
   *
   * @param inputs The inputs that are to come.
   */
  prepare(inputs: Iterable<WordCnnInput>): void {
    this.#compute.prepare(inputs);
  }

  /**
   * Classifies an input and tells which window each filter won on, and by what.
   *
   * @param input The input.
   * @returns What was computed.
   */
  trace(input: WordCnnInput): WordCnnTrace {
    const { projection: { table, rows, second }, pooled } = this.#pool(input);
    const { best, winners } = pooled;
    const trace = {
      preActivations: best,
      winners,
      first: zerosLike(best, this.filters),
      second: zerosLike(best, this.filters),
      scores: this.#scoresOf(pooled),
    };
    for (let f = 0; f < this.filters; f++) {
      const t = winners[f]!;
      trace.first[f] = table[rows[t]! + f]!;
      trace.second[f] = table[rows[t + 1]! + second + f]!;
    }
    return trace;
  }

  /**
   * What every word adds to every filter.
   *
   * @param input The input.
   * @returns The parts of all pre-activations.
   */
  windowParts(input: WordCnnInput): WindowParts {
    const { table, rows, second } = this.#compute.project(input);
    const parts = {
      first: zerosLike(table, input.length * this.filters),
      second: zerosLike(table, input.length * this.filters),
    };
    for (let t = 0; t < input.length; t++) {
      const from = rows[t]!;
      parts.first.set(table.subarray(from, from + this.filters), t * this.filters);
      const behind = from + second;
      parts.second.set(table.subarray(behind, behind + this.filters), t * this.filters);
    }
    return parts;
  }

  /**
   * Adds the weights of every filter, times a coefficient, to the two words of a window.
   *
   * @param length Number of words T.
   * @param winners A window for each filter, shape [F]; see {@linkcode WordCnnTrace}.
   * @param coefficients A coefficient for each filter, shape [F].
   * @returns The sums, shape [T, D].
   */
  spread(length: number, winners: Int32Array, coefficients: FloatArray): FloatArray {
    return this.#compute.spread(length, winners, coefficients);
  }

  /**
   * Hands what every filter has of every class to the two words of its winning window: filter f has
   * the share pooled_f · W_fc · scale_c + offset_c of class c, and its words get factors of that.
   *
   * @param length Number of words T.
   * @param distribution What to hand out.
   * @returns What every word got of every class.
   */
  distribute(length: number, distribution: Distribution): Distributed {
    return this.#compute.distribute(length, distribution);
  }

  /**
   * What a model in another thread needs to share this one's projections; see `shareWordCnn`.
   * Undefined where memory cannot be shared, and of a float64 model.
   */
  get projections(): unknown {
    return this.#compute instanceof FastEngine ? this.#compute.handle : undefined;
  }

  get #compute(): Engine {
    if (this.#engine) return this.#engine;
    const { weights, dimensions, filters, vectors } = this;
    if (weights.convolutionWeights instanceof Float64Array) {
      return this.#engine = new PlainEngine(weights, dimensions);
    }
    const shape = { dimensions, filters, classes: this.classes.length };
    return this.#engine = new FastEngine(weights, shape, vectors, this.#source);
  }

  #pool(input: WordCnnInput): { projection: Projection; pooled: Pooled } {
    const projection = this.#compute.project(input);
    return { projection, pooled: this.#compute.pool(projection) };
  }

  #scoresOf({ best, scores }: Pooled): FloatArray {
    const rounded = zerosLike(best, scores.length);
    rounded.set(scores);
    return rounded;
  }

  withVectors(input: WordCnnInput, vectors: FloatArray): WordCnnInput {
    if (vectors.length !== input.length * this.dimensions) {
      throw new RangeError(
        `Cannot replace ${input.length * this.dimensions} numbers by ${vectors.length}`,
      );
    }
    return this.inputFromVectors(vectors);
  }

  withoutWords(input: WordCnnInput, positions: Iterable<number>): WordCnnInput {
    if (input.rows) {
      const rows = input.rows.slice();
      for (const t of positions) rows[t] = -1;
      return rowsInput(rows, this.vectors);
    }
    const vectors = input.vectors.slice();
    for (const t of positions) vectors.fill(0, t * this.dimensions, (t + 1) * this.dimensions);
    return { ...input, vectors };
  }

  perturb(input: WordCnnInput): Perturbation {
    const scores = zerosLike(this.weights.denseBias, this.classes.length);
    return new WordCnnPerturbation(input.length, this.#compute.perturb(input), scores);
  }
}
