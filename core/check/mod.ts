/**
 * What proves a tokenizer or a model right: the conformance kits. That of explainers is in
 * `@heatword/explainers/check`.
 *
 * @module
 */
export * from "./check_model.ts";
export * from "./check_tokenizer.ts";
export * from "./model_card.ts";
export type { ModelCost } from "./_cost.ts";
