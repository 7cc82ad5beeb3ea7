/**
 * Archives, read without trusting them.
 *
 * @module
 */
export * from "./maybe_gunzip.ts";
export * from "./safe_name.ts";
export * from "./tar_gz.ts";
export * from "./zip.ts";
