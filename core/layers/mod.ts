/**
 * The layers that networks are made of: readable, slow and right.
 *
 * @module
 */
export * from "./conv1d.ts";
export * from "./dense.ts";
export * from "./layer.ts";
export * from "./max_over_time.ts";
export * from "./relu.ts";
