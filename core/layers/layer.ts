import type { FloatArray, Tensor } from "../tensor.ts";

/**
 * A step of a network. Layers are the readable, slow-but-right definition of a model: in float64
 * they are the reference, and a fast path is tested against them.
 */
export interface Layer {
  /** A name that tells it from the other layers of the model, e.g. `convolution`. */
  readonly name: string;
  /**
   * How relevance goes through: by a rule over the weights (`linear`), unchanged (`identity`, for
   * activations), the way the gradient goes (`route`, for pooling and reshaping), along each of
   * several networks side by side whose outputs are joined (`branches`) or added or multiplied
   * (`merge`), or through the operations of each step (`recurrent`).
   */
  readonly relevance: "linear" | "identity" | "route" | "branches" | "merge" | "recurrent";
  /**
   * Which rows of the input a row of the output depends on: row t on the `reach` rows from
   * t · stride on. Absent when it depends on others.
   */
  readonly window?: Window;
  /**
   * Whether it works on each element x alone, with f(c·x) = c·f(x) for every c ≥ 0, as a rectifier
   * does: then it is linear where no element changes its sign.
   *
   * @default {false}
   */
  readonly homogeneous?: boolean;
  /**
   * Computes the output.
   *
   * @param input The input.
   * @returns The output, of the input's element type.
   */
  forward(input: Tensor): Tensor;
  /**
   * Computes the outputs of several inputs of the same shape side by side, where that is faster than
   * one after the other; they are the same but for rounding.
   *
   * @param inputs The inputs.
   * @returns The output of each.
   */
  forwardAll?(inputs: readonly Tensor[]): Tensor[];
  /**
   * Takes the gradient of the output back to the input.
   *
   * @param input The input of the forward pass.
   * @param outputGradient The gradient by the output.
   * @returns The gradient by the input, of its shape.
   */
  backward(input: Tensor, outputGradient: Tensor): Tensor;
}

/** The output of a layer, kept while rows of its input change. */
export interface KeptOutput {
  /**
   * Computes again what depends on changed rows of the input.
   *
   * @param changed Ranges of rows, each from the first to the one behind the last.
   */
  renew(changed: readonly (readonly [from: number, to: number])[]): void;
  /** The output, as the layer itself would give it now. */
  output(): Tensor;
}

/** Where a layer along the text looks. */
export interface Window {
  /** Number of consecutive input rows that an output row depends on. */
  readonly reach: number;
  /** Number of input rows from one output row to the next. */
  readonly stride: number;
}

/** A layer whose outputs are each a copy of one input element: pooling by maximum, reshaping. */
export interface RouteLayer extends Layer {
  /** Relevance goes back the way the gradient goes. */
  readonly relevance: "route";
  /**
   * Keeps the output while rows of the input change, where that is faster than to compute it anew.
   *
   * @param input The input, which is changed from outside.
   */
  keep?(input: Tensor): KeptOutput;
  /**
   * Tells where the outputs come from.
   *
   * @param input The input.
   * @returns For each output element, the index of the input element it is a copy of.
   */
  sources(input: Tensor): Int32Array;
}

/** A linear map without its bias, and its transpose. */
export interface LinearMap {
  /**
   * x ↦ W x.
   *
   * @param input The input.
   * @param wanted One number for each output element: where it is 0 the output is not needed, and
   * may be left at 0. All outputs are needed when it is absent.
   * @returns The output.
   */
  apply(input: Tensor, wanted?: FloatArray): Tensor;
  /** y ↦ Wᵀ y, of the given input shape. */
  transpose(output: Tensor, inputShape: readonly number[]): Tensor;
}

/** A layer z = W x + b: all that relevance rules need to know of one. */
export interface LinearLayer extends Layer {
  /** Relevance goes through by a rule over the weights. */
  readonly relevance: "linear";
  /** Number of inputs n of each output. */
  readonly fanIn: number;
  /**
   * The number of inputs of each output where it is not the same for all: at the padded ends of a
   * text, or where it depends on the length of the text.
   *
   * @param inputShape The shape of the input.
   * @returns One number for each output element.
   */
  fanIns?(inputShape: readonly number[]): Float64Array;
  /**
   * Whether its weights are given by what it does and not learned, as in average pooling. What
   * composites of rules say of first and of other layers is not meant for it.
   *
   * @default {false}
   */
  readonly weightless?: boolean;
  /**
   * Bias of each output channel; the channel is the last dimension of the output. A single number
   * where it is the same for all.
   */
  readonly bias: FloatArray;
  /**
   * The map with each weight replaced by a function of it; without a function, the map itself.
   * Relevance rules that use positive parts, squares or ones come from it.
   *
   * @param change What to replace a weight by.
   * @returns The map.
   */
  map(change?: (weight: number) => number): LinearMap;
  /**
   * For a convolution without padding: what each row of the input adds to the windows that it is in,
   * as their first row, second row and so on. A window is the sum over its rows, and the bias.
   *
   * @param input The input, shape [T, D].
   * @returns Shape [T, K, F], in float64.
   */
  project?(input: Tensor): Tensor;
}

/** Networks side by side on the same input, their outputs joined to one. */
export interface BranchLayer extends Layer {
  /** Relevance goes along each branch, and what arrives at the input is added up. */
  readonly relevance: "branches";
  /** The layers of each branch, first to last; a branch without layers hands on its input. */
  readonly branches: readonly (readonly Layer[])[];
  /**
   * Cuts what belongs to the output into what belongs to each branch.
   *
   * @param values One number for each output element.
   * @param shapes The shapes of the outputs of the branches.
   * @returns The numbers of each branch.
   */
  split<A extends FloatArray>(values: A, shapes: readonly (readonly number[])[]): A[];
  /**
   * Joins the outputs of the branches to the output.
   *
   * @param outputs The output of each branch.
   * @returns The output.
   */
  join(outputs: readonly Tensor[]): Tensor;
}

/** Networks side by side on the same input, their outputs added or multiplied to one. */
export interface MergeLayer extends Layer {
  /** Relevance is shared out among the branches, goes along each, and is added up at the input. */
  readonly relevance: "merge";
  /** What becomes of the outputs of the branches. */
  readonly operation: MergeOperation;
  /** The layers of each branch, first to last; a branch without layers hands on its input. */
  readonly branches: readonly (readonly Layer[])[];
}

/** How outputs of the same shape become one: their sum, their mean, or the product of two. */
export type MergeOperation = "sum" | "average" | "product";

/** Whether a layer is linear. */
export function isLinear(layer: Layer): layer is LinearLayer {
  return layer.relevance === "linear";
}

/** Whether a layer copies each output from one input element. */
export function isRoute(layer: Layer): layer is RouteLayer {
  return layer.relevance === "route";
}

/** Whether a layer is made of networks side by side. */
export function isBranches(layer: Layer): layer is BranchLayer {
  return layer.relevance === "branches";
}

/** Whether a layer adds or multiplies the outputs of networks side by side. */
export function isMerge(layer: Layer): layer is MergeLayer {
  return layer.relevance === "merge";
}
