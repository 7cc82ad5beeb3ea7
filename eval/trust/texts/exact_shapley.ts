import { getExplainer, reasonAgainst } from "@heatword/core";
import type { Explanations } from "../../explanations/explanations.ts";

/**
 * The exact Shapley values of a score, where the model is of a kind that allows them.
 *
 * @param explanations Explanations of the text.
 * @param words How many words it has.
 * @param target Index of the class.
 * @returns The values, shape [n]; undefined where the model has none.
 */
export async function exactShapley(
  explanations: Explanations,
  words: number,
  target: number,
): Promise<Float64Array | undefined> {
  if (reasonAgainst(getExplainer("shapley"), explanations.model) !== undefined) return undefined;
  try {
    const { words: values } = await explanations.words("shapley", target);
    return Float64Array.from(values.subarray(0, words));
  } catch (error) {
    // It says by a TypeError that the model's layers are not of the kind that has them.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
