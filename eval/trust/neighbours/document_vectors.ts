import { isVectorInput } from "@heatword/core";
import type { MeasuredText } from "../texts/measured_text.ts";

/**
 * For each row a text as the sum of its word vectors weighted by their relevance, at unit length.
 *
 * @param text The text and its rows.
 * @returns For each row the vector, float32 in base64, by its name (of several runs the first);
 * nothing where words are not vectors of several numbers.
 */
export function documentVectors(
  { input, rows, words }: MeasuredText,
): Record<string, string> | undefined {
  if (!isVectorInput(input) || input.dimensions < 2) return undefined;
  const { vectors, dimensions } = input;
  const found: Record<string, string> = {};
  for (const { name, relevance } of rows) {
    if (found[name] !== undefined) continue;
    const sum = new Float64Array(dimensions);
    for (let t = 0; t < words; t++) {
      for (let d = 0; d < dimensions; d++) sum[d]! += relevance[t]! * vectors[t * dimensions + d]!;
    }
    const length = Math.hypot(...sum);
    const unit = Float32Array.from(sum, (value) => length === 0 ? 0 : value / length);
    found[name] = new Uint8Array(unit.buffer).toBase64();
  }
  return found;
}

/** A vector that {@linkcode documentVectors} gave. */
export function readVector(base64: string): Float32Array {
  return new Float32Array(Uint8Array.fromBase64(base64).buffer);
}
