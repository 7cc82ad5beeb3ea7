/**
 * Gradient × input: the explainer `gradient-input`.
 *
 * @module
 */
export * from "./gradient_input.ts";
