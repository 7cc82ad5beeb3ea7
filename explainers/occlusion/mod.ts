/**
 * Occlusion, leave one out: the explainer `occlusion`.
 *
 * @module
 */
export * from "./occlusion.ts";
