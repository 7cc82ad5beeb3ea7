import type { FloatArray } from "../../tensor.ts";
import { Matrix } from "./matrix.ts";

/** The weights of a recurrent cell of H units on D numbers a word, in the layout of Keras. */
export interface CellWeights {
  /** Number of units H. */
  readonly units: number;
  /** W, shape [D, G · H], the G gates side by side. */
  readonly kernel: FloatArray;
  /** U, shape [H, G · H]. */
  readonly recurrentKernel: FloatArray;
  /** b, shape [G · H]; without it there are no biases. */
  readonly bias?: FloatArray;
}

/** Refuses weights of other sizes than a cell has, and gives D. */
export function dimensionsOf(
  what: string,
  gates: number,
  { units, kernel, recurrentKernel, bias }: CellWeights,
  biasRows = 1,
): number {
  const width = gates * units;
  const dimensions = kernel.length / width;
  const fits = Number.isSafeInteger(units) && units > 0 && Number.isInteger(dimensions) &&
    dimensions > 0 && recurrentKernel.length === units * width &&
    (bias === undefined || bias.length === biasRows * width);
  if (fits) return dimensions;
  const biases = bias === undefined ? "" : ` and ${bias.length} biases`;
  throw new RangeError(
    `Cannot make ${what} of ${units} units of ${kernel.length} weights for words, ` +
      `${recurrentKernel.length} for states${biases}`,
  );
}

/** Some of the gates of a matrix [K, G · H]. */
export function gatesOf(
  data: FloatArray,
  [first, count]: readonly [number, number],
  { units, gates }: { readonly units: number; readonly gates: number },
): Matrix {
  const width = gates * units;
  const part = new Float64Array(data.length / gates * count);
  for (let k = 0; k * width < data.length; k++) {
    const from = k * width + first * units;
    part.set(data.subarray(from, from + count * units), k * count * units);
  }
  return new Matrix(part, count * units);
}
