/**
 * NLTK 3.1's tokenizer: the same sentences and the same words.
 *
 * @module
 */
export * from "./punkt_parameters.ts";
export * from "./read_punkt_tab.ts";
export * from "./tokenize.ts";
