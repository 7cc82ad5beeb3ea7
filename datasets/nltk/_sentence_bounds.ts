import { breaksBefore } from "./_punkt_decide.ts";
import { endsWord, punktWordEnd } from "./_punkt_words.ts";
import { isSpace, skipNonSpace, skipSpace } from "./_unicode.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

const BANG = 33, DOT = 46, QUESTION = 63, DASH = 45;

/**
 * Sentence boundaries: `[start0, end0, start1, end1, …]`. Each run of non-white-space holds at most one
 * candidate, the last end mark that punctuation or another run follows, so the work is linear.
 */
export function sentenceBounds(
  text: string,
  parameters: PunktParameters,
  realignBoundaries = true,
): number[] {
  const slices = rawSlices(text, parameters);
  return realignBoundaries ? realign(text, slices) : slices;
}

function rawSlices(text: string, parameters: PunktParameters): number[] {
  const slices: number[] = [];
  const length = text.length;
  let sliceStart = 0;
  let start = skipSpace(text, 0, length);
  while (start < length) {
    let lastMark = -1;
    let end = start;
    for (; end < length; end++) {
      const code = text.charCodeAt(end);
      if (code > QUESTION && code < 128) continue;
      if (code === DOT || code === BANG || code === QUESTION) lastMark = end;
      else if (isSpace(code)) break;
    }
    const next = skipSpace(text, end + 1, length);
    if (lastMark >= 0) {
      if (lastMark === end - 1 && next < length) {
        const nextEnd = skipNonSpace(text, next, length);
        if (containsBreak(text, start, nextEnd, parameters)) {
          slices.push(sliceStart, end);
          sliceStart = next;
        }
      } else {
        const mark = markBeforePunctuation(text, start, lastMark);
        if (mark >= 0 && containsBreak(text, start, mark + 2, parameters)) {
          slices.push(sliceStart, mark + 1);
          sliceStart = mark + 1;
        }
      }
    }
    start = next;
  }
  slices.push(sliceStart, length);
  return slices;
}

/** Last end mark from `start` to `lastMark` that a character follows which ends words. */
function markBeforePunctuation(text: string, start: number, lastMark: number): number {
  for (let i = lastMark; i >= start; i--) {
    const code = text.charCodeAt(i);
    if (
      (code === DOT || code === BANG || code === QUESTION) && endsWord(text.charCodeAt(i + 1))
    ) return i;
  }
  return -1;
}

/** Whether a sentence ends after any of Punkt's words in [start, end) but the last. */
function containsBreak(
  text: string,
  start: number,
  end: number,
  parameters: PunktParameters,
): boolean {
  let wordStart = start;
  let wordEnd = punktWordEnd(text, wordStart, end);
  for (;;) {
    const nextStart = skipSpace(text, wordEnd, end);
    if (nextStart === end) return false;
    const nextEnd = punktWordEnd(text, nextStart, end);
    const last = text.charCodeAt(wordEnd - 1);
    if (last === DOT) {
      const token = text.slice(wordStart, wordEnd);
      if (breaksBefore(token, text.slice(nextStart, nextEnd), parameters)) return true;
    } else if ((last === BANG || last === QUESTION) && wordEnd - wordStart === 1) {
      return true;
    }
    wordStart = nextStart;
    wordEnd = nextEnd;
  }
}

/** Moves closing quotes and brackets that follow a break to the end of the sentence before it. */
function realign(text: string, slices: number[]): number[] {
  const bounds: number[] = [];
  let shift = 0;
  for (let i = 0; i < slices.length; i += 2) {
    const start = slices[i]! + shift;
    const end = slices[i + 1]!;
    shift = 0;
    if (i + 2 < slices.length) {
      const nextStart = slices[i + 2]!;
      const nextEnd = slices[i + 3]!;
      const closed = closersEnd(text, nextStart, nextEnd);
      if (closed > nextStart) {
        bounds.push(start, closed);
        shift = skipSpace(text, closed, nextEnd) - nextStart;
        continue;
      }
    }
    if (start < end) bounds.push(start, end);
  }
  return bounds;
}

/** End of the closing marks at `start` if white space, a dash or the end follows them, else `start`. */
function closersEnd(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (i > start) {
      if (isSpace(code)) return i;
      if (code === DASH && i + 1 < end && text.charCodeAt(i + 1) === DASH) return i;
    }
    // " ' ) ] }
    if (code !== 34 && code !== 39 && code !== 41 && code !== 93 && code !== 125) return start;
  }
  return end;
}
