import { activations, backThrough, outputsOf } from "../network.ts";
import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { BranchLayer, Layer } from "./layer.ts";

/** Sizes before, at and after an axis, multiplied. */
function sizesAroundAxis(shape: readonly number[], axis: number): [number, number, number] {
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
  return [product(shape.slice(0, axis)), shape[axis]!, product(shape.slice(axis + 1))];
}

/** The shape of the joined outputs. */
function joinedShape(shapes: readonly (readonly number[])[], axis: number): number[] {
  const [first] = shapes;
  const fits = axis < first!.length && shapes.every((shape) =>
    shape.length === first!.length &&
    shape.every((size, i) => i === axis || size === first![i])
  );
  if (!fits) {
    const shown = shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
    throw new RangeError(`Cannot join outputs of ${shown} along axis ${axis}`);
  }
  const size = shapes.reduce((sum, shape) => sum + shape[axis]!, 0);
  return first!.map((other, i) => i === axis ? size : other);
}

/** Calls back for each run of numbers that lie together in the joined output and in a branch. */
function eachRun(
  shapes: readonly (readonly number[])[],
  axis: number,
  visit: (branch: number, from: number, to: number, length: number) => void,
): void {
  const outer = sizesAroundAxis(shapes[0]!, axis)[0];
  let to = 0;
  for (let o = 0; o < outer; o++) {
    shapes.forEach((shape, branch) => {
      const [, size, inner] = sizesAroundAxis(shape, axis);
      visit(branch, o * size * inner, to, size * inner);
      to += size * inner;
    });
  }
}

/**
 * Networks side by side on the same input, their outputs joined to one along an axis: filters of
 * several widths (Kim 2014, arXiv:1408.5882).
 *
 * @param branches The layers of each branch, first to last; a branch without layers hands on its
 * input.
 * @param options The name, and the axis along which outputs are joined; the other sizes of the
 * outputs must be equal.
 * @returns The layer.
 * @throws {RangeError} If there is no branch, or outputs cannot be joined.
 *
 * @example
 * ```ts
 * import { conv1d, maxOverTime, parallel } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const pooled = (width: number) => [
 *   conv1d(new Float64Array(width).fill(1), new Float64Array(1), width),
 *   maxOverTime(),
 * ];
 * const layer = parallel([pooled(1), pooled(3)]);
 * const input = { shape: [4, 1], data: new Float64Array([1, 5, 2, 4]) };
 * assertEquals([...layer.forward(input).data], [5, 11]);
 * ```
 */
export function parallel(
  branches: readonly (readonly Layer[])[],
  { name = "parallel", axis = 0 }: { readonly name?: string; readonly axis?: number } = {},
): BranchLayer {
  if (branches.length === 0) throw new RangeError("Cannot join the outputs of no branches");
  const split = <A extends FloatArray>(
    values: A,
    shapes: readonly (readonly number[])[],
  ): A[] => {
    const parts = shapes.map((shape) =>
      zerosLike(values, shape.reduce((all, size) => all * size, 1)) as A
    );
    eachRun(shapes, axis, (branch, from, to, length) => {
      parts[branch]!.set(values.subarray(to, to + length), from);
    });
    return parts;
  };
  const join = (outputs: readonly Tensor[]): Tensor => {
    const shapes = outputs.map(({ shape }) => shape);
    const shape = joinedShape(shapes, axis);
    const data = zerosLike(outputs[0]!.data, shape.reduce((all, size) => all * size, 1));
    eachRun(shapes, axis, (branch, from, to, length) => {
      data.set(outputs[branch]!.data.subarray(from, from + length), to);
    });
    return { shape, data };
  };
  return {
    name,
    relevance: "branches",
    branches,
    split,
    join,
    forward: (input) => join(branches.map((layers) => activations(layers, input).at(-1)!)),
    forwardAll(inputs) {
      const outputs = branches.map((layers) => outputsOf(layers, inputs));
      return inputs.map((_, m) => join(outputs.map((list) => list[m]!)));
    },
    backward(input, outputGradient): Tensor {
      const values = branches.map((layers) => activations(layers, input));
      const shapes = values.map((list) => list.at(-1)!.shape);
      const sum = zerosLike(outputGradient.data, input.data.length);
      split(outputGradient.data, shapes).forEach((data, b) => {
        const back = backThrough(branches[b]!, values[b]!, { shape: shapes[b]!, data });
        back.data.forEach((value, i) => sum[i]! += value);
      });
      return { shape: input.shape, data: sum };
    },
  };
}
