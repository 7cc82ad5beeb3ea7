/**
 * DeepLIFT with the rescale rule: the explainer `deeplift`.
 *
 * @module
 */
export * from "./deeplift.ts";
