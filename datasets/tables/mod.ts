/**
 * Labelled texts of one's own: tables, lines of JSON, folders.
 *
 * @module
 */
export type { Encoding } from "./_decode.ts";
export * from "./labelled_text.ts";
export * from "./read_labelled.ts";
export * from "./split_labelled.ts";
