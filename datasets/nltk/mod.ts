/**
 * The tokenizer of NLTK 3.1: the same sentences, the same words, and where they stand in the text.
 *
 * @module
 */
export { englishParameters } from "./english_parameters.ts";
export { PUNKT_TAB_FILES } from "./_punkt_tab_files.ts";
export * from "./find_punkt_parameters.ts";
export * from "./punkt_parameters.ts";
export * from "./punkt_sentence_tokenizer.ts";
export * from "./punkt_trainer.ts";
export * from "./read_punkt_tab.ts";
export * from "./sent_tokenize.ts";
export * from "./span_tokenize.ts";
export * from "./token_span.ts";
export * from "./treebank_word_tokenizer.ts";
export * from "./word_tokenize.ts";
export * from "./write_punkt_tab.ts";
