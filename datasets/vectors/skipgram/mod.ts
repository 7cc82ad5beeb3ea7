/**
 * Word vectors by skip-gram with negative sampling.
 *
 * @module
 */
export * from "./options.ts";
export * from "./train.ts";
