/**
 * Test documents that the training documents hold too, wholly or nearly.
 *
 * @module
 */
export * from "./duplicates.ts";
export * from "./near_duplicates.ts";
