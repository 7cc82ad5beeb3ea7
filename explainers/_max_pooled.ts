import {
  type Contributions,
  type FloatArray,
  type LaidOut,
  layersOf,
  type LedgerEntry,
  type MaxPooledModel,
  poolWords,
  type Target,
  targetScore,
  targetWeights,
  type VectorInput,
  type Winnings,
  zerosLike,
} from "@heatword/core";
import type { ElementOptions } from "./_define.ts";

/** Where the words of an input are that was laid out: whose parts they are, and how many there are. */
type Places = Pick<LaidOut, "order" | "parts">;

/**
 * What was found for words where the layers see them, for the words of the text; what was found for
 * the parts of a word is added up.
 *
 * @param found What was found.
 * @param places Where each word is in the text.
 * @param length Number of words of the text.
 * @param layer The name of the layer that lays out the words.
 */
export function inText(
  found: Contributions,
  { order, parts = 1 }: Places,
  length: number,
  layer = "order",
): Contributions {
  const moved = <A extends FloatArray>(numbers: A, size: number): A => {
    const all = zerosLike(numbers, length * parts * size);
    order.forEach((t, i) => all.set(numbers.subarray(i * size, (i + 1) * size), t * size));
    return all as A;
  };
  const { words, values, dimensions, ledger } = found;
  const placed = moved(words, 1);
  return {
    ...found,
    words: parts === 1 ? placed : poolWords(placed, parts, "sum"),
    ...(values && { values: moved(values, dimensions!), dimensions: dimensions! * parts }),
    // The layers lay the words out in a step of their own, which passes all on.
    ...(ledger && { ledger: [...ledger, passedOn(layer, ledger.at(-1)!)] }),
  };
}

const passedOn = (layer: string, { passed }: LedgerEntry): LedgerEntry => ({
  layer,
  rule: "route",
  received: passed,
  passed,
  bias: 0,
  stabilizer: 0,
});

/** The same for the words of the text, where their parts are not simply added up. */
function pooledAnew(found: Contributions, { pooling, detail }: ElementOptions): Contributions {
  const { values, dimensions, ...rest } = found;
  return {
    ...rest,
    words: poolWords(values!, dimensions!, pooling),
    ...(detail === "values" && { values: values!, dimensions: dimensions! }),
  };
}

/**
 * Explains a max-pooled model with the words where the layers see them.
 *
 * @param model The model.
 * @param input The input.
 * @param options How words are pooled, and whether values are given.
 * @param explain Explains an input that needs no laying out.
 * @returns What was found, for the words of the text.
 */
export function whereLaidOut<F extends Contributions[] | undefined, O extends ElementOptions>(
  model: MaxPooledModel,
  input: VectorInput,
  options: O,
  explain: (input: VectorInput, options: O) => F,
): F {
  const laid = model.laidOut?.(input);
  if (laid === undefined) return explain(input, options);
  const anew = laid.parts !== undefined && options.pooling !== "sum";
  const found = explain(laid.input, anew ? { ...options, detail: "values" } : options);
  const layer = layersOf(model, input)[0]!.name;
  return found?.map((one) => {
    const own = inText(one, laid, input.length, layer);
    return anew ? pooledAnew(own, options) : own;
  }) as F;
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
