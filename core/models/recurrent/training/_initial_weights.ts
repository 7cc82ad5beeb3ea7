import type { Random } from "../../../random.ts";
import {
  cellSizes,
  directionsOf,
  type RecurrentShape,
  type RecurrentWeights,
} from "../parameters.ts";
import { zeroWeights } from "./_weights.ts";

/** Draws weights uniformly, as wide as Glorot and Bengio 2010 say. */
function glorot(values: Float32Array, inputs: number, outputs: number, random: Random): void {
  const scale = Math.sqrt(6 / (inputs + outputs));
  for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * scale;
}

/** Draws an orthogonal matrix [H, H] (Gram and Schmidt), into some columns of a wider one. */
function orthogonal(
  values: Float32Array,
  units: number,
  [first, width]: readonly [number, number],
  random: Random,
): void {
  const rows: Float64Array[] = [];
  for (let i = 0; i < units; i++) {
    const row = Float64Array.from({ length: units }, () => random.normal());
    for (const other of rows) {
      const along = row.reduce((sum, value, j) => sum + value * other[j]!, 0);
      for (let j = 0; j < units; j++) row[j]! -= along * other[j]!;
    }
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    rows.push(row.map((value) => value / norm));
    values.set(rows[i]!, i * width + first);
  }
}

/**
 * Draws the first weights, as Keras does: kernels after Glorot, recurrent ones orthogonal for each
 * gate (Saxe et al. 2014), no biases but 1 for the forget gate of an LSTM (Jozefowicz et al. 2015).
 *
 * @param shape The sizes.
 * @param random The random numbers.
 */
export function initialWeights(shape: RecurrentShape, random: Random): RecurrentWeights {
  const { cell, units, dimensions, classes } = shape;
  const weights = zeroWeights(shape);
  const { gates } = cellSizes[cell];
  const directions = directionsOf(shape);
  for (const direction of directions) {
    glorot(weights[`${direction}Kernel`], dimensions, units, random);
    for (let g = 0; g < gates; g++) {
      const columns = [g * units, gates * units] as const;
      orthogonal(weights[`${direction}RecurrentKernel`], units, columns, random);
    }
    if (cell === "lstm") weights[`${direction}Bias`].fill(1, units, 2 * units);
  }
  glorot(weights.denseWeights, directions.length * units, classes, random);
  return weights;
}
