/**
 * How certain a figure is: intervals by bootstrap, proportions, several tests at once.
 *
 * @module
 */
export * from "./bca.ts";
export * from "./holm.ts";
export * from "./interval.ts";
export * from "./paired_bootstrap.ts";
export * from "./proportion.ts";
