/**
 * The paper's experiments on a model and a corpus: a plan, its documents, workers, and results.
 *
 * @module
 */
export * from "./experiments.ts";
export * from "./stopwatch.ts";
export * from "./write.ts";
