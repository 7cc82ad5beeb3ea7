import {
  emptyScores,
  type Explainer,
  presentWords,
  registerExplainer,
  scoreCoalitions,
} from "@heatword/core";
import { samplesOption, seedOption } from "../_options.ts";
import { deleteAbsent, placeWords, readTargets } from "../_words.ts";
import { drawSamples, type Sampling } from "./_samples.ts";

/**
 * LIME for text: a linear model of the score, fitted to samples with random words deleted, the
 * more alike the text the heavier (exponential kernel of the cosine distance), with a ridge
 * penalty; a word's relevance is its coefficient. Sampling, kernel and penalty are those of the
 * authors' program for text. Other than there, 1,000 samples are drawn by default and not 5,000, no
 * features are selected first, repeated words stay apart, and the score before softmax is fitted.
 * The standard errors are those of the weighted ridge regression (sandwich estimator HC2); there
 * are none where the fit leaves no freedom to estimate them from.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { lime } from "@heatword/explainers/lime";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const options = { samples: 200, seed: 1 };
 * const once = await explain(lime, model, input, 0, options);
 * assertEquals(once, await explain(lime, model, input, 0, options));
 * ```
 */
export const lime: Explainer = registerExplainer({
  name: "lime",
  description: "LIME: a linear model fitted to the scores of texts with random words deleted",
  citation: "Ribeiro et al. 2016, doi:10.1145/2939672.2939778",
  tags: {
    needs: "scores",
    signed: true,
    conserves: false,
    ignoresDeleted: true,
    stochastic: true,
  },
  options: {
    samples: samplesOption(1000, "Number of texts with deleted words", 2),
    "kernel-width": {
      type: "number",
      default: 25,
      min: 0.001,
      description: "Width of the kernel, in hundredths of the cosine distance",
    },
    ridge: { type: "number", default: 1, min: 1e-9, description: "Weight of the ridge penalty" },
    seed: seedOption,
  },
  cost: (_, { samples }) => samples,
  async explain({ model, input, targets, options, signal, onProgress }) {
    const positions = presentWords(input);
    const n = positions.length;
    const sampling: Sampling = {
      words: n,
      count: n === 0 ? 1 : options.samples,
      width: options["kernel-width"],
      seed: options.seed,
    };
    const outcomes = new Float64Array(sampling.count * targets.length);
    const samples = drawSamples(sampling);
    const isEmpty = new Uint8Array(sampling.count);
    await scoreCoalitions(model, input, {
      total: sampling.count,
      fill(coalitions, first) {
        for (let m = 0; m < coalitions.size; m++) {
          const { present } = samples.next().value!;
          deleteAbsent(coalitions, m, positions, present);
          if (first + m > 0 && !present.includes(1)) isEmpty[first + m] = 1;
        }
      },
      take: (scores, m) => outcomes.set(readTargets(targets, scores), m * targets.length),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    if (isEmpty.includes(1)) {
      const empty = readTargets(targets, await emptyScores(model, input));
      isEmpty.forEach((is, m) => is && outcomes.set(empty, m * targets.length));
    }
    // Only here: the library of matrices takes longer to load than many a text to explain.
    const { fitSamples } = await import("./_fit.ts");
    const fits = fitSamples(sampling, outcomes, options.ridge);
    if (fits === undefined) {
      throw new RangeError(
        `Cannot tell ${n} words apart by ${sampling.count} samples with a penalty of ` +
          `${options.ridge}: give a larger option "samples" or "ridge"`,
      );
    }
    return targets.map((_, k) => {
      const { coefficients, errors } = fits[k]!;
      return {
        score: outcomes[k]!,
        words: placeWords(input.length, positions, coefficients),
        ...(errors && { standardErrors: placeWords(input.length, positions, errors) }),
      };
    });
  },
});
