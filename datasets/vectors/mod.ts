/**
 * Word vectors: trained by skip-gram, or read from a file.
 *
 * @module
 */
export * from "./cached_skipgram.ts";
export * from "./parse_vectors.ts";
export * from "./read_vectors.ts";
export * from "./resolve_vectors.ts";
export * from "./skipgram/mod.ts";
export * from "./named_vectors.ts";
export * from "./words.ts";
export * from "./write_word2vec.ts";
