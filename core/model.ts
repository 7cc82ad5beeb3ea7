import type { Coalitions } from "./coalitions.ts";
import type { Document } from "./document.ts";
import type { Layer } from "./layers/layer.ts";
import type { Random } from "./random.ts";
import type { FloatArray, Tensor } from "./tensor.ts";
import type { AboutText, TextReader } from "./text_reader.ts";
import type { Unit } from "./unit.ts";

/** A document as a model sees it: a row of words that can each be deleted. */
export interface Input {
  /**
   * Number of word positions T. A model that needs a minimum length pads with deleted words, so T
   * may be larger than the number of tokens; position t < tokens is token t.
   */
  readonly length: number;
  /**
   * Positions of the words that the model does not know, increasing, where it can tell: those without
   * a vector of their own, whether they have none or that of all unknown words.
   */
  readonly unknown?: readonly number[];
  /** Positions of what is deleted already, increasing, where the input is not made of vectors. */
  readonly absent?: readonly number[];
}

/** An input made of one vector per word; a deleted word is the zero vector. */
export interface VectorInput extends Input {
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** The word vectors, row-major, shape [T, D]. */
  readonly vectors: FloatArray;
}

/** Something that is there at once, or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A text classifier. This is the least that a black-box explainer needs; what more a model can do
 * it says by implementing {@linkcode DifferentiableModel}, {@linkcode LayeredModel} or
 * {@linkcode MaxPooledModel}.
 */
export interface Model<I extends Input = Input> {
  /** What is worth knowing of how it was read, e.g. that words have no vector; a sentence each. */
  readonly notes?: readonly string[];
  /** Why it shows no gradients or no layers; ends the message that an explainer needs them. */
  readonly limitation?: string;
  /** How many coalitions it takes best at once, as a batch or a request. @default {any number} */
  readonly batchSize?: number;
  /**
   * Whether it merges what it is asked for at the same time, of several documents too, into full
   * batches: then it is asked for the next coalitions before it has answered, and by several documents
   * at once.
   *
   * @default {false}
   */
  readonly mergesBatches?: boolean;
  /** How many batches it is at, at once. @default {1} */
  readonly concurrency?: number;
  /** How many requests it has made, where each costs. */
  readonly requests?: number;
  /** Most words it takes: further words of a document are left out. Absent when it takes any number. */
  readonly maxWords?: number;
  /**
   * Whether it goes from one coalition to the next, so that the last digits of scores may depend on
   * which coalitions are scored together: then these never depend on how long it takes.
   *
   * @default {false}
   */
  readonly walksCoalitions?: boolean;
  /** How it cuts texts into words, where its folder says so; `read` goes by it. */
  readonly reader?: Pick<TextReader, "reading">;
  /** The names of the classes; their order is the order of the scores. */
  readonly classes: readonly string[];
  /**
   * Reads a text: cuts it into the words that the model sees.
   *
   * @param text The text.
   * @param about Its name and class, where they are known.
   * @returns The document; it says what of the text the model does not see.
   */
  read(text: string, about?: AboutText): Document;
  /**
   * Turns a document into the model's input.
   *
   * @param document The document.
   * @returns Its input; any document gives one, an empty one too.
   */
  encode(document: Document): I;
  /**
   * Classifies an input, or parts of it.
   *
   * @param input The input; it is not changed.
   * @param coalitions Which words stay, as many times as it is to be classified. Without them it is
   * classified once, with all its words.
   * @returns The scores before softmax, shape [C], or [M, C] for M coalitions; the caller's.
   */
  scores(input: I, coalitions?: Coalitions): Awaitable<FloatArray>;
  /**
   * Gives an input with some words deleted.
   *
   * @param input The input; it is not changed.
   * @param positions The positions to delete.
   * @returns The new input.
   */
  withoutWords(input: I, positions: Iterable<number>): I;
  /**
   * The input in which groups of words take the place of words, where a group is more to the model than
   * its words: it has what stands between them, too.
   *
   * @param document The document.
   * @param units Its groups of words.
   * @returns An input of as many positions as there are groups.
   */
  unitInput?(document: Document, units: readonly Unit[]): I;
  /**
   * The names by which the model knows the words of an input, as its vocabulary has them. Words of
   * the same name are the same to it.
   *
   * @param input The input.
   * @returns A name for each position, shape [T], undefined for a word that it does not know; nothing
   * for an input that is not made of words of the vocabulary.
   */
  knownWords?(input: I): readonly (string | undefined)[] | undefined;
  /**
   * Does once for many inputs what each would need, where that is cheaper; changes no result.
   *
   * @param inputs The inputs that are to come.
   */
  prepare?(inputs: Iterable<I>): void;
  /**
   * The scores after each single deletion, where the model has a faster way to them than one by one;
   * see `scoresWithoutEach`.
   *
   * @param input The input.
   * @param deleted Words that are deleted already.
   * @returns The scores without these and word t, shape [T, C]; of a word that is deleted already those
   * without these alone.
   */
  scoresWithoutEach?(input: I, deleted: readonly number[]): Awaitable<FloatArray>;
  /** How many of its layers have learned numbers, where these can be shuffled. */
  readonly weightedLayers?: number;
  /**
   * A copy with the learned numbers of its layers shuffled, each array within itself: what it learned is
   * gone, the scale of its numbers stays (Adebayo et al. 2018, arXiv:1810.03292). Word vectors stay.
   *
   * @param random Shuffles; the same one shuffles a layer in the same way however many follow.
   * @param layers How many layers, from the words on. @default {`weightedLayers`}
   * @returns The copy, with classes, words and positions as they are.
   */
  withShuffledWeights?(random: Random, layers?: number): Model;
  /**
   * Forgets the scores of texts that it remembers, so that each is scored anew; changes no score of a
   * model that gives the same text the same scores.
   */
  forget?(): void;
  /** Ends what the model holds, as a process that it started; then it is not used any more. */
  close?(): Awaitable<void>;
}

/** Scores with gradients of weighted sums of them. */
export interface ScoresAndGradients {
  /** The scores, shape [C]. */
  readonly scores: FloatArray;
  /** For each list of weights ∂(Σ_c weights_c · f_c)/∂x, shape [T, D]. */
  readonly gradients: readonly FloatArray[];
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
  gradient(input: I, weights: FloatArray): Awaitable<FloatArray>;
  /**
   * Scores and several gradients from one forward pass, where that is cheaper than one by one; see
   * {@linkcode gradientsOf}.
   *
   * @param input The point at which to differentiate.
   * @param weights For each gradient a weight for each score, shape [C].
   * @returns The scores, and a gradient for each list of weights.
   */
  scoresAndGradients?(input: I, weights: readonly FloatArray[]): Awaitable<ScoresAndGradients>;
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
  /**
   * The layers from the word vectors [T, D] to the scores [C], first to last; where they depend on the
   * input, see `layersFor`, those that do not.
   */
  readonly layers: readonly Layer[];
  /**
   * The tensor that enters the first layer.
   *
   * @param input The input.
   * @returns The word vectors as a tensor of shape [T, D].
   */
  layerInput(input: I): Tensor;
  /**
   * The layers for an input, where they depend on it: a model that fills up texts before their words
   * first puts the rows of its input, in which the words come first, into their order; a linear model
   * weights each word by its features.
   *
   * @param input The input.
   * @returns The layers; those of `layers` are the last of them. @default {`layers`}
   */
  layersFor?(input: I): readonly Layer[];
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

/** Whether an input is made of word vectors. */
export function isVectorInput(input: Input): input is VectorInput {
  const { vectors, dimensions } = input as Partial<VectorInput>;
  return vectors !== undefined && dimensions !== undefined;
}

/**
 * The positions of the words that are there: all but those with a zero vector, whose deletion changes
 * nothing. Of an input that is not made of vectors, all positions that it does not call absent.
 *
 * @param input The input.
 * @returns The positions, increasing.
 */
export function presentWords(input: Input): number[] {
  const positions = Array.from({ length: input.length }, (_, t) => t);
  const { absent } = input;
  if (absent) return positions.filter((t) => !absent.includes(t));
  if (!isVectorInput(input)) return positions;
  const { vectors, dimensions } = input;
  return positions.filter((t) =>
    vectors.subarray(t * dimensions, (t + 1) * dimensions).some((value) => value !== 0)
  );
}
