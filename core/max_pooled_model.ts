import { isLayered, type LayeredModel, type Model, type VectorInput } from "./model.ts";
import type { FloatArray } from "./tensor.ts";

/** A convolution of a {@linkcode MaxPooledModel}: windows inside the text, one at every word. */
export interface PooledConvolution {
  /** Number of words K that its filters span. */
  readonly width: number;
  /** How many filters it has. */
  readonly filters: number;
}

/** The learned numbers of a {@linkcode MaxPooledModel} above its words. */
export interface FilterBank {
  /** The convolutions side by side; their filters follow one another, F in all. */
  readonly convolutions: readonly PooledConvolution[];
  /** The width of each filter, shape [F]. */
  readonly widths: Int32Array;
  /** The bias of each filter, shape [F]. */
  readonly bias: FloatArray;
  /** From filters to classes, shape [F, C]. */
  readonly denseWeights: FloatArray;
  /** The bias of each class, shape [C]. */
  readonly denseBias: FloatArray;
}

/** How to hand the share that every filter has of every class to the words it won on. */
export interface Distribution {
  /** What the weight of each class is multiplied with, shape [C]. */
  readonly scale: Float64Array;
  /** What is added for each class, shape [C]. */
  readonly offset: Float64Array;
  /**
   * For each filter the factors of the words of its window, first to last, as many as the widest
   * filter has words (0 beyond its own width), and two for the sums that are kept besides; shape
   * [F, K + 2].
   */
  readonly factors: Float64Array;
}

/** The result of a {@linkcode Distribution} for the filters of a convolution. */
export interface Distributed {
  /** What each word got of each class, shape [C, T]. */
  readonly words: readonly Float64Array[];
  /**
   * For each class the sums over the filters of the share, and of it times each of the last two
   * factors; shape [3, C].
   */
  readonly totals: Float64Array;
}

/** Which window each filter of a {@linkcode MaxPooledModel} won on, and by what. */
export interface Winnings {
  /** The scores, shape [C]. */
  readonly scores: FloatArray;
  /** Largest pre-activation of each filter, with bias, before ReLU; shape [F]. */
  readonly preActivations: FloatArray;
  /** The first word of the window that won, the first window of equals; shape [F]. */
  readonly starts: Int32Array;
  /**
   * What the k-th word of that window adds to the pre-activation, [K] of shape [F]; 0 beyond the
   * width of a filter.
   */
  readonly parts: readonly FloatArray[];
  /**
   * Adds the weights of every filter, times a coefficient, to the words of the window it won on.
   *
   * @param coefficients A coefficient c for each filter, shape [F].
   * @returns Σ_f c_f · ∂z_f/∂x, shape [T, D].
   */
  pullBack(coefficients: FloatArray): FloatArray;
  /**
   * Hands what every filter has of every class to the words of the window it won on: filter f has
   * the share max(0, z_f) · W_fc · scale_c + offset_c of class c, and its words get factors of that.
   *
   * @param distribution What to hand out.
   * @returns What every word got, for each convolution.
   */
  shareOut(distribution: Distribution): readonly Distributed[];
}

/** An input with its words where the layers see them. */
export interface LaidOut<I extends VectorInput = VectorInput> {
  /** That input; it needs no laying out. */
  readonly input: I;
  /**
   * Which word of the text each of its words is, shape [L]; none is there twice. Where words have
   * parts, the word times `parts` and which of its parts.
   */
  readonly order: Int32Array;
  /**
   * How many parts a word of the text has room for, where its vector is that of its parts side by side,
   * and what are words to the filters are these parts, e.g. characters. @default {words have no parts}
   */
  readonly parts?: number;
}

/**
 * A model whose scores are a dense layer on max-pooled convolutions of the word vectors, of any
 * widths side by side (Kim 2014, arXiv:1408.5882):
 *
 *     z_f = max over t of Σ_k Σ_d x_{t+k, d} · V_{k, d, f} + b_f
 *     score_c = Σ_f max(0, z_f) · W_fc + B_c
 *
 * It knows more than its layers tell: what explaining needs of it are only the words that each filter
 * won on. A deleted word is the zero vector. Its layers are the convolutions, each with a maximum over
 * the text, side by side if there are several, ReLU, and the dense layer last.
 *
 * @example
 * ```ts
 * import { isMaxPooled } from "@heatword/core";
 * import { wordCnnFromWeights } from "@heatword/core/word-cnn";
 * import { assert, assertEquals } from "@std/assert";
 *
 * // One filter: the number of a word, and twice that of the word after it.
 * const model = wordCnnFromWeights({
 *   convolutionWeights: new Float64Array([1, 2]),
 *   convolutionBias: new Float64Array([0.5]),
 *   denseWeights: new Float64Array([1, -1]),
 *   denseBias: new Float64Array(2),
 * });
 * assert(isMaxPooled(model));
 * const input = model.inputFromVectors(new Float64Array([3, 1, 4, 2]));
 * const { starts, parts, preActivations, scores, pullBack } = model.winnings(input);
 * assertEquals([...starts], [1]);
 * assertEquals(parts.map(([part]) => part), [1, 8]);
 * assertEquals([preActivations[0], ...scores], [9.5, 9.5, -9.5]);
 * assertEquals([...pullBack(new Float64Array([1]))], [0, 1, 2, 0]);
 * ```
 */
export interface MaxPooledModel<I extends VectorInput = VectorInput> extends LayeredModel<I> {
  /** Its filters and its dense layer. */
  readonly filterBank: FilterBank;
  /**
   * Lays out an input whose words do not stand where the layers see them, e.g. behind padding. Only
   * then are they neighbours in a window: what follows takes inputs that need no laying out.
   *
   * @param input The input.
   * @returns The input to ask about, and its order; nothing if that is the input itself.
   */
  laidOut?(input: I): LaidOut<I> | undefined;
  /**
   * Classifies an input and tells which window each filter won on, in one forward pass.
   *
   * @param input The input.
   * @returns What was won.
   */
  winnings(input: I): Winnings;
  /**
   * What every word adds to every filter as the k-th word of a window: the pre-activation of filter f
   * at window t is Σ_k parts[k][t + k, f] + b_f.
   *
   * @param input The input.
   * @returns [K] of shape [T, F], in float64 whatever the precision of the model; 0 beyond the width
   * of a filter.
   */
  wordParts(input: I): readonly Float64Array[];
}

/**
 * Whether a model tells what its filters won on.
 *
 * @param model The model.
 * @returns Whether it is a {@linkcode MaxPooledModel}.
 *
 * @example
 * ```ts
 * import { isMaxPooled } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isMaxPooled(miniModel()), false); // made of nothing but layers
 * ```
 */
export function isMaxPooled(model: Model): model is Model & MaxPooledModel {
  const candidate = model as Partial<MaxPooledModel>;
  return isLayered(model) && candidate.filterBank !== undefined &&
    typeof candidate.winnings === "function" && typeof candidate.wordParts === "function";
}

/**
 * Describes convolutions side by side with a dense layer on top.
 *
 * @param convolutions The convolutions.
 * @param weights The biases of their filters, and the dense layer.
 * @returns The filter bank.
 */
export function filterBankOf(
  convolutions: readonly PooledConvolution[],
  weights: Pick<FilterBank, "bias" | "denseWeights" | "denseBias">,
): FilterBank {
  const widths = new Int32Array(weights.bias.length);
  let from = 0;
  for (const { width, filters } of convolutions) widths.fill(width, from, from += filters);
  return { convolutions, widths, ...weights };
}
