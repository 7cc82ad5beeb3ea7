/** A document to learn from. */
export interface LabelledWords {
  /** Index of its class. */
  readonly label: number;
  /** Its words, in text order. */
  readonly words: readonly string[];
}
