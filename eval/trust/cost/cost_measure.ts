import type { Measure } from "../measures/measure.ts";

/** What an explanation costs. */
export const costMeasure: Measure = {
  name: "milliseconds",
  about: "time for an explanation on one thread",
  needs: "any model",
  columns: [{
    name: "milliseconds",
    aspect: "cost",
    title: "ms",
    about: "milliseconds for a text on one thread, the median",
    better: "lower",
    summary: "median",
  }],
  figures: ({ rows }) =>
    Promise.resolve(rows.map(({ figures: { milliseconds } }) => ({ milliseconds }))),
};

/** How far relevances are from the sum that is promised. */
export const conservationMeasure: Measure = {
  name: "conservation",
  about: "how far relevances are from the sum that the explainer promises",
  needs: "explainers that promise a sum",
  columns: [
    {
      name: "conservation",
      aspect: "cost",
      title: "conservation",
      about: "how far the relevances are from the sum that the explainer promises, the median",
      better: "lower",
      source: "Bach et al. 2015",
      summary: "median",
    },
    {
      name: "conservationWorst",
      aspect: "cost",
      title: "conservation, worst",
      about: "the same of the worst text",
      better: "lower",
      source: "Bach et al. 2015",
      summary: "largest",
    },
  ],
  figures: ({ rows }) =>
    Promise.resolve(
      rows.map(({ figures: { conservation } }) => {
        return { conservation, conservationWorst: conservation };
      }),
    ),
};
