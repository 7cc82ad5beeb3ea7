import type { Distributed, Distribution, FilterBank, Winnings } from "../../max_pooled_model.ts";
import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { FilterWeights } from "./_filter_weights.ts";

/** The largest pre-activation of each filter of a convolution, and its window. */
function poolConvolution(
  words: readonly FloatArray[],
  width: number,
  column: number,
  bias: FloatArray,
): { best: Float64Array; starts: Int32Array } {
  const filters = bias.length;
  const best = new Float64Array(filters).fill(-Infinity);
  const starts = new Int32Array(filters);
  const sums = new Float64Array(filters);
  for (let t = 0; t + width <= words.length; t++) {
    sums.fill(0);
    for (let k = 0; k < width; k++) {
      const word = words[t + k]!;
      const from = column + k * filters;
      for (let f = 0; f < filters; f++) sums[f]! += word[from + f]!;
    }
    for (let f = 0; f < filters; f++) {
      const z = sums[f]! + bias[f]!;
      // What is not a number must not be overlooked.
      if (z > best[f]! || z !== z) {
        best[f] = z;
        starts[f] = t;
      }
    }
  }
  return { best, starts };
}

/** Hands what the filters of a convolution have to the words of their windows. */
function distribute(
  { widths, denseWeights }: FilterBank,
  [from, to]: readonly [number, number],
  { preActivations, starts }: Pick<Winnings, "preActivations" | "starts">,
  { scale, offset, factors }: Distribution,
  length: number,
): Distributed {
  const classes = scale.length;
  const size = factors.length / widths.length;
  const totals = new Float64Array(3 * classes);
  const words = Array.from(scale, () => new Float64Array(length));
  for (let f = from; f < to; f++) {
    const pooled = Math.max(0, preActivations[f]!);
    const at = f * size;
    const start = starts[f]!;
    const width = widths[f]!;
    for (let c = 0; c < classes; c++) {
      const share = pooled * denseWeights[f * classes + c]! * scale[c]! + offset[c]!;
      const own = words[c]!;
      for (let k = 0; k < width; k++) own[start + k]! += share * factors[at + k]!;
      totals[c]! += share;
      totals[classes + c]! += share * factors[at + size - 2]!;
      totals[2 * classes + c]! += share * factors[at + size - 1]!;
    }
  }
  return { words, totals };
}

/**
 * What filters win on a text.
 *
 * @param bank The filters.
 * @param weights Their weights.
 * @param words The projections of the words, [T] of shape [columns].
 * @param like An array of the precision that is wanted.
 * @returns What was won.
 */
export function winningsOf(
  bank: FilterBank,
  weights: FilterWeights,
  words: readonly FloatArray[],
  like: FloatArray,
): Winnings {
  const { widths, denseWeights, denseBias } = bank;
  const { dimensions, byColumn } = weights;
  const count = widths.length;
  const classes = denseBias.length;
  const preActivations = zerosLike(like, count);
  const starts = new Int32Array(count);
  const parts = Array.from({ length: Math.max(...widths) }, () => zerosLike(like, count));
  const sums = Float64Array.from(denseBias);
  /** The column of the first word of each filter, and how far the next word's is. */
  const columns = new Int32Array(count);
  const steps = new Int32Array(count);
  const ranges: [number, number][] = [];
  let from = 0;
  bank.convolutions.forEach(({ width, filters }, g) => {
    const column = weights.starts[g]!;
    const bias = bank.bias.subarray(from, from + filters);
    const won = poolConvolution(words, width, column, bias);
    starts.set(won.starts, from);
    preActivations.set(won.best, from);
    for (let f = 0; f < filters; f++) {
      columns[from + f] = column + f;
      steps[from + f] = filters;
      for (let k = 0; k < width; k++) {
        parts[k]![from + f] = words[won.starts[f]! + k]![column + k * filters + f]!;
      }
      const z = won.best[f]!;
      const row = (from + f) * classes;
      if (!(z <= 0)) { for (let c = 0; c < classes; c++) sums[c]! += z * denseWeights[row + c]!; }
    }
    ranges.push([from, from += filters]);
  });
  const scores = zerosLike(like, classes);
  scores.set(sums);
  return {
    scores,
    preActivations,
    starts,
    parts,
    pullBack(coefficients) {
      const back = new Float64Array(words.length * dimensions);
      for (let f = 0; f < count; f++) {
        const coefficient = coefficients[f]!;
        if (coefficient === 0) continue;
        for (let k = 0; k < widths[f]!; k++) {
          const to = (starts[f]! + k) * dimensions;
          const row = (columns[f]! + k * steps[f]!) * dimensions;
          for (let d = 0; d < dimensions; d++) {
            back[to + d]! += coefficient * byColumn[row + d]!;
          }
        }
      }
      return like instanceof Float64Array ? back : new Float32Array(back);
    },
    shareOut: (distribution) =>
      ranges.map((range) =>
        distribute(bank, range, { preActivations, starts }, distribution, words.length)
      ),
  };
}
