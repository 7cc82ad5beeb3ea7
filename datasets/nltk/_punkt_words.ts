import { isSpace } from "./_unicode.ts";

/** Characters that end a word wherever they stand: `? ! ) " ; } ] * : @ ' ( { [`. */
const ENDS_WORD = mask("?!)\";}]*:@'({[");
/** Characters that are a token of their own when a token would begin with them. */
const NO_WORD_START = mask('("`{[:;&#*@)}]-,');

const DOT = 46, DASH = 45, COMMA = 44;

function mask(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** Tells whether the character ends a word wherever it stands. */
export function endsWord(code: number): boolean {
  return code < 128 && ENDS_WORD[code] === 1;
}

/**
 * End of Punkt's own word token that starts at `start`, which is not white space. These words serve to
 * find sentences and to count types; they are not the Treebank tokens. Nothing at or after `end` is
 * seen; up to there the text must be one line, or no more than two runs of non-white-space.
 */
export function punktWordEnd(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  if (first === DOT || first === DASH) {
    const afterMarks = punctuationEnd(text, start, end);
    if (afterMarks > start) return afterMarks;
  }
  if (first < 128 && NO_WORD_START[first] === 1) return start + 1;
  for (let i = start + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code) || endsWord(code)) return i;
    if (code === COMMA) {
      if (i + 1 === end) return i;
      const next = text.charCodeAt(i + 1);
      if (isSpace(next) || endsWord(next) || startsPunctuation(text, i + 1, end)) return i;
    } else if (startsPunctuation(text, i, end)) return i;
  }
  return end;
}

/** Tells whether `--`, `..` or `. . .` begins here. */
function startsPunctuation(text: string, i: number, end: number): boolean {
  const code = text.charCodeAt(i);
  if (code !== DOT && code !== DASH) return false;
  if (i + 1 < end && text.charCodeAt(i + 1) === code) return true;
  return code === DOT && spacedDotAt(text, i + 1, end) && spacedDotAt(text, i + 3, end);
}

/** End of the run of dashes, dots or dots with blanks between them that begins here, or `start` if none. */
function punctuationEnd(text: string, start: number, end: number): number {
  if (!startsPunctuation(text, start, end)) return start;
  const code = text.charCodeAt(start);
  let i = start + 1;
  if (text.charCodeAt(i) === code) {
    while (i < end && text.charCodeAt(i) === code) i++;
  } else {
    while (spacedDotAt(text, i, end)) i += 2;
  }
  return i;
}

/** Tells whether one white space character and a dot stand here. */
function spacedDotAt(text: string, i: number, end: number): boolean {
  if (i + 1 >= end || text.charCodeAt(i + 1) !== DOT) return false;
  return isSpace(text.charCodeAt(i));
}
