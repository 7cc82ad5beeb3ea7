/** A word of a document, with its place in the raw text. */
export interface Token {
  /** The token as the tokenizer gives it; may differ from the raw text (rewritten quotes). */
  readonly text: string;
  /** Offset of the first UTF-16 code unit in the raw text. */
  readonly start: number;
  /** Offset after the last UTF-16 code unit in the raw text. */
  readonly end: number;
}

/** A part of a text that the model does not see. */
export interface UnseenSpan {
  /** Offset of its first UTF-16 code unit. */
  readonly start: number;
  /** Offset after its last UTF-16 code unit. */
  readonly end: number;
  /** Why: the tokenizer leaves it out, or the model takes no more words. */
  readonly reason: "filtered" | "beyond the limit";
}

/**
 * A text and its words. The offsets tie every word to the raw text, so that a heatmap can show the
 * whole text as it was written, and repeated words stay separate.
 */
export interface Document {
  /** The raw text, unchanged. */
  readonly text: string;
  /** The words a model sees, in text order. */
  readonly tokens: readonly Token[];
  /**
   * How many words of the text were cut off: after the last token, or before the first where
   * {@linkcode cutSpan} says so.
   *
   * @default {0}
   */
  readonly truncated?: number;
  /** The parts of the text that the model does not see, in text order. @default {[]} */
  readonly unseen?: readonly UnseenSpan[];
  /** A name, e.g. `sci.space/61393`. */
  readonly id?: string;
  /** The true class, if known. */
  readonly label?: string;
}

/**
 * The part of a text that was cut off because the model takes no more words.
 *
 * @param document The document, or as much of it as is at hand.
 * @returns Its start and end: before the first token where words at the front were cut off, else after
 * the last token; empty, at the end of the text, where nothing was.
 *
 * @example
 * ```ts
 * import { cutSpan } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const last = { text: "ride", start: 5, end: 9 };
 * const front = { start: 0, end: 4, reason: "beyond the limit" } as const;
 * const document = { text: "long ride", tokens: [last], truncated: 1 };
 * assertEquals(cutSpan({ ...document, unseen: [front] }), [0, 5]);
 * assertEquals(cutSpan({ ...document, tokens: [{ text: "long", start: 0, end: 4 }] }), [4, 9]);
 * ```
 */
export function cutSpan(
  { text, tokens, truncated = 0, unseen = [] }: Pick<
    Document,
    "text" | "tokens" | "truncated" | "unseen"
  >,
): [start: number, end: number] {
  if (truncated === 0) return [text.length, text.length];
  const first = tokens[0]?.start ?? 0;
  const isFront = unseen.some(({ end, reason }) => reason === "beyond the limit" && end <= first);
  return isFront ? [0, first] : [tokens.at(-1)?.end ?? text.length, text.length];
}
