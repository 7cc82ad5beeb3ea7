/** Neighbouring words of a document that come and go together, e.g. those of a sentence. */
export interface Unit {
  /** Offset of its first UTF-16 code unit in the text. */
  readonly start: number;
  /** Offset after its last UTF-16 code unit. */
  readonly end: number;
  /** Position of its first word. */
  readonly from: number;
  /** Position after its last word. */
  readonly to: number;
}
