/**
 * Explanations as plain data: of a document for named targets, and those that experiments share.
 *
 * @module
 */
export * from "./chosen_explainers.ts";
export * from "./cost.ts";
export * from "./explanation.ts";
export * from "./explanations.ts";
export * from "./target_names.ts";
export * from "./targets.ts";
export * from "./units.ts";
