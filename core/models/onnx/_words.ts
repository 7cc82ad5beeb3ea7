import type { Token } from "../../document.ts";
import type { Piece } from "./_pieces.ts";

/** A stretch of a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const overlap = (a: Span, b: Span) => Math.min(a.end, b.end) - Math.max(a.start, b.start);

/** The index of the first of some spans in text order that ends after a place. */
function firstAfter(spans: readonly Span[], place: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.end > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The words that overlap a piece. */
function* wordsOf<W extends Span>(words: readonly W[], piece: Span): Generator<[W, number]> {
  for (let w = firstAfter(words, piece.start); w < words.length; w++) {
    if (words[w]!.start >= piece.end) return;
    yield [words[w]!, w];
  }
}

/** The pieces of each word of the tokenizer. */
function piecesByWord(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  pieces.forEach((piece, i) => {
    if (i === 0 || pieces[i - 1]!.word !== piece.word) groups.push([]);
    groups.at(-1)!.push(piece);
  });
  return groups;
}

/** What the pieces add to the words: where they reach beyond them, and where there are none. */
function spansOfPieces(pieces: readonly Piece[], words: readonly Token[]): Span[] {
  return piecesByWord(pieces).flatMap((group) => {
    const seen = group.filter(({ start, end }) => end > start);
    if (seen.length === 0) return [];
    const isOutside = seen.every((piece) => wordsOf(words, piece).next().done);
    return isOutside ? [{ start: seen[0]!.start, end: seen.at(-1)!.end }] : seen;
  });
}

/**
 * The words of a text as units of a model that cuts it into pieces: those of a tokenizer, put together
 * where a piece lies in two of them, and what else the pieces are of, as punctuation. Words without a
 * piece are left out.
 *
 * @param text The text.
 * @param words The words of the tokenizer, in text order.
 * @param pieces The pieces.
 * @returns The words, in text order; each piece that is not blank lies in one of them.
 */
export function unitsOf(text: string, words: readonly Token[], pieces: readonly Piece[]): Token[] {
  const spans = [...words, ...spansOfPieces(pieces, words)]
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const units: Span[] = [];
  for (const span of spans) {
    const last = units.at(-1);
    if (last === undefined || span.start >= last.end) units.push(span);
    else if (span.end > last.end) units[units.length - 1] = { start: last.start, end: span.end };
  }
  const taken = new Set<number>();
  for (const piece of pieces) {
    if (piece.end > piece.start) { for (const [, u] of wordsOf(units, piece)) taken.add(u); }
  }
  return units.filter((_, u) => taken.has(u)).map((unit) => {
    const { start, end } = unit;
    return "text" in unit ? unit as Token : { text: text.slice(start, end), start, end };
  });
}

/**
 * Which word each piece belongs to: the one that it overlaps most. A piece that stands for a blank, or
 * for nothing, belongs to the same word as the next one, or else the one before.
 *
 * @param words The words, in text order.
 * @param pieces The pieces.
 * @returns For each piece the index of its word; −1 where it is of none.
 */
export function ownersOf(words: readonly Span[], pieces: readonly Piece[]): Int32Array {
  const owners = new Int32Array(pieces.length).fill(-1);
  pieces.forEach((piece, i) => {
    let most = 0;
    for (const [word, w] of wordsOf(words, piece)) {
      const common = overlap(word, piece);
      if (common > most) [most, owners[i]] = [common, w];
    }
  });
  const isBlank = ({ start, end }: Piece) => start === end;
  const last = pieces.findLastIndex((piece) => !isBlank(piece));
  for (let i = last - 1; i >= 0; i--) if (isBlank(pieces[i]!)) owners[i] = owners[i + 1]!;
  if (last >= 0) owners.fill(owners[last]!, last + 1);
  return owners;
}
