/**
 * Downloads that do not trust what they get.
 *
 * @module
 */
export * from "./download.ts";
export * from "./download_error.ts";
export * from "./download_stream.ts";
