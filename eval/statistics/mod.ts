/**
 * How certain a figure is: intervals by bootstrap and over seeds, proportions, paired
 * tests, several tests at once; and how far two lists of numbers agree.
 *
 * @module
 */
export * from "./bca.ts";
export * from "./clustered_sums.ts";
export * from "./correlation.ts";
export * from "./fewest_judged.ts";
export * from "./holm.ts";
export * from "./interval.ts";
export * from "./mean.ts";
export * from "./mean_interval.ts";
export * from "./paired_bootstrap.ts";
export * from "./proportion.ts";
export * from "./ranks.ts";
export * from "./seed_intervals.ts";
export * from "./sign_flip.ts";
