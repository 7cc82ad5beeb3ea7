import type { Measure } from "../measures/measure.ts";
import { drawnInfidelity, exactInfidelity } from "./infidelity.ts";

/** Infidelity of all rows by the same deleted sets. */
export const infidelityMeasure: Measure = {
  name: "infidelity",
  about: "how well sums of relevances foretell the drop after deleting these words",
  needs: "any model",
  columns: [{
    name: "infidelity",
    title: "1 − infidelity",
    about:
      "how well sums of relevances foretell what deleting these words costs, at the best scale",
    better: "higher",
    source: "Yeh et al. 2019",
    kind: "behaviour",
  }],
  figures: async (text) => {
    const { rows, values, plan } = text;
    const all = (await text.limits("score"))?.allSets;
    const infidelity = all
      ? (relevance: ArrayLike<number>) => exactInfidelity(relevance, all)
      : await drawnInfidelity(values.score, text.random(4), plan.infidelitySets ?? 1000);
    return rows.map(({ relevance }) => {
      const { normalised } = infidelity(relevance);
      return { infidelity: normalised === undefined ? undefined : 1 - normalised };
    });
  },
};
