/**
 * Layer-wise relevance propagation: rules, composites of rules, and the explainer `lrp`.
 *
 * @module
 */
export type { Flow, Step } from "./_flow.ts";
export * from "./composites.ts";
export * from "./lrp.ts";
export * from "./product_rule.ts";
export * from "./propagate.ts";
export * from "./propagate_linear.ts";
export { propagateRecurrent, type StepRules } from "./propagate_recurrent.ts";
export * from "./rule.ts";
