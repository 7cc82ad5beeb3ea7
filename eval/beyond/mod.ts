/**
 * What Arras et al. 2016 left open: their experiments with other networks and on other tasks.
 *
 * @module
 */
export * from "./beyond_data.ts";
export * from "./compare.ts";
export { chosenDocuments, measureModel, type MeasureOptions } from "./measure.ts";
export * from "./page.ts";
export { beyondAnswer, beyondTables, beyondText, type TextTable } from "./rows.ts";
