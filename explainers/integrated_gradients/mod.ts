/**
 * Integrated gradients: the explainer `integrated-gradients`.
 *
 * @module
 */
export * from "./integrated_gradients.ts";
