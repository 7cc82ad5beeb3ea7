/**
 * The toy task of Arras et al. 2019 (arXiv:1904.11829): recurrent networks that add or subtract two
 * numbers of a sequence, so that it is known what every word contributes.
 *
 * @module
 */
export * from "./measure.ts";
export * from "./sequences.ts";
export * from "./train.ts";
