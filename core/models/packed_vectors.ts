import type { EmbeddingTable } from "./embedding_table.ts";
import { roundedScale } from "./rounded_scale.ts";

/** The largest whole number: 4 bits hold those from −7 to 7. */
const MAX = 7;
/** What is stored of a number so that it is not negative. */
const OFFSET = 8;
/**
 * Parts of a row's largest number that are tried as the largest that is told apart. Few numbers of a
 * word vector are large: it loses less if these are cut and the many small ones get finer steps.
 */
const PARTS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4] as const;

/** Word vectors as whole numbers from −7 to 7, two to a byte, with a scale for each row. */
export interface PackedValues {
  /** Row-major, shape [V, ⌈D / 2⌉]: value + 8, the first of two in the lower four bits. */
  readonly values: Uint8Array;
  /** What a row is multiplied with, shape [V]. */
  readonly scales: Float32Array;
}

/**
 * How many bytes a row of 4 bits per number takes.
 *
 * @param dimensions Numbers per row (D).
 */
export const packedBytes = (dimensions: number): number => Math.ceil(dimensions / 2);

/**
 * Word vectors stored in 4 bits per number.
 *
 * @param packed The whole numbers and the scales; kept, not copied.
 * @param dimensions Numbers per row (D).
 * @returns The table; its rows are values · scale.
 * @throws {RangeError} If the bytes do not make whole rows, one for each scale.
 */
export function packedVectors(
  { values, scales }: PackedValues,
  dimensions: number,
): EmbeddingTable {
  const bytes = packedBytes(dimensions);
  if (values.length !== bytes * scales.length) {
    throw new RangeError(
      `Cannot cut ${values.length} bytes into ${scales.length} rows of ${bytes} bytes`,
    );
  }
  return {
    size: scales.length,
    dimensions,
    type: "int4",
    copyRow(row, target, offset) {
      const scale = scales[row]!;
      const start = row * bytes;
      for (let d = 0; d < dimensions; d++) {
        const both = values[start + (d >> 1)]!;
        const stored = d % 2 === 0 ? both & 15 : both >> 4;
        target[offset + d] = Math.fround((stored - OFFSET) * scale);
      }
    },
  };
}

const rounded = (value: number, scale: number) =>
  Math.max(-MAX, Math.min(MAX, Math.round(value / scale)));

/** The scale, of some, by which a row loses least; 0 for a row of zeros. */
function bestScale(row: Float32Array): number {
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  let best = 0;
  let least = Infinity;
  for (const part of PARTS) {
    const scale = roundedScale(part * largest / MAX);
    let loss = 0;
    for (const value of row) loss += (value - rounded(value, scale) * scale) ** 2;
    if (loss < least) [best, least] = [scale, loss];
  }
  return best;
}

/**
 * Rounds word vectors to 4 bits per number. Vectors that were rounded so stay as they are.
 *
 * @param vectors The table.
 * @returns The whole numbers, packed, and the scales: of seven for each row that by which the sum of
 * squared errors is least.
 *
 * @example
 * ```ts
 * import { packVectors, plainVectors } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const { values, scales } = packVectors(plainVectors(new Float32Array([7, -1, 3, 0]), 2));
 * assertEquals([...scales], [1, 0.4285736083984375]);
 * assertEquals([...values], [0x7f, 0x8f]);
 * ```
 */
export function packVectors(vectors: EmbeddingTable): PackedValues {
  const { size, dimensions } = vectors;
  const bytes = packedBytes(dimensions);
  const values = new Uint8Array(size * bytes).fill(OFFSET | OFFSET << 4);
  const scales = new Float32Array(size);
  const row = new Float32Array(dimensions);
  for (let i = 0; i < size; i++) {
    vectors.copyRow(i, row, 0);
    const scale = scales[i] = bestScale(row);
    if (scale === 0) continue;
    for (let d = 0; d < dimensions; d++) {
      const at = i * bytes + (d >> 1);
      const stored = OFFSET + rounded(row[d]!, scale);
      values[at] = d % 2 === 0 ? values[at]! & 0xf0 | stored : values[at]! & 0x0f | stored << 4;
    }
  }
  return { values, scales };
}
