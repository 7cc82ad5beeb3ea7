import type { Measure } from "../measures/measure.ts";
import { getExplainer, reasonAgainst } from "@heatword/core";
import { shapleyDistance } from "./distance.ts";

/** Nearness to exact Shapley values of the score. */
export const shapleyMeasure: Measure = {
  name: "shapley",
  about: "nearness to exact Shapley values of the score",
  needs: "max-pooled convolutions, a linear model, or texts of at most 16 words",
  columns: [
    {
      name: "shapley",
      title: "Shapley r",
      about: "Pearson correlation with exact Shapley values of the score",
      better: "higher",
      source: "Shapley 1953; headline of distance to the truth",
      kind: "truth",
    },
    {
      name: "shapleyTauB",
      aspect: "nearness",
      title: "Shapley τ-b",
      about:
        "rank correlation with exact Shapley values; counts words of no weight as much as others",
      better: "higher",
      source: "Kendall 1945",
    },
    {
      name: "shapleyTop",
      aspect: "nearness",
      title: "Shapley top 5",
      about: "share of the five largest Shapley values among the five largest relevances",
      better: "higher",
      source: "Krishna et al. 2022",
    },
    {
      name: "shapleyDistance",
      aspect: "nearness",
      title: "‖R − φ‖/‖φ‖",
      about: "relative distance from exact Shapley values, of explainers that promise their sum",
      better: "lower",
    },
  ],
  restriction: (model) => {
    const why = reasonAgainst(getExplainer("shapley"), model);
    return why === undefined ? undefined : `${why}; of texts of at most 16 words it is`;
  },
  figures: ({ rows, shapley }) =>
    Promise.resolve(rows.map(({ relevance, figures: { conservation } }) => {
      const distance = shapley && shapleyDistance(relevance, shapley);
      return {
        shapley: distance?.pearson,
        shapleyTauB: distance?.tauB,
        shapleyTop: distance?.topOverlap,
        shapleyDistance: conservation === undefined ? undefined : distance?.relativeDistance,
      };
    })),
};
