import { zerosLike } from "../tensor.ts";
import type { RouteLayer } from "./layer.ts";

/**
 * Puts rows into another order, or only some of them, from [T, F] to [L, F]; or parts of rows, from
 * [T, P · F] to [L, F].
 *
 * @param rows For each row of the output the row of the input that it is a copy of, shape [L]; where
 * rows have parts, the row times P and which part of it.
 * @param name The name of the layer.
 * @param parts How many parts P a row of the input has, of the same size.
 * @returns The layer.
 *
 * @example
 * ```ts
 * import { pickRows } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const input = { shape: [3, 1], data: Float64Array.of(5, 6, 7) };
 * assertEquals([...pickRows([2, 0]).forward(input).data], [7, 5]);
 * ```
 */
export function pickRows(
  rows: ArrayLike<number>,
  name = "order",
  parts = 1,
): RouteLayer {
  return {
    name,
    relevance: "route",
    sources({ shape }) {
      const size = shape[1]! / parts;
      const sources = new Int32Array(rows.length * size);
      for (let i = 0; i < sources.length; i++) {
        sources[i] = rows[Math.floor(i / size)]! * size + i % size;
      }
      return sources;
    },
    forward({ shape, data }) {
      const size = shape[1]! / parts;
      const output = zerosLike(data, rows.length * size);
      for (let t = 0; t < rows.length; t++) {
        output.set(data.subarray(rows[t]! * size, (rows[t]! + 1) * size), t * size);
      }
      return { shape: [rows.length, size], data: output };
    },
    backward({ shape }, { data }) {
      const size = shape[1]! / parts;
      const below = zerosLike(data, shape[0]! * shape[1]!);
      for (let t = 0; t < rows.length; t++) {
        for (let f = 0; f < size; f++) below[rows[t]! * size + f]! += data[t * size + f]!;
      }
      return { shape, data: below };
    },
  };
}
