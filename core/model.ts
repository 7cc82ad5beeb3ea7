import type { Document } from "./document.ts";
import type { Layer } from "./layers/layer.ts";
import type { Perturbation } from "./perturbation.ts";
import type { FloatArray, Tensor } from "./tensor.ts";

/** A document as a model sees it: a row of words that can each be deleted. */
export interface Input {
  /**
   * Number of word positions T. A model that needs a minimum length pads with deleted words, so T
   * may be larger than the number of tokens; position t < tokens is token t.
   */
  readonly length: number;
}

/** An input made of one vector a word; a deleted word is the zero vector. */
export interface VectorInput extends Input {
  /** Numbers a word D. */
  readonly dimensions: number;
  /** The word vectors, row-major, shape [T, D]. */
  readonly vectors: FloatArray;
}

/**
 * A text classifier. This is the least that a black-box explainer needs; what more a model can do
 * it says by implementing {@linkcode DifferentiableModel} or {@linkcode LayeredModel}.
 */
export interface Model<I extends Input = Input> {
  /** Why it shows no gradients or no layers; ends the message that an explainer needs them. */
  readonly lacks?: string;
  /** Most words it takes: further words of a document are left out. Absent when it takes any number. */
  readonly maxWords?: number;
  /** The names of the classes; their order is the order of the scores. */
  readonly classes: readonly string[];
  /**
   * Turns a tokenized document into the model's input.
   *
   * @param document The document.
   * @returns Its input; any document gives one, an empty one too.
   */
  encode(document: Document): I;
  /**
   * Classifies an input.
   *
   * @param input The input.
   * @returns The scores before softmax, shape [C].
   */
  scores(input: I): FloatArray;
  /**
   * Opens an input for deleting and restoring words.
   *
   * @param input The input; it is not changed.
   * @returns The perturbation, with all words present.
   */
  perturb(input: I): Perturbation;
  /**
   * Gives an input with some words deleted.
   *
   * @param input The input; it is not changed.
   * @param positions The positions to delete.
   * @returns The new input.
   */
  withoutWords(input: I, positions: Iterable<number>): I;
}

/** A model whose scores can be differentiated by the word vectors. */
export interface DifferentiableModel<I extends VectorInput = VectorInput> extends Model<I> {
  /**
   * The gradient of a weighted sum of scores.
   *
   * @param input The point at which to differentiate.
   * @param weights A weight for each score, shape [C]; see {@linkcode targetWeights}.
   * @returns ∂(Σ_c weights_c · f_c)/∂x, shape [T, D].
   */
  gradient(input: I, weights: FloatArray): FloatArray;
  /**
   * Moves to another point of the input space.
   *
   * @param input An input of the same length.
   * @param vectors The word vectors there, shape [T, D]; kept, not copied.
   * @returns The input at that point.
   */
  withVectors(input: I, vectors: FloatArray): I;
}

/** A differentiable model that shows its layers, so that relevance can be propagated. */
export interface LayeredModel<I extends VectorInput = VectorInput> extends DifferentiableModel<I> {
  /** The layers from the word vectors [T, D] to the scores [C], first to last. */
  readonly layers: readonly Layer[];
  /**
   * The tensor that enters the first layer.
   *
   * @param input The input.
   * @returns The word vectors as a tensor of shape [T, D].
   */
  layerInput(input: I): Tensor;
  /**
   * What {@linkcode activations} gives for the layers and an input, where the model has a faster
   * way to it.
   *
   * @param input The input.
   * @returns The input of every layer and, last, the scores.
   */
  activations?(input: I): Tensor[];
}

/** Whether a model gives gradients. */
export function isDifferentiable(model: Model): model is Model & DifferentiableModel {
  const candidate = model as Partial<DifferentiableModel>;
  return typeof candidate.gradient === "function" && typeof candidate.withVectors === "function";
}

/** Whether a model shows its layers. */
export function isLayered(model: Model): model is Model & LayeredModel {
  const candidate = model as Partial<LayeredModel>;
  return isDifferentiable(model) && Array.isArray(candidate.layers) &&
    typeof candidate.layerInput === "function";
}
