/**
 * Exact Shapley values of word-CNNs: the explainer `shapley`.
 *
 * @module
 */
export * from "./shapley.ts";
