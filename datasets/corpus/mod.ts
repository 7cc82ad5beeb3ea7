/**
 * Corpora that are ready for training and testing: 20Newsgroups, the miniature corpus, own tables.
 *
 * @module
 */
export { reportBadRows } from "./bad_rows.ts";
export * from "./compact_document.ts";
export * from "./corpus.ts";
export * from "./evaluated_texts.ts";
export * from "./labelled_corpus.ts";
export * from "./left_out_words.ts";
export * from "./open_corpus.ts";
export * from "./own_texts.ts";
export * from "./training_rows.ts";
