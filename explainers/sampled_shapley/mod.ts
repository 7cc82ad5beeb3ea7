/**
 * Shapley values by sampling orders: the explainer `sampled-shapley`.
 *
 * @module
 */
export * from "./sampled_shapley.ts";
