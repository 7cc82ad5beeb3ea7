/** Where the characters of a text that was rewritten come from. */
export interface Aligned {
  /** The rewritten text. */
  readonly text: string;
  /** For each of its UTF-16 code units the offset of the first one that it was made of. */
  readonly starts: readonly number[];
  /** The same for the offset after the last one; that of the start where it was added. */
  readonly ends: readonly number[];
}

let graphemes: Intl.Segmenter | undefined;

/** Letters with their marks, emoji as they are seen. */
const atomsOf = (text: string) =>
  (graphemes ??= new Intl.Segmenter("und", { granularity: "grapheme" })).segment(text);

/** How many code units a difference may have, and how many have to agree after it. */
const REACH = 64;
const PROOF = 8;

/**
 * Finds where a text that was rewritten as a whole differs from its parts that were rewritten alone.
 *
 * @param parts What the parts became, put together.
 * @param whole What the whole became.
 * @returns For each code unit of `whole` its place in `parts`; −1 − place for one that was added there.
 */
function placesIn(parts: string, whole: string): number[] {
  const places: number[] = [];
  let i = 0;
  const agree = (di: number, dj: number) => {
    const [from, to] = [i + di, places.length + dj];
    const proof = Math.min(PROOF, Math.max(parts.length - from, whole.length - to));
    return parts.slice(from, from + proof) === whole.slice(to, to + proof);
  };
  while (places.length < whole.length) {
    if (i < parts.length && parts[i] === whole[places.length]) {
      places.push(i++);
      continue;
    }
    let added = 0;
    let skipped = 0;
    for (let d = 1; d <= REACH && added + skipped === 0; d++) {
      if (agree(d, d)) break;
      if (agree(d, 0)) skipped = d;
      else if (agree(0, d)) added = d;
    }
    i += skipped;
    for (let n = 0; n < added; n++) places.push(-1 - i);
    if (added + skipped > 0) continue;
    if (i < parts.length) places.push(i++);
    else places.push(-1 - i);
  }
  return places;
}

/**
 * Rewrites a text and finds where its characters come from: each letter with its marks is rewritten
 * alone, and what comes of that is compared with what the whole became.
 *
 * @param text The text.
 * @param rewriteAtom Rewrites a letter with its marks.
 * @param rewrite Rewrites the whole text.
 * @returns The rewritten text with the places.
 */
export function align(
  text: string,
  rewriteAtom: (atom: string) => string,
  rewrite: (text: string) => string,
): Aligned {
  const whole = rewrite(text);
  const made: string[] = [];
  const atomStarts: number[] = [];
  const atomEnds: number[] = [];
  for (const { segment, index } of atomsOf(text)) {
    const part = rewriteAtom(segment);
    made.push(part);
    // A part that keeps its length is rewritten unit by unit.
    const isEven = part.length === segment.length;
    for (let k = 0; k < part.length; k++) {
      atomStarts.push(isEven ? index + k : index);
      atomEnds.push(isEven ? index + k + 1 : index + segment.length);
    }
  }
  const parts = made.join("");
  if (parts === whole) return { text: whole, starts: atomStarts, ends: atomEnds };
  const starts: number[] = [];
  const ends: number[] = [];
  for (const place of placesIn(parts, whole)) {
    const at = place < 0 ? -1 - place : place;
    const start = atomStarts[at] ?? text.length;
    starts.push(start);
    ends.push(place < 0 ? start : atomEnds[at]!);
  }
  return { text: whole, starts, ends };
}
