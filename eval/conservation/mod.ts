/**
 * Whether relevance sums to what it promises.
 *
 * @module
 */
export * from "./conservation.ts";
