import { scanSentences } from "./_scan_text.ts";
import type { SpanList } from "./_span_list.ts";
import type { TokenSpan } from "./token_span.ts";

/**
 * The Penn Treebank tokenizer of NLTK 3.1. It takes its text for one sentence: only a full stop at the
 * very end becomes a token of its own.
 *
 * @example
 * ```ts
 * import { TreebankWordTokenizer } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * const tokenizer = new TreebankWordTokenizer();
 * assertEquals(tokenizer.tokenize("They'll pay $5. Cannot you?"),
 *   ["They", "'ll", "pay", "$", "5.", "Can", "not", "you", "?"]);
 * ```
 */
export class TreebankWordTokenizer {
  /** Splits a sentence into tokens. */
  tokenize(text: string): string[] {
    return this.#scan(text).texts(text);
  }

  /** Splits a sentence into tokens and tells where each of them stands. */
  spanTokenize(text: string): TokenSpan[] {
    return this.#scan(text).tokens(text);
  }

  #scan(text: string): SpanList {
    return scanSentences(text, [0, text.length]);
  }
}
