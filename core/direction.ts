/**
 * In which direction a text is written.
 *
 * @module
 */

/** Characters of scripts that are written from right to left, and marks that turn the direction. */
const RTL =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Whether a text has characters that are written from right to left.
 *
 * @param text Any text.
 */
export function isRtl(text: string): boolean {
  return RTL.test(text);
}

/**
 * Whether a paragraph begins at the right: its first letter tells, as everywhere.
 *
 * @param paragraph A text without line breaks.
 *
 * @example
 * ```ts
 * import { beginsRight } from "@heatword/core/direction";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["1. שלום moon", "moon שלום", "12!"].map(beginsRight), [true, false, false]);
 * ```
 */
export function beginsRight(paragraph: string): boolean {
  const letter = /\p{L}/u.exec(paragraph);
  return letter !== null && isRtl(letter[0]);
}
