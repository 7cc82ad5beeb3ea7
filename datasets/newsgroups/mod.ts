/**
 * The 20Newsgroups corpus, "bydate" split.
 *
 * @module
 */
export * from "./article.ts";
export * from "./content_digest.ts";
export * from "./groups.ts";
export * from "./load.ts";
