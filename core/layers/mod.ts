/**
 * The layers that networks are made of: readable, slow and right.
 *
 * @module
 */
export * from "./activation.ts";
export * from "./average_pool1d.ts";
export * from "./conv1d.ts";
export * from "./dense.ts";
export * from "./element_function.ts";
export * from "./flatten.ts";
export * from "./layer.ts";
export * from "./max_over_time.ts";
export { maxPool1d, type Pool1dOptions } from "./max_pool1d.ts";
export * from "./merge.ts";
export * from "./parallel.ts";
export * from "./pick_rows.ts";
export * from "./recurrent/mod.ts";
export * from "./relu.ts";
export * from "./reverse_rows.ts";
export * from "./scale.ts";
