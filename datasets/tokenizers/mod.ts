/**
 * Ways to cut texts into words. Importing this module registers them all.
 *
 * @module
 */
export * from "./characters.ts";
export * from "./keras.ts";
export * from "./newsgroups.ts";
export * from "./nltk.ts";
export * from "./split.ts";
export * from "./unicode.ts";
export * from "./vocabulary.ts";
export * from "./whitespace.ts";
