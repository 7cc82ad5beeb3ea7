/**
 * Deleting words in the order of their relevance: the experiment of Fig. 1 of Arras et al. 2016, for
 * any registered explainer.
 *
 * @module
 */
export * from "./delete_words.ts";
export * from "./deletion_curves.ts";
export * from "./deletion_flags.ts";
export * from "./rank_words.ts";
export * from "./score_curves.ts";
