/**
 * The explainers. Importing this module registers them all.
 *
 * @module
 */
export * from "./lrp/mod.ts";
export * from "./sa/mod.ts";
