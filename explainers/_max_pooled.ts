import {
  type Contributions,
  type FloatArray,
  type LedgerEntry,
  type MaxPooledModel,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  type Winnings,
  zerosLike,
} from "@heatword/core";

/** What was found for words where the layers see them, for the words of the text. */
export function inText(found: Contributions, order: Int32Array, length: number): Contributions {
  const moved = <A extends FloatArray>(numbers: A, size: number): A => {
    const all = zerosLike(numbers, length * size);
    order.forEach((t, i) => all.set(numbers.subarray(i * size, (i + 1) * size), t * size));
    return all as A;
  };
  const { words, values, dimensions, ledger } = found;
  return {
    ...found,
    words: moved(words, 1),
    ...(values && { values: moved(values, dimensions!) }),
    // The layers lay the words out in a step of their own, which passes all on.
    ...(ledger && { ledger: [...ledger, passedOn(ledger.at(-1)!)] }),
  };
}

const passedOn = ({ passed }: LedgerEntry): LedgerEntry => ({
  layer: "order",
  rule: "route",
  received: passed,
  passed,
  bias: 0,
  stabilizer: 0,
});

/**
 * Explains a max-pooled model with the words where the layers see them.
 *
 * @param model The model.
 * @param input The input.
 * @param explain Explains an input that needs no laying out.
 * @returns What was found, for the words of the text.
 */
export function whereLaidOut<F extends Contributions[] | undefined>(
  model: MaxPooledModel,
  input: VectorInput,
  explain: (input: VectorInput) => F,
): F {
  const laid = model.laidOut?.(input);
  if (laid === undefined) return explain(input);
  return explain(laid.input)?.map((found) => inText(found, laid.order, input.length)) as F;
}

/** What the words of the window that a filter won on add to it, for each filter. */
function wonSums({ parts }: Winnings): Float64Array {
  const sums = Float64Array.from(parts[0]!);
  for (const part of parts.slice(1)) for (let f = 0; f < sums.length; f++) sums[f]! += part[f]!;
  return sums;
}

/** What is found by multipliers, for a target. */
export interface Multiplied {
  /** The multipliers of the word vectors, shape [T, D]. */
  readonly multipliers: FloatArray;
  /** The explained number. */
  readonly score: number;
  /** That of the empty text. */
  readonly emptyScore: number;
}

/**
 * Takes multipliers from a max-pooled model's outputs to its word vectors in one step: each filter's
 * goes to the words that it won on, along its weights.
 *
 * @param model The model.
 * @param input The input.
 * @param multiplier What stands for the derivative of ReLU at a filter, by what the words that it
 * won on add to it and by its bias.
 * @returns What gives the multipliers for a target.
 */
export function multipliersOf(
  model: MaxPooledModel,
  input: VectorInput,
  multiplier: (sum: number, bias: number) => number,
): (target: Target) => Multiplied {
  const winnings = model.winnings(input);
  const { bias, denseWeights, denseBias } = model.filterBank;
  const classes = denseBias.length;
  const slopes = wonSums(winnings).map((sum, f) => multiplier(sum, bias[f]!));
  return (target) => {
    const weights = targetWeights(target, classes);
    const coefficients = winnings.preActivations.slice();
    let emptyScore = targetScore(target, denseBias);
    for (let f = 0; f < coefficients.length; f++) {
      let slope = 0;
      for (let c = 0; c < classes; c++) slope += weights[c]! * denseWeights[f * classes + c]!;
      coefficients[f] = slope * slopes[f]!;
      emptyScore += slope * Math.max(0, bias[f]!);
    }
    const multipliers = winnings.pullBack(coefficients);
    return { multipliers, score: targetScore(target, winnings.scores), emptyScore };
  };
}

/**
 * How much of what the words add to a filter gets past ReLU: DeepLIFT's multiplier, and the mean
 * derivative of ReLU along the way from the empty text. The windows of a text scaled by α have the
 * values α · sum + bias, so that all tie at α = 0 and the same one wins from there on.
 *
 * @param sum What the words of the window that won add to the filter.
 * @param bias The filter's bias, its value for the empty text.
 * @returns Δ ReLU over Δ pre-activation; where they do not differ, the derivative.
 */
export function rescaledRelu(sum: number, bias: number): number {
  if (sum === 0) return bias > 0 ? 1 : 0;
  return (Math.max(0, sum + bias) - Math.max(0, bias)) / sum;
}
