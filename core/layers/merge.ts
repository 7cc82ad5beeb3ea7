import { activations, backThrough, outputsOf } from "../network.ts";
import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { Layer, MergeLayer, MergeOperation } from "./layer.ts";

function merged(operation: MergeOperation, outputs: readonly Tensor[]): Tensor {
  const [{ shape, data }, ...others] = outputs as [Tensor, ...Tensor[]];
  for (const { shape: other } of others) {
    if (other.length === shape.length && other.every((size, i) => size === shape[i])) continue;
    const shown = outputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" and ");
    throw new RangeError(`Cannot take the ${operation} of outputs of ${shown}`);
  }
  const result = Float64Array.from(data);
  for (const { data: other } of others) {
    for (let i = 0; i < result.length; i++) {
      if (operation === "product") result[i]! *= other[i]!;
      else result[i]! += other[i]!;
    }
  }
  const rounded = zerosLike(data, data.length);
  rounded.set(operation === "average" ? result.map((sum) => sum / outputs.length) : result);
  return { shape, data: rounded };
}

/** The derivative of the merged output by that of a branch. */
function slopes(
  operation: MergeOperation,
  outputs: readonly Tensor[],
  branch: number,
): FloatArray | number {
  if (operation === "product") return outputs[1 - branch]!.data;
  return operation === "average" ? 1 / outputs.length : 1;
}

/**
 * Networks side by side on the same input whose outputs, of one shape, are added, averaged or, of two
 * networks, multiplied: both directions of a recurrent layer, and residual connections.
 *
 * @param branches The layers of each branch, first to last; a branch without layers hands on its
 * input.
 * @param operation What becomes of their outputs.
 * @param name The name of the layer.
 * @returns The layer.
 * @throws {RangeError} If there is no branch, a product is not of two, or shapes differ.
 *
 * @example
 * ```ts
 * import { merge, relu } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const residual = merge([[], [relu()]], "sum");
 * const { data } = residual.forward({ shape: [2], data: Float64Array.of(3, -1) });
 * assertEquals([...data], [6, -1]);
 * ```
 */
export function merge(
  branches: readonly (readonly Layer[])[],
  operation: MergeOperation,
  name: string = operation,
): MergeLayer {
  if (branches.length === 0) throw new RangeError("Cannot merge the outputs of no branches");
  if (operation === "product" && branches.length !== 2) {
    throw new RangeError(`Cannot multiply the outputs of ${branches.length} branches, only of two`);
  }
  return {
    name,
    relevance: "merge",
    operation,
    branches,
    forward: (input) =>
      merged(operation, branches.map((layers) => activations(layers, input).at(-1)!)),
    forwardAll(inputs) {
      const outputs = branches.map((layers) => outputsOf(layers, inputs));
      return inputs.map((_, m) => merged(operation, outputs.map((list) => list[m]!)));
    },
    backward(input, { shape, data }): Tensor {
      const values = branches.map((layers) => activations(layers, input));
      const outputs = values.map((list) => list.at(-1)!);
      const sum = zerosLike(data, input.data.length);
      branches.forEach((layers, b) => {
        const slope = slopes(operation, outputs, b);
        const above = data.map((value, i) =>
          value * (typeof slope === "number" ? slope : slope[i]!)
        );
        const back = backThrough(layers, values[b]!, { shape, data: above });
        back.data.forEach((value, i) => sum[i]! += value);
      });
      return { shape: input.shape, data: sum };
    },
  };
}
