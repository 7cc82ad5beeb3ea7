import type { Measure } from "../measures/measure.ts";

/** Comprehensiveness and sufficiency as they are, over all numbers of words. */
export const aopcMeasure: Measure = {
  name: "aopc",
  about: "comprehensiveness and sufficiency over all numbers of words",
  needs: "any model",
  columns: [
    {
      name: "comp",
      aspect: "deletion",
      title: "AOPC comp.",
      about: "mean drop of the score over all numbers of deleted words",
      better: "higher",
      source: "Samek et al. 2017",
    },
    {
      name: "suff",
      aspect: "deletion",
      title: "AOPC suff.",
      about: "mean drop of the score over all numbers of kept words",
      better: "lower",
      source: "DeYoung et al. 2020",
    },
    {
      name: "compProbability",
      aspect: "deletion",
      title: "comp., prob.",
      about: "the same mean drop of the probability while words are deleted",
      better: "higher",
      source: "DeYoung et al. 2020",
    },
    {
      name: "suffProbability",
      aspect: "deletion",
      title: "suff., prob.",
      about: "the same mean drop of the probability while words are kept",
      better: "lower",
      source: "DeYoung et al. 2020",
    },
  ],
  figures: async (text) =>
    (await text.curves()).map(({ score, probability }) => ({
      comp: score.comp,
      suff: score.suff,
      compProbability: probability.comp,
      suffProbability: probability.suff,
    })),
};
