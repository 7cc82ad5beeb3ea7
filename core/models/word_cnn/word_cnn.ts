import { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import { conv1d, dense, type Layer, maxOverTime, parallel, relu } from "../../layers/mod.ts";
import { maxPooledLayers } from "../../max_pooled_layers.ts";
import {
  type FilterBank,
  filterBankOf,
  type MaxPooledModel,
  type PooledConvolution,
  type Winnings,
} from "../../max_pooled_model.ts";
import type { ScoresAndGradients } from "../../model.ts";
import { activations } from "../../network.ts";
import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import { AnyWidthEngine } from "./_any_width_engine.ts";
import type { Engine, ScorableText } from "./_engine.ts";
import type { EngineHandle } from "./_projector.ts";
import { TwoWordEngine } from "./_two_word_engine.ts";
import { gradientsOf } from "../max_pooled/winnings.ts";
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
  convolutionsOf,
  FILTER_WIDTH,
  type NetworkShape,
  type NetworkWeights,
  widest,
  type WordCnnParameters,
} from "./parameters.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { EmbeddingTable } from "../embedding_table.ts";

/** Memory for projections, unless another limit is given. */
const MEMORY = 512 * 2 ** 20;

/** The same of copies with shuffled weights, of which there may be many. */
const COPY_MEMORY = 64 * 2 ** 20;

/** The layers of a network: each convolution with a maximum over the text, ReLU, the dense layer. */
function layersOf(
  { convolutionWeights, convolutionBias, denseWeights, denseBias }: NetworkWeights,
  convolutions: readonly PooledConvolution[],
  dimensions: number,
): Layer[] {
  let [from, first] = [0, 0];
  const branches = convolutions.map(({ width, filters }) => {
    const weights = convolutionWeights.subarray(from, from += width * dimensions * filters);
    const bias = convolutionBias.subarray(first, first += filters);
    return [conv1d(weights, bias, width), maxOverTime()];
  });
  const pooled = branches.length === 1 ? branches[0]! : [parallel(branches)];
  return [...pooled, relu(), dense(denseWeights, denseBias)];
}

/**
 * The text classifier of Arras et al. 2016: word vectors side by side, a convolution over two
 * words, ReLU, maximum over the text, a dense layer; or with convolutions over other numbers of words
 * side by side (Kim 2014). A word without a vector is the zero vector, the same as a deleted word.
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
  /** Number of filters F, of all convolutions together. */
  readonly filters: number;
  /** The convolutions side by side; their filters follow one another. */
  readonly convolutions: readonly PooledConvolution[];
  /** How many words the widest filter spans, and so the shortest input has. */
  readonly #least: number;
  readonly #source: number | EngineHandle;
  #engine: Engine | undefined;
  /** The text whose coalitions were scored last. */
  #perturbed: { readonly input: RowsInput; readonly text: ScorableText } | undefined;
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
    this.convolutions = convolutionsOf({ ...parameters, filters: this.filters });
    this.#least = widest(this.convolutions);
    checkWeights(this.weights, this.#shape);
    if (vocabulary.size !== vectors.size) {
      throw new RangeError(
        `Cannot make a word-CNN: ${vocabulary.size} words have ${vectors.size} vectors`,
      );
    }
    this.layers = layersOf(this.weights, this.convolutions, this.dimensions);
    const { convolutions } = this;
    this.filterBank = filterBankOf(convolutions, {
      bias: convolutionBias,
      denseWeights,
      denseBias,
    });
  }

  get #shape(): NetworkShape {
    const { dimensions, filters, convolutions } = this;
    return { dimensions, filters, convolutions, classes: this.classes.length };
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode(document: Document): RowsInput {
    const { tokens } = document;
    const rows = new Int32Array(Math.max(this.#least, tokens.length)).fill(-1);
    tokens.forEach((token, t) => rows[t] = this.vocabulary.row(token.text));
    return rowsInput(rows, this.vectors);
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the vocabulary in text order, −1 for the zero vector; copied. Fewer than
   * the widest filter spans are padded with −1.
   * @returns The input.
   * @throws {RangeError} If a row is out of range.
   */
  inputFromRows(rows: ArrayLike<number>): RowsInput {
    const length = Math.max(this.#least, rows.length);
    return rowsInput(checkedRows(rows, length, this.vectors.size), this.vectors);
  }

  /**
   * Makes an input of any word vectors.
   *
   * @param vectors Row-major, shape [T, D]; kept, not copied, unless fewer words than the widest filter
   * spans are padded with zero vectors.
   * @returns The input.
   * @throws {RangeError} If the numbers do not make whole rows.
   */
  inputFromVectors(vectors: FloatArray): RowsInput {
    return vectorsInput(vectors, this.dimensions, this.#least);
  }

  layerInput(input: RowsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  activations(input: RowsInput): Tensor[] {
    const first = this.layerInput(input);
    const output = this.#compute.preActivations?.(input);
    if (output === undefined) return activations(this.layers, first);
    return [first, ...activations(this.layers.slice(1), output)];
  }

  scores(input: RowsInput, coalitions?: Coalitions): FloatArray {
    if (coalitions === undefined) return this.#compute.scores(input);
    const text = this.#perturbedText(input);
    const scores = zerosLike(this.weights.denseBias, coalitions.size * this.classes.length);
    text.score(coalitions, scores);
    return scores;
  }

  scoresWithoutEach(input: RowsInput, deleted: readonly number[]): FloatArray {
    const { length } = input;
    const text = this.#perturbedText(input);
    if (!text.scoreWithoutEach) {
      const each = Array.from({ length }, (_, t) => [...deleted, t]);
      return this.scores(input, Coalitions.without(length, each));
    }
    const scores = zerosLike(this.weights.denseBias, length * this.classes.length);
    text.scoreWithoutEach(deleted, scores);
    return scores;
  }

  #perturbedText(input: RowsInput): ScorableText {
    if (this.#perturbed?.input !== input) {
      this.#perturbed = { input, text: this.#compute.perturb(input) };
    }
    return this.#perturbed.text;
  }

  gradient(input: RowsInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(input: RowsInput, weights: readonly FloatArray[]): ScoresAndGradients {
    return gradientsOf(this.#compute.winnings(input), this.filterBank, weights);
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
    return this.#compute.winnings(input);
  }

  wordParts(input: RowsInput): Float64Array[] {
    const { data, shape } = this.layerInput(input);
    const layers = maxPooledLayers(this.layers, this.dimensions)!;
    return layers.wordParts({ shape, data: Float64Array.from(data) });
  }

  /**
   * What a model in another thread needs to share this one's projections; see `shareWordCnn`.
   * Undefined where memory cannot be shared, of a float64 model, and of filters over other numbers of
   * words than two.
   */
  get projections(): unknown {
    return this.#compute.handle;
  }

  get #compute(): Engine {
    if (this.#engine) return this.#engine;
    const { weights, convolutions: [first, ...others], vectors } = this;
    const isFast = weights.convolutionWeights instanceof Float32Array &&
      first!.width === FILTER_WIDTH && others.length === 0;
    return this.#engine = isFast
      ? new TwoWordEngine(weights, this.#shape, vectors, this.#source)
      : new AnyWidthEngine(this.layers, vectors);
  }

  readonly weightedLayers = 2;

  withShuffledWeights(random: Random, layers = this.weightedLayers): WordCnn {
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = this.weights;
    const [convolution, dense] = shuffledWeights(
      [[convolutionWeights, convolutionBias], [denseWeights, denseBias]],
      random,
      layers,
    );
    return new WordCnn({
      classes: this.classes,
      vocabulary: this.vocabulary,
      vectors: this.vectors,
      reader: this.reader,
      convolutions: this.convolutions,
      convolutionWeights: convolution![0]!,
      convolutionBias: convolution![1]!,
      denseWeights: dense![0]!,
      denseBias: dense![1]!,
      memory: COPY_MEMORY,
    });
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
