/**
 * Where data is found, and how texts become documents.
 *
 * @module
 */
export * from "./folders.ts";
export * from "./preprocess.ts";
