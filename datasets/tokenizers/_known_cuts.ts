import type { Token } from "@heatword/core";
import type { WordFinder } from "./_known_words.ts";
import { segmentsOf } from "./_segments.ts";

/** Scripts that are written without blanks, whose words are looked for letter by letter. */
const DENSE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}" +
  "\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc";
const PIECES = new RegExp(
  `[${DENSE}]\\p{M}*|[[\\p{L}\\p{M}\\p{N}]--[${DENSE}]]+|\\s+|[^]`,
  "gv",
);
const LETTERS = /^[\p{L}\p{N}]/u;
/** What stands for itself inside a longer word: two letters, a number, a letter of a dense script. */
const STRONG = new RegExp(`^(?:..|\\p{N}|[${DENSE}])`, "sv");

/** A part of a text that is never cut: letters and digits, blanks, or one other character. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** The word boundaries around it. */
  readonly segment: { readonly start: number; readonly end: number; readonly isWord: boolean };
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const segment of segmentsOf(text)) {
    for (const { 0: piece, index } of text.slice(segment.start, segment.end).matchAll(PIECES)) {
      const start = segment.start + index;
      pieces.push({ start, end: start + piece.length, segment });
    }
  }
  return pieces;
}

/** A known word in a text: its pieces end before `to`. */
interface Match {
  readonly to: number;
  readonly word: string;
}

/**
 * Cuts a text into the words of a vocabulary, the longest first, and what is left of it at the word
 * boundaries of Unicode. A word that is unknown as a whole is cut only where a part is known.
 *
 * @param text The text.
 * @param words The vocabulary.
 * @returns The words.
 */
export function cutByWords(text: string, words: WordFinder): Token[] {
  const pieces = piecesOf(text);
  const isBlank = (k: number) => text.slice(pieces[k]!.start, pieces[k]!.end).trim() === "";

  /** The longest known word that starts with a piece. */
  const longest = (k: number): Match | undefined => {
    if (isBlank(k)) return undefined;
    const { start } = pieces[k]!;
    const { within, acrossBlanks } = words.reach(text.slice(start, start + 4));
    let max = Math.max(within, acrossBlanks);
    let found: Match | undefined;
    for (let to = k + 1; to <= pieces.length; to++) {
      const { end } = pieces[to - 1]!;
      if (end - start > max) break;
      if (isBlank(to - 1)) {
        max = acrossBlanks;
        continue;
      }
      const word = words.find(text.slice(start, end));
      if (word !== undefined) found = { to, word };
    }
    return found;
  };
  /** Whether a match is not an accident of a letter that stands in a longer word. */
  const counts = (k: number, match: Match) => {
    const { start, end, segment } = pieces[k]!;
    return match.to > k + 1 || start <= segment.start && end >= segment.end ||
      STRONG.test(text.slice(start, end));
  };

  const tokens: Token[] = [];
  /** Up to which piece a longer word is cut into its parts. */
  let cutTo = 0;
  for (let k = 0; k < pieces.length;) {
    const { start, end, segment } = pieces[k]!;
    const match = longest(k);
    if (match && (k < cutTo || counts(k, match))) {
      tokens.push({ text: match.word, start, end: pieces[match.to - 1]!.end });
      k = match.to;
      continue;
    }
    const piece = text.slice(start, end);
    // Punctuation that is left of a word of which a part was found.
    const isRest = start > segment.start && !LETTERS.test(piece);
    if (!segment.isWord || isBlank(k) || isRest) {
      k++;
      continue;
    }
    let next = k + 1;
    if (k >= cutTo) {
      while (next < pieces.length && pieces[next]!.segment === segment) next++;
      for (let q = k + 1; q < next; q++) {
        const inside = longest(q);
        if (inside && counts(q, inside)) {
          cutTo = next;
          break;
        }
      }
      if (cutTo !== next) {
        const last = pieces[next - 1]!.end;
        tokens.push({ text: text.slice(start, last), start, end: last });
        k = next;
        continue;
      }
      if (match) continue;
    }
    if (LETTERS.test(piece)) tokens.push({ text: piece, start, end });
    k++;
  }
  return tokens;
}
