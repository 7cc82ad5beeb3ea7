/**
 * What a model, an explainer and a relevance are, and what both are made of: layers, poolings,
 * perturbations, options, the registry of explainers, and seeded random numbers.
 *
 * @module
 */
export * from "./document.ts";
export * from "./explainer.ts";
export * from "./file_kind.ts";
export * from "./layers/mod.ts";
export * from "./model.ts";
export * from "./nearest_name.ts";
export * from "./network.ts";
export * from "./options.ts";
export * from "./perturbation.ts";
export * from "./pooling.ts";
export * from "./progress.ts";
export * from "./random.ts";
export * from "./registry.ts";
export * from "./relevance.ts";
export * from "./target.ts";
export * from "./tensor.ts";
