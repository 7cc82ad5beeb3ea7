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
   * activations), or the way the gradient goes (`route`, for pooling and reshaping).
   */
  readonly relevance: "linear" | "identity" | "route";
  /**
   * Computes the output.
   *
   * @param input The input.
   * @returns The output, of the input's element type.
   */
  forward(input: Tensor): Tensor;
  /**
   * Takes the gradient of the output back to the input.
   *
   * @param input The input of the forward pass.
   * @param outputGradient The gradient by the output.
   * @returns The gradient by the input, of its shape.
   */
  backward(input: Tensor, outputGradient: Tensor): Tensor;
}

/** A layer whose outputs are each a copy of one input element: pooling by maximum, reshaping. */
export interface RouteLayer extends Layer {
  /** Relevance goes back the way the gradient goes. */
  readonly relevance: "route";
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
  /** x ↦ W x. */
  apply(input: Tensor): Tensor;
  /** y ↦ Wᵀ y, of the given input shape. */
  transpose(output: Tensor, inputShape: readonly number[]): Tensor;
}

/** A layer z = W x + b: all that relevance rules need to know of one. */
export interface LinearLayer extends Layer {
  /** Relevance goes through by a rule over the weights. */
  readonly relevance: "linear";
  /** Number of inputs n of each output. */
  readonly fanIn: number;
  /** Bias of each output channel; the channel is the last dimension of the output. */
  readonly bias: FloatArray;
  /**
   * The map with each weight replaced by a function of it; without a function, the map itself.
   * Relevance rules that use positive parts, squares or ones come from it.
   *
   * @param change What to replace a weight by.
   * @returns The map.
   */
  map(change?: (weight: number) => number): LinearMap;
}

/** Whether a layer is linear. */
export function isLinear(layer: Layer): layer is LinearLayer {
  return layer.relevance === "linear";
}

/** Whether a layer copies each output from one input element. */
export function isRoute(layer: Layer): layer is RouteLayer {
  return layer.relevance === "route";
}
