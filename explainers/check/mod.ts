/**
 * What proves an explainer right: the conformance kit, and small models to try explainers on.
 *
 * @module
 */
export * from "./network_model.ts";
