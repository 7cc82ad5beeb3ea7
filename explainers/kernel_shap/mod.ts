/**
 * KernelSHAP: the explainer `kernel-shap`.
 *
 * @module
 */
export * from "./kernel_shap.ts";
