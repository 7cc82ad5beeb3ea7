/**
 * Explanations of one input, shared by the experiments.
 *
 * @module
 */
export * from "./explanations.ts";
