import { type Chunk } from "./_treebank_chunk.ts";
import { codePointBefore, isWord } from "./_unicode.ts";

const APOSTROPHE = 39;

/** An apostrophe before a blank that the rules for punctuation see or have put there. */
export function breakLastApostrophes(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start + 1; i < end; i++) {
    if (text.charCodeAt(i) !== APOSTROPHE || !followsWord(chunk, i)) continue;
    if (chunk.isBlankAt(i + 1)) chunk.breakAt(i);
  }
}

/** Closing `''`, and then the clitics `'s 'm 'd '` and `'ll 're 've n't` before a blank. */
export function breakApostrophes(chunk: Chunk): void {
  breakClosingPairs(chunk);
  breakShortClitics(chunk);
  breakLongClitics(chunk);
}

/** `''` after any character that is not white space, which may itself be an apostrophe of the run. */
function breakClosingPairs(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) !== APOSTROPHE) continue;
    let runEnd = i + 1;
    while (runEnd < end && text.charCodeAt(runEnd) === APOSTROPHE) runEnd++;
    if (i > start && !chunk.isBroken(i) && i + 2 <= runEnd) {
      chunk.isolate(i, i + 2);
      i += 2;
    }
    for (; i + 3 <= runEnd; i += 3) chunk.isolate(i + 1, i + 3);
    i = runEnd - 1;
  }
}

/** Whether a clitic at i would follow a character that is neither blank nor apostrophe. */
function followsWord(chunk: Chunk, i: number): boolean {
  return i > chunk.start && chunk.text.charCodeAt(i - 1) !== APOSTROPHE && !chunk.isBroken(i);
}

function breakShortClitics(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start + 1; i < end; i++) {
    if (text.charCodeAt(i) !== APOSTROPHE || !followsWord(chunk, i)) continue;
    if (chunk.isBlankAt(i + 1)) {
      chunk.breakAt(i);
    } else if (i + 1 < end) {
      const lower = text.charCodeAt(i + 1) | 32;
      // s m d
      if ((lower === 115 || lower === 109 || lower === 100) && chunk.isBlankAt(i + 2)) {
        chunk.breakAt(i);
      }
    }
  }
}

function breakLongClitics(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start + 1; i + 1 < end; i++) {
    if (text.charCodeAt(i) !== APOSTROPHE) continue;
    const next = text.charCodeAt(i + 1);
    const before = text.charCodeAt(i - 1);
    if ((next === 116 && before === 110) || (next === 84 && before === 78)) {
      if (chunk.isBlankAt(i + 2) && followsWord(chunk, i - 1)) chunk.breakAt(i - 1);
    } else if (i + 2 < end && isLongClitic(next, text.charCodeAt(i + 2))) {
      if (chunk.isBlankAt(i + 3) && followsWord(chunk, i)) chunk.breakAt(i);
    }
  }
}

/** `ll re ve`, in one case. */
function isLongClitic(a: number, b: number): boolean {
  const upper = a < 97 ? 32 : 0;
  a += upper;
  b += upper;
  return (a === 108 && b === 108) || ((a === 114 || a === 118) && b === 101);
}

/** Contractions written as one word: each is split before its second part. */
const CONTRACTIONS: readonly (readonly [string, string])[] = [
  ["can", "not"],
  ["d", "'ye"],
  ["gim", "me"],
  ["gon", "na"],
  ["got", "ta"],
  ["lem", "me"],
  ["mor", "'n"],
  ["wan", "na"],
];

/** The contractions by the code of their first letter. */
const BY_LETTER: (readonly (readonly [string, string])[] | undefined)[] = [];
for (const entry of CONTRACTIONS) {
  const code = entry[0].charCodeAt(0);
  BY_LETTER[code] = [...BY_LETTER[code] ?? [], entry];
}

/** Contractions such as `cannot` and `'tis`, in any case. */
export function breakContractions(chunk: Chunk): void {
  const { text, start, end } = chunk;
  let apostrophe = false;
  for (let i = start; i + 4 <= end; i++) {
    const code = text.charCodeAt(i);
    if (code === APOSTROPHE) apostrophe = true;
    if (code < 65 || code > 122) continue;
    const candidates = BY_LETTER[code | 32];
    if (candidates === undefined || !isBoundary(chunk, i)) continue;
    for (const [first, second] of candidates) {
      const middle = i + first.length;
      const last = middle + second.length;
      if (last > end || !matches(chunk, i, first) || !matches(chunk, middle, second)) continue;
      if (first === "wan" ? !chunk.isBlankAt(last) : !isBoundary(chunk, last)) continue;
      chunk.isolate(i, last);
      chunk.breakAt(middle);
      break;
    }
  }
  if (!apostrophe) return;
  breakLeadingClitic(chunk, "is");
  breakLeadingClitic(chunk, "was");
}

/** `'t` before `is` or `was`, after a blank. From the right, as no match may use another's blank. */
function breakLeadingClitic(chunk: Chunk, verb: string): void {
  const { text, start, end } = chunk;
  for (let i = end - 2 - verb.length; i >= start; i--) {
    if (text.charCodeAt(i) !== APOSTROPHE) continue;
    const blank = i === start ? chunk.opensSentence || chunk.afterBlank : chunk.isBroken(i);
    if (!blank || !matches(chunk, i + 1, "t")) continue;
    const middle = i + 2;
    if (!matches(chunk, middle, verb) || !isBoundary(chunk, middle + verb.length)) continue;
    chunk.isolate(i, middle + verb.length);
    chunk.breakAt(middle);
  }
}

/**
 * Whether the lower-case ASCII `word` stands at i, in any case as Python folds it. No rule before
 * this one puts a blank inside of any of the contractions.
 */
function matches(chunk: Chunk, i: number, word: string): boolean {
  for (let k = 0; k < word.length; k++) {
    const code = chunk.text.charCodeAt(i + k);
    const wanted = word.charCodeAt(k);
    if (code === wanted) continue;
    if (code >= 65 && code <= 90 && code + 32 === wanted) continue;
    // Dotted capital and dotless small i; long s.
    if (wanted === 105 && (code === 0x130 || code === 0x131)) continue;
    if (wanted === 115 && code === 0x17f) continue;
    return false;
  }
  return true;
}

/** `\b` at position i, on one side of which stands a letter of a contraction. */
function isBoundary(chunk: Chunk, i: number): boolean {
  const { text, start, end } = chunk;
  if (i === start || i === end || chunk.isBroken(i)) return true;
  return isWord(codePointBefore(text, i)) !== isWord(text.codePointAt(i)!);
}
