import {
  emptyScores,
  type Explainer,
  type ExplainSettings,
  type Input,
  type Model,
  presentWords,
  registerExplainer,
  scoreCoalitions,
  type Target,
} from "@heatword/core";
import { seedOption } from "../_options.ts";
import { deleteAbsent, placeWords, readTargets } from "../_words.ts";
import type { Gains } from "./_fit.ts";
import { makePairs, type Pair, type Pairs, pairsFor } from "./_pairs.ts";

/** What is asked, with the positions of the words that can be deleted. */
interface Asked extends ExplainSettings {
  readonly model: Model;
  readonly input: Input;
  readonly targets: readonly Target[];
  readonly positions: readonly number[];
}

/** How many coalitions there are for some words: as many as are asked for, else enough. */
const samplesFor = (words: number, samples: number) => samples || 2048 + 4 * words;

/** What the coalitions of all pairs add to the score of the empty text, for each target. */
async function gainsOf({ model, input, targets, positions, ...settings }: Asked, pairs: Pairs) {
  const count = 2 * pairs.count;
  const gained = new Float64Array(count * targets.length);
  const made = makePairs(pairs);
  let pair: Pair | undefined;
  let full: Float64Array = new Float64Array(targets.length);
  await scoreCoalitions(model, input, {
    ...settings,
    // The first coalition is the whole text. The last is the empty one, which so is in the batches; a
    // model that walks to it might find other digits than where it stands alone.
    total: 1 + count + (model.walksCoalitions ? 0 : 1),
    fill(coalitions, first) {
      for (let m = 0; m < coalitions.size; m++) {
        const place = first + m - 1;
        if (place < 0) continue;
        if (place === count) {
          for (const t of positions) coalitions.delete(m, t);
          continue;
        }
        if (place % 2 === 0) pair = made.next().value!;
        const { present, complement } = pair!;
        deleteAbsent(coalitions, m, positions, place % 2 === 0 ? present : complement);
      }
    },
    take(scores, index) {
      const values = readTargets(targets, scores);
      if (index === 0) full = values;
      else if (index <= count) gained.set(values, (index - 1) * targets.length);
    },
  });
  const empty = readTargets(targets, await emptyScores(model, input));
  for (let i = 0; i < gained.length; i++) gained[i]! -= empty[i % targets.length]!;
  const gains: Gains = (m, k) => [
    gained[2 * m * targets.length + k]!,
    gained[(2 * m + 1) * targets.length + k]!,
  ];
  return { full, totals: full.map((value, k) => value - empty[k]!), gains };
}

/**
 * KernelSHAP: Shapley values as the coefficients of a linear model fitted to the scores of random
 * coalitions of words, drawn in pairs of complements from the Shapley kernel, under the constraint
 * that they sum to f(x) − f(all deleted). Short texts of which all coalitions can be had get exact
 * values. T words need at least 2 (T − 1) samples. The standard errors are those of the constrained
 * regression (sandwich estimator); there are none below 4 (T − 1) + 120 samples.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { kernelShap } from "@heatword/explainers/kernel-shap";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, expectedSum } = await explain(kernelShap, model, input, { of: 0, against: 2 });
 * assertAlmostEquals(words[0]!, expectedSum!, 1e-12);
 * ```
 */
export const kernelShap: Explainer = registerExplainer({
  name: "kernel-shap",
  description: "KernelSHAP: Shapley values, estimated by a regression over random coalitions",
  citation: "Lundberg and Lee 2017, arXiv:1705.07874; " +
    "paired and constrained: Covert and Lee 2021, arXiv:2012.01536",
  tags: {
    needs: "scores",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    samples: {
      type: "number",
      default: 0,
      integer: true,
      min: 0,
      max: 10_000_000,
      description:
        "Number of coalitions, at least 2 for each word but one; 0 takes 2048 and 4 a word",
    },
    seed: seedOption,
  },
  cost: (words, { samples, seed }) =>
    2 + 2 * pairsFor(words, samplesFor(words, samples), seed).count,
  async explain({ options, ...asked }) {
    // Only here: the library of matrices takes longer to load than many a text to explain.
    const { coefficientsOf, errorsOf, solver } = await import("./_fit.ts");
    const { input, targets } = asked;
    const positions = presentWords(input);
    const n = positions.length;
    const samples = samplesFor(n, options.samples);
    const pairs = pairsFor(n, samples, options.seed);
    const solve = n < 2 ? undefined : solver(pairs);
    if (n > 1 && solve === undefined) {
      throw new RangeError(
        `Cannot find the values of ${n} words: the ${samples} samples drawn do not tell all words ` +
          'apart; give a larger option "samples", or another "seed"',
      );
    }
    const { full, totals, gains } = await gainsOf({ ...asked, positions }, pairs);
    const all = solve === undefined
      ? Array.from(totals, (total) => new Float64Array(n).fill(total))
      : coefficientsOf(pairs, gains, totals, solve);
    const errors = solve === undefined
      ? all.map(() => new Float64Array(n))
      : errorsOf(pairs, gains, all, solve);
    return targets.map((_, k) => ({
      score: full[k]!,
      words: placeWords(input.length, positions, all[k]!),
      ...(errors && { standardErrors: placeWords(input.length, positions, errors[k]!) }),
      expectedSum: totals[k]!,
    }));
  },
});
