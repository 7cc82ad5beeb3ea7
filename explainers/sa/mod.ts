/**
 * Sensitivity analysis: the explainer `sa`.
 *
 * @module
 */
export * from "./sa.ts";
