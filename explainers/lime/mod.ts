/**
 * LIME for text: the explainer `lime`.
 *
 * @module
 */
export * from "./lime.ts";
