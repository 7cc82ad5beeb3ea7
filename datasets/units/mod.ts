/**
 * Words of a text in groups: its phrases, sentences and paragraphs.
 *
 * @module
 */
export * from "./units.ts";
