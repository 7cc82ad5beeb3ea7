import type { Aligned } from "./_align.ts";

/** A part of a text with where it stands. */
export interface Piece {
  /** What the tokenizer calls it. */
  readonly token: string;
  /** Offset of its first UTF-16 code unit in the text, blanks left aside. */
  readonly start: number;
  /** Offset after its last one; that of the start for what stands for a blank, or for nothing. */
  readonly end: number;
  /** Which word of the tokenizer it is a part of. */
  readonly word: number;
}

/** How a tokenizer spells what it cuts. */
export interface Spelling {
  /** Whether its characters stand for bytes. */
  readonly bytes: boolean;
  /** Whether a word that it does not know is one token. */
  readonly wholeWords: boolean;
  /** Stands before parts that continue a word. */
  readonly prefix: string;
  /** Stand after parts that end a word, or that do not. */
  readonly suffixes: readonly string[];
}

/** Stand for a blank. */
const BLANKS = new Set([" ", "\u2581", "\u0120"]);

/** The characters that stand for bytes, as GPT-2 has them: printable ones stand for themselves. */
export const byteCharacters: readonly string[] = (() => {
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPlain = byte >= 33 && byte <= 126 || byte >= 161 && byte <= 172 || byte >= 174;
    return String.fromCharCode(isPlain ? byte : 256 + others++);
  });
})();

/** The first and the last code unit of a character. */
type Place = readonly [first: number, last: number];

/** The characters of a text as the tokenizer spells them, and which of the text each is of. */
function spelt(text: string, { bytes }: Spelling): { units: string[]; from: Place[] } {
  const encoder = new TextEncoder();
  const units: string[] = [];
  const from: Place[] = [];
  let at = 0;
  for (const character of text) {
    const place: Place = [at, at + character.length - 1];
    const spelling = bytes
      ? Array.from(encoder.encode(character), (byte) => byteCharacters[byte]!)
      : character.split("");
    for (const unit of spelling) {
      units.push(unit);
      from.push(place);
    }
    at += character.length;
  }
  return { units, from };
}

/** For each character of the words which of the text it is of; nothing for a blank that was added. */
function placesOf(
  words: readonly string[],
  text: string,
  spelling: Spelling,
): (Place | undefined)[] {
  const { units, from } = spelt(text, spelling);
  const places: (Place | undefined)[] = [];
  let at = 0;
  for (const word of words) {
    for (let i = 0; i < word.length; i++) {
      const wanted = word[i]!;
      const fits = (unit: string) => unit === wanted || BLANKS.has(unit) && BLANKS.has(wanted);
      if (i === 0 && BLANKS.has(wanted) && !(at < units.length && fits(units[at]!))) {
        places.push(undefined);
        continue;
      }
      let next = at;
      while (next < units.length && !fits(units[next]!)) next++;
      if (next === units.length) {
        places.push(undefined);
        continue;
      }
      places.push(from[next]!);
      at = next + 1;
    }
  }
  return places;
}

/** Where each token begins and ends in the words put together. */
function spansOf(
  words: readonly string[],
  tokens: readonly string[],
  { wholeWords, prefix, suffixes }: Spelling,
): { starts: number[]; ends: number[]; words: number[] } {
  const stream = words.join("");
  const wordOf = words.flatMap((word, w) => new Array<number>(word.length).fill(w));
  const startsWord = (at: number) => at === 0 || wordOf[at - 1] !== wordOf[at];
  const endOfWord = (at: number) => {
    let end = at;
    while (end < stream.length && wordOf[end] === wordOf[at]) end++;
    return end;
  };
  /** What of the text a token is, as far as it says so. */
  const surface = (token: string, at: number): string | undefined => {
    const bare = prefix !== "" && !startsWord(at) && token.startsWith(prefix)
      ? token.slice(prefix.length)
      : token;
    const forms = [
      bare,
      ...suffixes.filter((suffix) => suffix !== "" && bare.endsWith(suffix))
        .map((suffix) => bare.slice(0, -suffix.length)),
    ];
    return forms.find((form) => form !== "" && stream.startsWith(form, at));
  };
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (let t = 0; t < tokens.length;) {
    const found = surface(tokens[t]!, at);
    if (found !== undefined) {
      starts.push(at);
      ends.push(at += found.length);
      t++;
      continue;
    }
    // Tokens that do not show their text: unknown words, bytes. They end where the next one begins.
    let last = t + 1;
    let end = wholeWords ? endOfWord(at) : stream.length;
    if (!wholeWords) {
      const next = (to: number) => {
        for (let place = at + 1; place < stream.length; place++) {
          if (surface(tokens[to]!, place) !== undefined) return place;
        }
        return undefined;
      };
      for (; last < tokens.length; last++) {
        const place = next(last);
        if (place === undefined) continue;
        end = place;
        break;
      }
    }
    for (; t < last; t++) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { starts, ends, words: starts.map((start) => wordOf[start] ?? words.length - 1) };
}

/**
 * Finds where tokens stand in a text.
 *
 * @param aligned The text that the tokenizer cut, and where its characters come from.
 * @param words What the tokenizer cut it into first.
 * @param tokens The tokens of these words.
 * @param spelling How the tokenizer spells.
 * @param original The text that the places are of.
 * @returns The tokens with their places.
 */
export function placeTokens(
  aligned: Aligned,
  words: readonly string[],
  tokens: readonly string[],
  spelling: Spelling,
  original: string,
): Piece[] {
  const places = placesOf(words, aligned.text, spelling);
  const spans = spansOf(words, tokens, spelling);
  let last = aligned.starts[0] ?? 0;
  return tokens.map((token, t) => {
    let start = Infinity;
    let end = -1;
    for (let i = spans.starts[t]!; i < spans.ends[t]!; i++) {
      const place = places[i];
      if (place === undefined) continue;
      start = Math.min(start, aligned.starts[place[0]]!);
      end = Math.max(end, aligned.ends[place[1]]!);
    }
    if (end < 0) start = end = last;
    while (start < end && /\s/u.test(original[start]!)) start++;
    while (end > start && /\s/u.test(original[end - 1]!)) end--;
    last = end;
    return { token, start, end, word: spans.words[t]! };
  });
}
