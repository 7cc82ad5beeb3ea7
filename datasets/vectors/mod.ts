/**
 * Word vectors: trained by skip-gram or made of counts, joined, or read from a file.
 *
 * @module
 */
export * from "./cached_vectors.ts";
export * from "./join_vectors.ts";
export * from "./parse_vectors.ts";
export * from "./ppmi/mod.ts";
export * from "./read_vectors.ts";
export * from "./resolve_vectors.ts";
export * from "./skipgram/mod.ts";
export * from "./named_vectors.ts";
export * from "./training_text.ts";
export * from "./vector_spec.ts";
export * from "./words.ts";
export * from "./write_word2vec.ts";
