import type { FloatArray } from "../../../tensor.ts";
import {
  cellSizes,
  directionsOf,
  type RecurrentShape,
  recurrentShapes,
  type RecurrentWeights,
  type WeightName,
} from "../parameters.ts";
import { placesOf, sizesOf } from "./_memory.ts";

/** Called with a row of numbers of the model, and where it lies among all padded weights. */
type VisitRow = (values: FloatArray, from: number, count: number, at: number) => void;

/** Visits all numbers: of a row of gates one gate after the other. */
function visitRows(shape: RecurrentShape, weights: RecurrentWeights, visit: VisitRow): void {
  const { units, dimensions, classes } = shape;
  const { gates, biases } = cellSizes[shape.cell];
  const sizes = sizesOf(shape);
  const places = placesOf(sizes);
  const gateRow = (values: FloatArray, row: number, at: number) => {
    for (let g = 0; g < gates; g++) {
      visit(values, (row * gates + g) * units, units, at + g * sizes.units);
    }
  };
  directionsOf(shape).forEach((direction, i) => {
    const { kernel, recurrent, stateBias } = places.directions[i]!;
    for (let d = 0; d < dimensions; d++) {
      gateRow(weights[`${direction}Kernel`]!, d, kernel + d * sizes.weightStride);
    }
    for (let j = 0; j < units; j++) {
      gateRow(weights[`${direction}RecurrentKernel`]!, j, recurrent + j * sizes.weightStride);
    }
    const bias = weights[`${direction}Bias`]!;
    gateRow(bias, 0, kernel + dimensions * sizes.weightStride);
    if (biases === 2) gateRow(bias, 1, stateBias!);
    for (let j = 0; j < units; j++) {
      const at = places.dense + (i * sizes.units + j) * classes;
      visit(weights.denseWeights!, (i * units + j) * classes, classes, at);
    }
  });
  visit(weights.denseBias!, 0, classes, places.denseBias);
}

/** An array of zeros for each that a network has. */
export function zeroWeights(shape: RecurrentShape): Record<WeightName, Float32Array> {
  const entries = recurrentShapes(shape).map(([name, sizes]) =>
    [name, new Float32Array(sizes.reduce((product, n) => product * n, 1))] as const
  );
  return Object.fromEntries(entries) as Record<WeightName, Float32Array>;
}

/**
 * Takes weights out of an array of all padded ones.
 *
 * @param shape The sizes.
 * @param memory The padded weights.
 */
export function unpadded(shape: RecurrentShape, memory: Float32Array): RecurrentWeights {
  const weights = zeroWeights(shape);
  visitRows(shape, weights, (values, from, count, at) => {
    values.set(memory.subarray(at, at + count), from);
  });
  return weights;
}

/** The reverse of {@linkcode unpadded}. */
export function padded(shape: RecurrentShape, weights: RecurrentWeights): Float32Array {
  const memory = new Float32Array(placesOf(sizesOf(shape)).length);
  visitRows(shape, weights, (values, from, count, at) => {
    memory.set(values.subarray(from, from + count), at);
  });
  return memory;
}
