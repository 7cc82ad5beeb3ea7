import {
  type Explainer,
  presentWords,
  Random,
  registerExplainer,
  scoreCoalitions,
} from "@heatword/core";
import { samplesOption, seedOption } from "../_options.ts";
import { readTargets } from "../_words.ts";

/**
 * Shapley values by sampling: in a random order of the words, a word's contribution is what the
 * score loses when the words are deleted one after the other and its turn comes. Every order is
 * used backwards too (antithetic), and the relevance is the mean. The relevances sum to
 * f(x) − f(all deleted) exactly; the standard errors are those of the mean over pairs of orders.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { sampledShapley } from "@heatword/explainers/sampled-shapley";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const { words, standardErrors } = await explain(sampledShapley, model, input, 0);
 * assertEquals([words.length, standardErrors!.length], [2, 2]);
 * ```
 */
export const sampledShapley: Explainer = registerExplainer({
  name: "sampled-shapley",
  description: "Shapley values, estimated over random orders of the words",
  citation: "Castro et al. 2009, doi:10.1016/j.cor.2008.04.004; " +
    "antithetic: Mitchell et al. 2022, arXiv:2104.12199",
  tags: {
    needs: "scores",
    signed: true,
    conserves: "difference",
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    permutations: samplesOption(25, "Number of random orders, each used in both directions", 2),
    seed: seedOption,
  },
  // The orders share their beginning, the whole text, and their end, the empty one.
  cost: (words, { permutations }) => 2 + 2 * permutations * Math.max(0, words - 1),
  async explain({ model, input, targets, options, signal, onProgress }) {
    const positions = presentWords(input);
    const { permutations, seed } = options;
    const random = new Random(seed);
    const { length } = input;
    const means = targets.map(() => new Float64Array(length));
    const squares = targets.map(() => new Float64Array(length));
    const pair = targets.map(() => new Float64Array(length));
    // A walk deletes all words in turn; every order is walked in both directions.
    const steps = positions.length;
    const walks: number[][] = [];
    const orderOf = (walk: number) => {
      if (walks[walk] === undefined) {
        const order = random.shuffle([...positions]);
        walks[walk] = order;
        walks[walk + 1] = order.toReversed();
      }
      return walks[walk]!;
    };
    let full: Float64Array = new Float64Array(targets.length);
    let before = full;
    let empty = full;
    const settle = (m: number) => {
      // Welford's running mean and sum of squared deviations.
      for (let k = 0; k < targets.length; k++) {
        for (const t of positions) {
          const deviation = pair[k]![t]! - means[k]![t]!;
          means[k]![t]! += deviation / m;
          squares[k]![t]! += deviation * (pair[k]![t]! - means[k]![t]!);
        }
      }
      pair.forEach((values) => values.fill(0));
    };
    await scoreCoalitions(model, input, {
      total: 1 + 2 * permutations * steps,
      fill(coalitions, first) {
        for (let m = 0; m < coalitions.size; m++) {
          const place = first + m - 1;
          if (place < 0) continue;
          const order = orderOf(Math.floor(place / steps));
          const step = place % steps;
          if (m > 0 && step > 0) {
            coalitions.copy(m, m - 1);
            coalitions.delete(m, order[step]!);
          } else for (let i = 0; i <= step; i++) coalitions.delete(m, order[i]!);
        }
      },
      take(scores, index) {
        const after = readTargets(targets, scores);
        if (index === 0) {
          full = before = empty = after;
          return;
        }
        const walk = Math.floor((index - 1) / steps);
        const step = (index - 1) % steps;
        if (step === 0) before = full;
        const t = walks[walk]![step]!;
        for (let k = 0; k < targets.length; k++) pair[k]![t]! += (before[k]! - after[k]!) / 2;
        before = after;
        if (step < steps - 1) return;
        empty = after;
        delete walks[walk];
        if (walk % 2 === 1) settle((walk + 1) / 2);
      },
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    return targets.map((_, k) => ({
      score: full[k]!,
      words: means[k]!,
      standardErrors: squares[k]!.map((sum) => Math.sqrt(sum / (permutations - 1) / permutations)),
      expectedSum: full[k]! - empty[k]!,
    }));
  },
});
