/**
 * What proves an explainer right: the conformance kit, and small models to try explainers on.
 *
 * @module
 */
export * from "./capability_card.ts";
export * from "./check_explainer.ts";
export * from "./network_model.ts";
