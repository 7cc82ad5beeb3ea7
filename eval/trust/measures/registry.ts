import { type Model, unknownName } from "@heatword/core";
import { agreementMeasure } from "../agreement/agreement_measure.ts";
import { areasMeasure } from "../areas/areas_measure.ts";
import { conservationMeasure, costMeasure } from "../cost/cost_measure.ts";
import { aopcMeasure } from "../faithfulness/aopc_measure.ts";
import { fFidelityMeasure } from "../f_fidelity/f_fidelity_measure.ts";
import { binsMeasure } from "../faithfulness/bins_measure.ts";
import { infidelityMeasure } from "../infidelity/infidelity_measure.ts";
import { naopcMeasure } from "../limits/naopc_measure.ts";
import { epiMeasure } from "../neighbours/epi_measure.ts";
import { pointingMeasure } from "../pointing/pointing_measure.ts";
import { randomisedMeasure } from "../randomised/randomised_measure.ts";
import { sensitivityMeasure } from "../sensitivity/sensitivity_measure.ts";
import { plantsMeasure } from "../shortcuts/plants_measure.ts";
import { shapleyMeasure } from "../shapley/shapley_measure.ts";
import type { Measure } from "./measure.ts";

/** All measures, in the order of their columns. */
export const MEASURES: readonly Measure[] = [
  shapleyMeasure,
  plantsMeasure,
  pointingMeasure,
  naopcMeasure,
  fFidelityMeasure,
  infidelityMeasure,
  aopcMeasure,
  binsMeasure,
  areasMeasure,
  randomisedMeasure,
  sensitivityMeasure,
  epiMeasure,
  agreementMeasure,
  conservationMeasure,
  costMeasure,
];

/**
 * The measures of some names.
 *
 * @param names Their names. @default {all}
 * @returns The measures, in the order of {@linkcode MEASURES}.
 * @throws {RangeError} If a name is unknown; the message says which is nearest.
 *
 * @example
 * ```ts
 * import { measuresOf } from "@heatword/eval/trust";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(measuresOf(["aopc", "shapley"]).map(({ name }) => name), ["shapley", "aopc"]);
 * assertThrows(() => measuresOf(["shaply"]), RangeError, 'did you mean "shapley"');
 * ```
 */
export function measuresOf(names?: readonly string[]): readonly Measure[] {
  if (names === undefined) return MEASURES;
  const known = MEASURES.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw unknownName("measure", name, known);
  }
  return MEASURES.filter(({ name }) => names.includes(name));
}

/**
 * The measures that a model cannot be measured with, or not for all texts, and why.
 *
 * @param measures The measures.
 * @param model The model.
 */
export function reasonsAgainst(
  measures: readonly Measure[],
  model: Model,
): { readonly measure: string; readonly why: string }[] {
  return measures.flatMap(({ name, reasonAgainst, restriction }) => {
    const why = reasonAgainst?.(model) ?? restriction?.(model);
    return why === undefined ? [] : [{ measure: name, why }];
  });
}
