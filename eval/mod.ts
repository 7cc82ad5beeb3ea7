/**
 * Experiments that tell how far explanations can be trusted, against any registered explainer, and
 * the report of what they found.
 *
 * @module
 */
export * from "./assessment/mod.ts";
export * from "./atlas/mod.ts";
export * from "./classification/mod.ts";
export * from "./corpus/mod.ts";
export * from "./deletion/mod.ts";
export * from "./duplicates/mod.ts";
export * from "./explanations/mod.ts";
export * from "./heatmap/mod.ts";
export * from "./claims/mod.ts";
export * from "./numbers/mod.ts";
export * from "./pca/mod.ts";
export * from "./plots/mod.ts";
export * from "./report/mod.ts";
export * from "./statistics/mod.ts";
export * from "./toy_task/mod.ts";
