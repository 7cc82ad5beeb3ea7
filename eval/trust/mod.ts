/**
 * Which explainer may be trusted for a model: measures with and without ground truth, each a
 * function of what an explanation says and of what the model does with words deleted; and the rule
 * by which numbers become a verdict.
 *
 * @module
 */
export * from "./areas/area_under.ts";
export { type Agreement, agreement } from "./agreement/agreement.ts";
export * from "./f_fidelity/f_fidelity.ts";
export * from "./f_fidelity/f_fidelity_measure.ts";
export * from "./faithfulness/aopc.ts";
export type { Curves } from "./faithfulness/curves.ts";
export * from "./hybrids/hybrid_texts.ts";
export * from "./hybrids/measure_hybrid.ts";
export {
  type DeletedSet,
  type DeletionLaw,
  exactInfidelity,
  type Infidelity,
  infidelityOf,
} from "./infidelity/infidelity.ts";
export * from "./limits/all_sets.ts";
export * from "./limits/beam_limits.ts";
export * from "./limits/exact_limits.ts";
export * from "./limits/normalised.ts";
export * from "./measures/column.ts";
export * from "./measures/measure.ts";
export * from "./measures/registry.ts";
export * from "./neighbours/explanatory_power.ts";
export * from "./neighbours/explanatory_powers.ts";
export * from "./pointing/pointing.ts";
export * from "./pointing/pointing_measure.ts";
export * from "./present/measure_list.ts";
export { verdictText } from "./present/reasons.ts";
export * from "./present/trust_csv.ts";
export * from "./present/trust_html.ts";
export * from "./randomised/entropy.ts";
export * from "./run/measure_all.ts";
export * from "./run/messages.ts";
export { type SetFunction, tableFunction } from "./set_function.ts";
export * from "./sensitivity/max_sensitivity.ts";
export * from "./shapley/distance.ts";
export * from "./shortcuts/check_learned.ts";
export { type PlantedFigures } from "./shortcuts/measure_planted.ts";
export * from "./shortcuts/plant_words.ts";
export { plantsMeasure } from "./shortcuts/plants_measure.ts";
export * from "./shortcuts/planted_documents.ts";
export * from "./shortcuts/planted_texts.ts";
export * from "./shortcuts/planting.ts";
export * from "./shortcuts/ranks_of_truth.ts";
export * from "./shortcuts/shortcut_kinds.ts";
export * from "./shortcuts/shortcut_report.ts";
export * from "./table/average_models.ts";
export * from "./table/column_numbers.ts";
export * from "./table/columns.ts";
export { bootstrapped, type Ends, type Estimate, type EstimateOptions } from "./table/estimates.ts";
export { type Predictor } from "./table/predictors_of.ts";
export { checkControls } from "./table/check_controls.ts";
export * from "./table/compare_rows.ts";
export * from "./table/over_models.ts";
export { forEachResample } from "./table/resamples.ts";
export * from "./table/trust_row.ts";
export * from "./table/trust_table.ts";
export * from "./table/verdict_figures.ts";
export * from "./texts/measure_text.ts";
export * from "./texts/measured_text.ts";
export type { KnownOfText } from "./texts/open_text.ts";
export { type Row, type RowFigures } from "./texts/rows.ts";
export * from "./texts/shapley_by_sets.ts";
export { type LimitOptions, type TextLimits } from "./texts/text_limits.ts";
export { type Readout, READOUTS } from "./texts/text_values.ts";
export * from "./texts/trust_plan.ts";
export * from "./verdict/predictors.ts";
export * from "./verdict/verdict.ts";
