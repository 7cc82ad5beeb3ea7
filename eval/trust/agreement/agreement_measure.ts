import type { Measure } from "../measures/measure.ts";

/** How far explainers agree; a table of pairs of its own. */
export const agreementMeasure: Measure = {
  name: "agreement",
  about: "how far each two explainers agree: ranks, largest words, signs",
  needs: "two explainers",
  columns: [],
};
