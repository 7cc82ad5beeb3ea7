/**
 * Evaluating explainers over a corpus: document by document, then summed up.
 *
 * @module
 */
export * from "./evaluate_document.ts";
export * from "./summarize.ts";
