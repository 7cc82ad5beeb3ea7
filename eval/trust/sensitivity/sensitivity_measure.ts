import {
  type DifferentiableModel,
  type FloatArray,
  isDifferentiable,
  isVectorInput,
  type Random,
  type VectorInput,
} from "@heatword/core";
import type { Measure } from "../measures/measure.ts";
import { explainAgain, type RowFigures } from "../texts/rows.ts";
import { maxSensitivity } from "./max_sensitivity.ts";

/** How far the numbers of words are moved, as a part of their standard deviation. */
const REACH = 0.1;

/** The standard deviation of the numbers of the words that have a vector. */
function spreadOf({ vectors, dimensions }: VectorInput): number {
  let count = 0, sum = 0, squares = 0;
  for (let from = 0; from < vectors.length; from += dimensions) {
    const vector = vectors.subarray(from, from + dimensions);
    if (vector.every((value) => value === 0)) continue;
    for (const value of vector) {
      count++;
      sum += value;
      squares += value * value;
    }
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/**
 * Moves every number of the words of a text a little; words without a vector stay so.
 *
 * @param input The text.
 * @param random Draws how far.
 * @returns The moved vectors, shape [T, D].
 */
export function movedVectors(input: VectorInput, random: Random): FloatArray {
  const { vectors, dimensions } = input;
  const reach = REACH * spreadOf(input);
  const moved = vectors.slice();
  for (let from = 0; from < moved.length; from += dimensions) {
    const vector = moved.subarray(from, from + dimensions);
    if (vector.every((value) => value === 0)) continue;
    for (let d = 0; d < vector.length; d++) vector[d]! += reach * (2 * random.uniform() - 1);
  }
  return moved;
}

/** Max-sensitivity (Yeh et al. 2019), of the first texts. */
export const sensitivityMeasure: Measure = {
  name: "max-sensitivity",
  about: "how far explanations change with small changes of the word vectors",
  needs: "a model of word vectors; of the first 30 texts",
  columns: [{
    name: "maxSensitivity",
    aspect: "stability",
    title: "− max-sensitivity",
    about:
      "the largest change of an explanation, relative to its size, as the numbers of the word " +
      "vectors are moved by up to 0.1 of their standard deviation, with a minus sign",
    better: "higher",
    source: "Yeh et al. 2019",
  }],
  reasonAgainst: (model) =>
    isDifferentiable(model) ? undefined : "the model takes no word vectors that could be moved",
  figures: async ({ model, input, index, plan, rows, words, target, random }) => {
    const { sensitivityTexts = 30, sensitivityDraws = 3 } = plan;
    if (index >= sensitivityTexts || !isVectorInput(input)) return rows.map(() => ({}));
    const { withVectors } = model as DifferentiableModel;
    const draws = random(5);
    const moved = Array.from(
      { length: sensitivityDraws },
      () => withVectors.call(model, input, movedVectors(input, draws)),
    );
    const found: RowFigures[] = [];
    for (const row of rows) {
      const changed: ArrayLike<number>[] = [];
      if (row.seed !== undefined) {
        for (const other of moved) {
          changed.push(await explainAgain(row, model, other, words, target));
        }
      }
      const largest = changed.length === 0 ? undefined : maxSensitivity(row.relevance, changed);
      found.push({ maxSensitivity: largest === undefined ? undefined : -largest });
    }
    return found;
  },
};
