/**
 * What a tokenizer, a model, an explainer and a relevance are, how plugins of these kinds are defined
 * and registered, and what they are made of: documents, coalitions, layers, poolings, options, and
 * seeded random numbers.
 *
 * @module
 */
export * from "./assert_found.ts";
export * from "./checks.ts";
export * from "./coalitions.ts";
export * from "./conservation.ts";
export * from "./define_model.ts";
export * from "./document.ts";
export * from "./explain.ts";
export * from "./explainer.ts";
export * from "./finite_scores.ts";
export * from "./file_kind.ts";
export * from "./format_count.ts";
export * from "./gradients.ts";
export * from "./layers/mod.ts";
export * from "./max_pooled_layers.ts";
export * from "./max_pooled_model.ts";
export * from "./model.ts";
export * from "./model_kind.ts";
export * from "./model_unavailable.ts";
export * from "./nearest_name.ts";
export * from "./network.ts";
export * from "./options.ts";
export * from "./plugins.ts";
export * from "./pooling.ts";
export * from "./progress.ts";
export * from "./random.ts";
export * from "./registry.ts";
export * from "./relevance.ts";
export * from "./score_coalitions.ts";
export { emptyScores, wholeScores } from "./score_memory.ts";
export * from "./scores_without_each.ts";
export * from "./shuffled_weights.ts";
export * from "./softmax.ts";
export * from "./target.ts";
export * from "./tensor.ts";
export * from "./text_reader.ts";
export * from "./tokenizer.ts";
export * from "./unit.ts";
export * from "./units.ts";
export * from "./unseen.ts";
export * from "./word_limit.ts";
