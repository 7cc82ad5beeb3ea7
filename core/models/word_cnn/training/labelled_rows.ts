/** A document for training: the rows of its words, and its class. */
export interface LabelledRows {
  /** Rows of the vocabulary in text order, −1 for the zero vector. */
  readonly rows: ArrayLike<number>;
  /**
   * Which word each row is a part of, in text order, where rows are parts of words: parts are left out
   * at random together. @default {each is a word of its own}
   */
  readonly words?: ArrayLike<number>;
  /** Index of the class. */
  readonly label: number;
}

/** How well a set of documents is classified. */
export interface Metrics {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Part of the documents that is classified correctly. */
  readonly accuracy: number;
}
