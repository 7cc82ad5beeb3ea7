import {
  defineModel,
  type DifferentiableModel,
  type FloatArray,
  type VectorInput,
} from "@heatword/core";

/** A model of words of one number each that adds up a function of them, with its derivative. */
export function pointModel(
  numbers: readonly number[],
  value: (x: number) => number,
  slope: (x: number) => number,
): { model: DifferentiableModel; input: VectorInput } {
  const input: VectorInput = {
    length: numbers.length,
    dimensions: 1,
    vectors: Float64Array.from(numbers),
  };
  const model = defineModel({
    classes: ["up"],
    encode: () => input,
    score: ({ vectors }: VectorInput) =>
      new Float64Array([[...vectors].reduce((sum, x) => sum + value(x), 0)]),
    gradient: ({ vectors }: VectorInput, weights: FloatArray) =>
      Float64Array.from(vectors, (x) => weights[0]! * slope(x)),
    withVectors: (input: VectorInput, vectors: FloatArray) => ({ ...input, vectors }),
    withoutWords: (input: VectorInput, positions) => {
      const vectors = input.vectors.slice();
      for (const t of positions) vectors[t] = 0;
      return { ...input, vectors };
    },
  });
  return { model, input };
}
