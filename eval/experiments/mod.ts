/**
 * The paper's experiments on a model and a corpus: a plan, its documents, workers, and results.
 *
 * @module
 */
export type { KeptEvaluations } from "./evaluation_pool.ts";
export * from "./experiments.ts";
export * from "./stopwatch.ts";
export * from "./write.ts";
