/**
 * The explainers. Importing this module registers them all.
 *
 * @module
 */
export * from "./lrp/mod.ts";
export * from "./sa/mod.ts";
export * from "./gradient_input/mod.ts";
export * from "./integrated_gradients/mod.ts";
export * from "./smoothgrad/mod.ts";
export * from "./deeplift/mod.ts";
export * from "./occlusion/mod.ts";
export * from "./lime/mod.ts";
export * from "./kernel_shap/mod.ts";
export * from "./sampled_shapley/mod.ts";
export * from "./shapley/mod.ts";
export * from "./random/mod.ts";
export * from "./quadrature.ts";
