import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import { conv1d, dense, type Layer, maxOverTime, relu } from "../../layers/mod.ts";
import { maxPooledLayers } from "../../max_pooled_layers.ts";
import {
  type FilterBank,
  filterBankOf,
  type MaxPooledModel,
  type Winnings,
} from "../../max_pooled_model.ts";
import type { ScoresAndGradients } from "../../model.ts";
import { activations } from "../../network.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import type { Engine, Pooled, Projection } from "./_engine.ts";
import { FastEngine } from "./_fast_engine.ts";
import { PlainEngine } from "./_plain_engine.ts";
import type { EngineHandle } from "./_projector.ts";
import {
  checkedRows,
  type RowsInput,
  rowsInput,
  vectorsInput,
  withoutWords,
  withVectors,
} from "../rows_input.ts";
import {
  checkWeights,
  FILTER_WIDTH,
  type NetworkWeights,
  type WordCnnParameters,
} from "./parameters.ts";
import { PerturbedText } from "./_perturbed_text.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { EmbeddingTable } from "../embedding_table.ts";

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
export class WordCnn implements MaxPooledModel<RowsInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly filterBank: FilterBank;
  readonly walksCoalitions = true;
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors. */
  readonly vectors: EmbeddingTable;
  /** The learned numbers; must not be changed. */
  readonly weights: NetworkWeights;
  /** How it reads texts. */
  readonly reader: TextReader;
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** Number of filters F. */
  readonly filters: number;
  readonly #source: number | EngineHandle;
  #engine: Engine | undefined;
  /** The text whose coalitions were scored last. */
  #perturbed: { readonly input: RowsInput; readonly text: PerturbedText } | undefined;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together.
   * @throws {TypeError} If float32 and float64 weights are mixed.
   */
  constructor(parameters: WordCnnParameters) {
    const { classes, vocabulary, vectors, memory = MEMORY, reader = plainReader } = parameters;
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = parameters;
    this.#source = typeof memory === "number" ? memory : memory.shared as EngineHandle;
    this.classes = classes;
    this.reader = reader;
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
    this.filterBank = filterBankOf(
      [{ width: FILTER_WIDTH, filters: this.filters }],
      { bias: convolutionBias, denseWeights, denseBias },
    );
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode(document: Document): RowsInput {
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
  inputFromRows(rows: ArrayLike<number>): RowsInput {
    const length = Math.max(FILTER_WIDTH, rows.length);
    return rowsInput(checkedRows(rows, length, this.vectors.size), this.vectors);
  }

  /**
   * Makes an input of any word vectors.
   *
   * @param vectors Row-major, shape [T, D]; kept, not copied, unless fewer than two words are padded
   * with zero vectors.
   * @returns The input.
   * @throws {RangeError} If the numbers do not make whole rows.
   */
  inputFromVectors(vectors: FloatArray): RowsInput {
    return vectorsInput(vectors, this.dimensions, FILTER_WIDTH);
  }

  layerInput(input: RowsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  activations(input: RowsInput): Tensor[] {
    const { table, rows, second } = this.#compute.project(input);
    const { filters, weights: { convolutionBias } } = this;
    const windows = zerosLike(table, (input.length - 1) * filters);
    for (let t = 0, i = 0; t + 1 < input.length; t++) {
      const [one, other] = [rows[t]!, rows[t + 1]! + second];
      for (let f = 0; f < filters; f++) windows[i++] = table[one + f]! + table[other + f]!;
    }
    for (let i = 0; i < windows.length; i++) windows[i]! += convolutionBias[i % filters]!;
    const output = tensor(windows, [input.length - 1, filters]);
    return [this.layerInput(input), ...activations(this.layers.slice(1), output)];
  }

  scores(input: RowsInput, coalitions?: Coalitions): FloatArray {
    if (coalitions === undefined) {
      const { best, scores } = this.#pool(input).pooled;
      return this.#rounded(scores, best);
    }
    if (this.#perturbed?.input !== input) {
      const text = new PerturbedText(input.length, this.#compute.perturb(input));
      this.#perturbed = { input, text };
    }
    const scores = zerosLike(this.weights.denseBias, coalitions.size * this.classes.length);
    this.#perturbed.text.score(coalitions, scores);
    return scores;
  }

  gradient(input: RowsInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(input: RowsInput, weights: readonly FloatArray[]): ScoresAndGradients {
    const { pooled } = this.#pool(input);
    const gradients = weights.map((list) => {
      const slopes = this.#slopes(pooled.best, list);
      return this.#compute.spread(input.length, pooled.winners, slopes);
    });
    return { scores: this.#rounded(pooled.scores, pooled.best), gradients };
  }

  /** The derivative of a weighted sum of scores by each filter's pre-activation. */
  #slopes(best: FloatArray, weights: FloatArray): FloatArray {
    const { denseWeights } = this.weights;
    const classes = this.classes.length;
    const used = [...weights.keys()].filter((c) => weights[c] !== 0);
    const slopes = zerosLike(best, this.filters);
    for (let f = 0; f < this.filters; f++) {
      if (best[f]! <= 0) continue;
      let slope = 0;
      for (const c of used) slope += weights[c]! * denseWeights[f * classes + c]!;
      slopes[f] = slope;
    }
    return slopes;
  }

  /**
   * Projects the words of several inputs together, which is cheaper than one input after the other.
   * The projections are kept, as far as there is memory for them.
   *
   * @param inputs The inputs that are to come.
   */
  prepare(inputs: Iterable<RowsInput>): void {
    this.#compute.prepare(inputs);
  }

  winnings(input: RowsInput): Winnings {
    const { projection: { table, rows, second }, pooled: { best, winners, scores } } = this.#pool(
      input,
    );
    const parts = [zerosLike(best, this.filters), zerosLike(best, this.filters)] as const;
    for (let f = 0; f < this.filters; f++) {
      const t = winners[f]!;
      parts[0][f] = table[rows[t]! + f]!;
      parts[1][f] = table[rows[t + 1]! + second + f]!;
    }
    return {
      scores: this.#rounded(scores, best),
      preActivations: best,
      starts: winners,
      parts,
      pullBack: (coefficients) => this.#compute.spread(input.length, winners, coefficients),
      shareOut: (distribution) => {
        const pooled = new Float64Array(this.filters);
        for (let f = 0; f < pooled.length; f++) if (best[f]! > 0) pooled[f] = best[f]!;
        return [this.#compute.distribute(input.length, { ...distribution, pooled, winners })];
      },
    };
  }

  wordParts(input: RowsInput): Float64Array[] {
    const { data, shape } = this.layerInput(input);
    const layers = maxPooledLayers(this.layers, this.dimensions)!;
    return layers.wordParts({ shape, data: Float64Array.from(data) });
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

  #pool(input: RowsInput): { projection: Projection; pooled: Pooled } {
    const projection = this.#compute.project(input);
    return { projection, pooled: this.#compute.pool(projection) };
  }

  /** Numbers in the precision of others. */
  #rounded(values: Float64Array, like: FloatArray): FloatArray {
    const rounded = zerosLike(like, values.length);
    rounded.set(values);
    return rounded;
  }

  knownWords({ rows }: RowsInput): (string | undefined)[] | undefined {
    return rows && Array.from(rows, (row) => this.vocabulary.words[row]);
  }

  withVectors(input: RowsInput, vectors: FloatArray): RowsInput {
    return withVectors(input, vectors);
  }

  withoutWords(input: RowsInput, positions: Iterable<number>): RowsInput {
    return withoutWords(input, positions, this.vectors);
  }
}
