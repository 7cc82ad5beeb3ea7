/**
 * Words of a text in groups: its phrases, sentences and paragraphs.
 *
 * @module
 */
export * from "./unit_names.ts";
export * from "./units.ts";
