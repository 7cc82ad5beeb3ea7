import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import { dense } from "../../layers/dense.ts";
import type { Layer } from "../../layers/layer.ts";
import type { LayeredModel } from "../../model.ts";
import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import { type FloatArray, type Tensor, tensor } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import { FeatureTable, type KnownFeatures } from "./feature_table.ts";
import type { LinearInput } from "./linear_input.ts";

/** What a linear model is made of. */
export interface LinearParameters {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The features that it knows, one kind after the other. */
  readonly features: readonly KnownFeatures[];
  /** The inverse document frequency of each feature, shape [V]. */
  readonly idf: Float32Array;
  /** What each feature gives each class, shape [V, C]. */
  readonly weights: Float32Array;
  /** The scores of a text without known features, shape [C]. */
  readonly bias: Float32Array;
  /** Reads texts. @default {words are what blanks separate} */
  readonly reader?: TextReader;
}

/**
 * A linear text classifier: multinomial logistic regression on TF-IDF (sublinear term frequency, smooth
 * inverse document frequency, unit l2 norm) of words, of pairs of neighbouring words, and of
 * characters within words, the characters scaled by themselves.
 *
 * What it sees of a text is fixed when the text is encoded: how often each feature is there, and the
 * norms. Each feature is then shared out among the words that it lies in, in equal parts: a pair half
 * and half, a word that is there three times in thirds. So word t has one number x_t, its part of
 * the TF-IDF, and slopes w_tc, the mean of the weights of its features by their parts, and
 *
 *     f_c = b_c + Σ_t x_t · w_tc.
 *
 * A deleted word has x_t = 0: it takes its parts with it, and the others keep theirs. As if the text
 * had been written without it, the model is not additive: a pair is gone with either of its words. The
 * equal parts are the Shapley values of that game, in which a feature counts while all its words are
 * there, with the norms as they are. As f is a sum over the words, relevance has but one sensible
 * meaning for this model: x_t · w_tc is what occlusion, gradient × input, integrated gradients and
 * Shapley values give, and LRP too, which besides shares out the bias unless it is told not to.
 *
 * @example
 * ```ts
 * import { LinearModel } from "@heatword/core/linear";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = new LinearModel({
 *   classes: ["praise", "blame"],
 *   features: [
 *     { kind: "words", names: ["good", "day"] },
 *     { kind: "pairs", names: ["not good"] },
 *   ],
 *   idf: Float32Array.of(1, 1, 1),
 *   weights: Float32Array.of(1, -1, 0, 0, -4, 4),
 *   bias: Float32Array.of(0, 0),
 * });
 * const input = model.encode(model.read("not good"));
 * // Both features have the value 1, scaled to unit norm.
 * assertAlmostEquals(model.scores(input)[0]!, (1 - 4) / Math.SQRT2);
 * // Half of the pair, and what "good" says by itself.
 * assertAlmostEquals(input.vectors[0]! * input.slopes[0]!, -2 / Math.SQRT2);
 * assertAlmostEquals(input.vectors[1]! * input.slopes[2]!, (-2 + 1) / Math.SQRT2);
 * ```
 */
export class LinearModel implements LayeredModel<LinearInput> {
  readonly classes: readonly string[];
  /** No layer is the same for all texts: see `layersFor`. */
  readonly layers: readonly Layer[] = [];
  /** How it reads texts. */
  readonly reader: TextReader;
  /** What it is made of; must not be changed. */
  readonly parameters: LinearParameters;
  readonly #table: FeatureTable;
  readonly #bias: Float64Array;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together, or a feature is listed twice.
   */
  constructor(parameters: LinearParameters) {
    const { classes, features, idf, weights, bias, reader = plainReader } = parameters;
    this.parameters = parameters;
    this.classes = classes;
    this.reader = reader;
    this.#table = new FeatureTable(features, idf);
    this.#bias = Float64Array.from(bias);
    const [V, C] = [this.#table.size, classes.length];
    if (bias.length !== C || weights.length !== V * C) {
      throw new RangeError(
        `Cannot make a linear model: ${V} features and ${C} classes have ${weights.length} weights ` +
          `and ${bias.length} biases`,
      );
    }
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode({ tokens }: Document): LinearInput {
    const classes = this.classes.length;
    const { weights } = this.parameters;
    const length = Math.max(1, tokens.length);
    const words = tokens.map(({ text }) => text);
    const vectors = new Float64Array(length);
    const slopes = new Float64Array(length * classes);
    this.#table.share(words, (t, feature, part) => {
      vectors[t]! += part;
      for (let c = 0; c < classes; c++) {
        slopes[t * classes + c]! += part * weights[feature * classes + c]!;
      }
    });
    for (let t = 0; t < length; t++) {
      if (vectors[t] === 0) continue;
      for (let c = 0; c < classes; c++) slopes[t * classes + c]! /= vectors[t]!;
    }
    const names = Array.from(vectors, (x, t) => x === 0 ? undefined : words[t]!.toLowerCase());
    const unknown = words.flatMap((_, t) => vectors[t] === 0 ? [t] : []);
    return {
      length,
      dimensions: 1,
      vectors,
      slopes,
      names,
      ...(unknown.length > 0 && { unknown }),
    };
  }

  scores({ vectors, slopes, length }: LinearInput, coalitions?: Coalitions): Float64Array {
    const classes = this.classes.length;
    const scores = new Float64Array((coalitions?.size ?? 1) * classes);
    for (let m = 0; m * classes < scores.length; m++) {
      const own = scores.subarray(m * classes, (m + 1) * classes);
      own.set(this.#bias);
      for (let t = 0; t < length; t++) {
        const x = vectors[t]!;
        if (x === 0 || coalitions && !coalitions.has(m, t)) continue;
        for (let c = 0; c < classes; c++) own[c]! += x * slopes[t * classes + c]!;
      }
    }
    return scores;
  }

  scoresWithoutEach(input: LinearInput, deleted: readonly number[]): Float64Array {
    const { vectors, slopes, length } = this.withoutWords(input, deleted);
    const classes = this.classes.length;
    const whole = this.scores({ ...input, vectors });
    const scores = new Float64Array(length * classes);
    for (let t = 0; t < length; t++) {
      for (let c = 0; c < classes; c++) {
        const i = t * classes + c;
        scores[i] = whole[c]! - vectors[t]! * slopes[i]!;
      }
    }
    return scores;
  }

  gradient({ slopes, length }: LinearInput, weights: FloatArray): Float64Array {
    const classes = this.classes.length;
    const gradient = new Float64Array(length);
    for (let t = 0; t < length; t++) {
      for (let c = 0; c < classes; c++) gradient[t]! += weights[c]! * slopes[t * classes + c]!;
    }
    return gradient;
  }

  layerInput({ vectors, length }: LinearInput): Tensor {
    return tensor(vectors, [length, 1]);
  }

  layersFor({ slopes }: LinearInput): readonly Layer[] {
    return [dense(slopes, this.#bias)];
  }

  withVectors(input: LinearInput, vectors: FloatArray): LinearInput {
    if (vectors.length !== input.length) {
      throw new RangeError(`Cannot replace ${input.length} numbers by ${vectors.length}`);
    }
    return { ...input, vectors };
  }

  withoutWords(input: LinearInput, positions: Iterable<number>): LinearInput {
    const vectors = Float64Array.from(input.vectors);
    for (const t of positions) vectors[t] = 0;
    return { ...input, vectors };
  }

  readonly weightedLayers = 1;

  withShuffledWeights(random: Random, layers = this.weightedLayers): LinearModel {
    const { weights, bias } = this.parameters;
    const [own] = shuffledWeights([[weights, bias]], random, layers);
    return new LinearModel({ ...this.parameters, weights: own![0]!, bias: own![1]! });
  }

  knownWords({ names }: LinearInput): readonly (string | undefined)[] {
    return names;
  }
}
