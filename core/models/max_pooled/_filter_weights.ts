import type { MaxPooledLayers } from "../../max_pooled_layers.ts";
import { type FloatArray, zerosLike } from "../../tensor.ts";

/** The weights of convolutions side by side, a column for each word of each filter. */
export interface FilterWeights {
  /** Numbers per word (D). */
  readonly dimensions: number;
  /** Number of columns: Σ width · filters over the convolutions. */
  readonly columns: number;
  /** Where the columns of each convolution start: its first words, then its second ones, and so on. */
  readonly starts: readonly number[];
  /** The weights, shape [D, columns]. */
  readonly byDimension: FloatArray;
  /** The same transposed, shape [columns, D]. */
  readonly byColumn: FloatArray;
}

/**
 * Reads the weights off the layers, by what they make of each unit vector.
 *
 * @param layers The layers.
 * @param dimensions Numbers per word (D).
 * @returns The weights.
 */
export function filterWeights(
  { convolutions, filterBank }: MaxPooledLayers,
  dimensions: number,
): FilterWeights {
  const starts: number[] = [];
  let columns = 0;
  for (const { width, filters } of filterBank.convolutions) {
    starts.push(columns);
    columns += width * filters;
  }
  const byDimension = zerosLike(filterBank.bias, dimensions * columns);
  const byColumn = zerosLike(filterBank.bias, dimensions * columns);
  const units = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) units[d * dimensions + d] = 1;
  convolutions.forEach((layer, g) => {
    const { width, filters } = filterBank.convolutions[g]!;
    const own = width * filters;
    const { data } = layer.project!({ shape: [dimensions, dimensions], data: units });
    for (let d = 0; d < dimensions; d++) {
      for (let i = 0; i < own; i++) {
        const weight = data[d * own + i]!;
        byDimension[d * columns + starts[g]! + i] = weight;
        byColumn[(starts[g]! + i) * dimensions + d] = weight;
      }
    }
  });
  return { dimensions, columns, starts, byDimension, byColumn };
}
