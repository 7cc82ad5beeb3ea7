/**
 * Layer-wise relevance propagation: rules, composites of rules, and the explainer `lrp`.
 *
 * @module
 */
export * from "./composites.ts";
export * from "./lrp.ts";
export * from "./propagate.ts";
export * from "./propagate_linear.ts";
export * from "./rule.ts";
