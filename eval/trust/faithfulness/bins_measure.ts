import type { Measure } from "../measures/measure.ts";

/** Comprehensiveness and sufficiency at the shares of ERASER. */
export const binsMeasure: Measure = {
  name: "bins",
  about: "comprehensiveness and sufficiency at 1, 5, 10, 20 and 50 % of the words",
  needs: "any model",
  columns: [
    {
      name: "compBins",
      aspect: "deletion",
      title: "comp., bins",
      about: "drop of the probability at 1, 5, 10, 20 and 50 % of the words deleted",
      better: "higher",
      source: "ERASER, DeYoung et al. 2020",
    },
    {
      name: "suffBins",
      aspect: "deletion",
      title: "suff., bins",
      about: "drop of the probability with 1, 5, 10, 20 and 50 % of the words kept",
      better: "lower",
      source: "ERASER, DeYoung et al. 2020",
    },
    {
      name: "compBinsScore",
      aspect: "deletion",
      title: "comp., bins, score",
      about: "drop of the score at these shares deleted",
      better: "higher",
      source: "ERASER, DeYoung et al. 2020",
    },
    {
      name: "suffBinsScore",
      aspect: "deletion",
      title: "suff., bins, score",
      about: "drop of the score with these shares kept",
      better: "lower",
      source: "ERASER, DeYoung et al. 2020",
    },
  ],
  figures: async (text) =>
    (await text.curves()).map(({ score, probability }) => ({
      compBins: probability.compBins,
      suffBins: probability.suffBins,
      compBinsScore: score.compBins,
      suffBinsScore: score.suffBins,
    })),
};
