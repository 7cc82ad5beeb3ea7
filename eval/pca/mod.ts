/**
 * Documents as vectors, weighted by relevance, and how well their groups are separated: the
 * experiment of Fig. 3 of Arras et al. 2016, for any registered explainer.
 *
 * @module
 */
export * from "./document_vectors.ts";
export * from "./evaluate_panels.ts";
export * from "./panels.ts";
export * from "./project.ts";
export * from "./silhouette.ts";
export * from "./silhouette_influence.ts";
export * from "./tf_idf.ts";
