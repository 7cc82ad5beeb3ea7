import type { Measure } from "../measures/measure.ts";

/** Insertion and deletion areas of the probability (Petsiuk et al. 2018). */
export const areasMeasure: Measure = {
  name: "areas",
  about: "areas under the probability as words are deleted, and as they are inserted",
  needs: "any model",
  columns: [
    {
      name: "deletionArea",
      aspect: "deletion",
      title: "deletion area",
      about: "area under the probability as words are deleted, the most relevant first",
      better: "lower",
      source: "Petsiuk et al. 2018",
    },
    {
      name: "insertionArea",
      aspect: "deletion",
      title: "insertion area",
      about:
        "area under the probability as words are inserted into nothing, the most relevant first",
      better: "higher",
      source: "Petsiuk et al. 2018",
    },
  ],
  figures: async (text) =>
    (await text.curves()).map(({ probability: { deletion, insertion } }) => {
      return { deletionArea: deletion, insertionArea: insertion };
    }),
};
