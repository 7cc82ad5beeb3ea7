/** A text that was changed, with the places that its UTF-16 code units have in the raw one. */
export interface Changed {
  /** The text now. */
  readonly text: string;
  /** Where each of its code units starts in the raw text; absent where all are at their place. */
  readonly starts?: Int32Array;
  /** Where each of them ends there. */
  readonly ends?: Int32Array;
}

/**
 * Puts a text in lower case as a whole, so that a sigma at the end of a word is a final one, as
 * Python's `str.lower` does.
 *
 * @param text The text.
 * @returns It in lower case; places are given where a letter became longer, as İ does.
 */
export function lowerCase(text: string): Changed {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return { text: lower };
  const starts = new Int32Array(lower.length);
  const ends = new Int32Array(lower.length);
  let to = 0;
  let from = 0;
  for (const character of text) {
    const length = character.toLowerCase().length;
    starts.fill(from, to, to + length);
    from += character.length;
    ends.fill(from, to, to + length);
    to += length;
  }
  return { text: lower, starts, ends };
}
