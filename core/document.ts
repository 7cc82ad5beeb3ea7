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
  /** How many words of the text were cut off after the last token. @default {0} */
  readonly truncated?: number;
  /** The parts of the text that the model does not see, in text order. @default {[]} */
  readonly unseen?: readonly UnseenSpan[];
  /** A name, e.g. `sci.space/61393`. */
  readonly id?: string;
  /** The true class, if known. */
  readonly label?: string;
}
