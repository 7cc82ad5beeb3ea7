/**
 * Word vectors from counts: positive pointwise mutual information and its leading singular vectors.
 *
 * @module
 */
export * from "./options.ts";
export * from "./train.ts";
