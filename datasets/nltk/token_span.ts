/** A token and where it stands in the raw text. */
export interface TokenSpan {
  /** The token in NLTK's form: `"` becomes ```` `` ```` or `''`, all others are as written. */
  readonly text: string;
  /** Position of its first UTF-16 code unit in the raw text. */
  readonly start: number;
  /** Position after its last UTF-16 code unit in the raw text. */
  readonly end: number;
}
