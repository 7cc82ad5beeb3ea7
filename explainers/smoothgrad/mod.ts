/**
 * SmoothGrad: the explainer `smoothgrad`.
 *
 * @module
 */
export * from "./smoothgrad.ts";
