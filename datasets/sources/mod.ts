/**
 * Where the data comes from that others publish, and how it is fetched.
 *
 * @module
 */
export * from "./google_news.ts";
export * from "./newsgroups.ts";
export * from "./punkt.ts";
export type { FetchOptions, Source } from "./source.ts";
