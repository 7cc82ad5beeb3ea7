/**
 * Character classes with the meaning they have in Python 3 `str` patterns and methods. Positions are
 * UTF-16 code units; a surrogate pair counts as the one character it is, a lone surrogate as none of
 * letter, digit or white space.
 */

const WORD = /[\p{L}\p{N}_]/u;
const DECIMAL = /\p{Nd}/u;
const UPPERCASE = /\p{Uppercase}/u;
const LOWERCASE = /\p{Lowercase}/u;

/** Python's `str.isspace()`: also U+001C to U+001F and U+0085, but not U+FEFF. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code <= 32 && (code >= 28 || (code >= 9 && code <= 13));
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 ||
    code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

/** First position from `start` on, up to `end`, that is not white space. */
export function skipSpace(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** First position from `start` on, up to `end`, that is white space. */
export function skipNonSpace(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && !isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Python's `\w` for one code point. */
export function isWord(codePoint: number): boolean {
  if (codePoint < 0x80) {
    return (codePoint >= 97 && codePoint <= 122) || (codePoint >= 65 && codePoint <= 90) ||
      (codePoint >= 48 && codePoint <= 57) || codePoint === 95;
  }
  return WORD.test(String.fromCodePoint(codePoint));
}

/** Python's `\d` for one code point. */
export function isDecimal(codePoint: number): boolean {
  if (codePoint < 0x80) return codePoint >= 48 && codePoint <= 57;
  return DECIMAL.test(String.fromCodePoint(codePoint));
}

/** Python's `[^\W\d]` for one code point. */
export function isAlphabetic(codePoint: number): boolean {
  return isWord(codePoint) && !isDecimal(codePoint);
}

/** `text[0].isupper()` of a string that is not empty. */
export function startsUpper(text: string): boolean {
  const code = text.codePointAt(0)!;
  return code < 0x80 ? code >= 65 && code <= 90 : UPPERCASE.test(String.fromCodePoint(code));
}

/** `text[0].islower()` of a string that is not empty. */
export function startsLower(text: string): boolean {
  const code = text.codePointAt(0)!;
  return code < 0x80 ? code >= 97 && code <= 122 : LOWERCASE.test(String.fromCodePoint(code));
}

/** The code point that ends just before position `end`. */
export function codePointBefore(text: string, end: number): number {
  const low = text.charCodeAt(end - 1);
  if (low >= 0xdc00 && low <= 0xdfff && end >= 2) {
    const pair = text.codePointAt(end - 2)!;
    if (pair > 0xffff) return pair;
  }
  return low;
}

/** Number of code points, which is Python's `len()`. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if (text.codePointAt(i)! > 0xffff) {
      length--;
      i++;
    }
  }
  return length;
}
