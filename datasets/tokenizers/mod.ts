/**
 * Ways to cut texts into words. Importing this module registers them all.
 *
 * @module
 */
export * from "./newsgroups.ts";
export * from "./nltk.ts";
export * from "./whitespace.ts";
