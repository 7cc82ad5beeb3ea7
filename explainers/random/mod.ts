/**
 * The random baseline: the explainer `random`.
 *
 * @module
 */
export * from "./random.ts";
