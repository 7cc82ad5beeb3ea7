import { Quote, type SpanList } from "./_span_list.ts";
import { BLANK, Chunk, CLASS, Class, OPENING } from "./_treebank_chunk.ts";
import { breakApostrophes, breakContractions, breakLastApostrophes } from "./_treebank_clitics.ts";
import {
  breakClass,
  breakClosingQuotes,
  breakColons,
  breakDashes,
  breakEllipses,
  breakFinalPeriod,
  breakOpeningQuotes,
} from "./_treebank_marks.ts";
import { isSpace, skipSpace } from "./_unicode.ts";

const QUOTE_CODE = 34;
const chunk = new Chunk();

/**
 * Appends the Treebank tokens of the sentence [start, end). The rules only ever put blanks between
 * characters, and none looks further past white space than the one character next to it; so each run of
 * other characters, a chunk, is split alone, by marking where a blank would go.
 */
export function scanSentence(text: string, start: number, end: number, out: SpanList): void {
  let i = skipSpace(text, start, end);
  while (i < end) {
    const chunkStart = i;
    let classes = 0;
    for (; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code < 128) {
        const bits = CLASS[code]!;
        if (bits === Class.SPACE) break;
        classes |= bits;
      } else {
        if (isSpace(code)) break;
        classes |= Class.OTHER;
      }
    }
    const chunkEnd = i;
    i = skipSpace(text, i + 1, end);
    if (
      classes === Class.OTHER ||
      (classes === Class.LETTER && !mayContract(text, chunkStart, chunkEnd))
    ) {
      out.push(chunkStart, chunkEnd, Quote.NONE);
      continue;
    }
    chunk.set(text, chunkStart, chunkEnd, classes);
    chunk.opensSentence = chunkStart === start;
    chunk.closesSentence = i >= end;
    chunk.endsSentence = chunkEnd === end;
    chunk.afterBlank = !chunk.opensSentence && text.charCodeAt(chunkStart - 1) === 32;
    chunk.beforeBlank = chunkEnd < end && text.charCodeAt(chunkEnd) === 32;
    splitChunk(chunk, out);
  }
}

/** Whether a chunk of letters may be a contraction: caNnot, giMme, goNna, goTta, leMme, waNna. */
function mayContract(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 5 && length !== 6) return false;
  const third = text.charCodeAt(start + 2) | 32;
  return third === 110 || third === 109 || third === 116;
}

/** Applies the rules in NLTK's order, as far as the order matters. */
function splitChunk(chunk: Chunk, out: SpanList): void {
  const { classes } = chunk;
  if ((classes & Class.QUOTE) !== 0) breakOpeningQuotes(chunk);
  if ((classes & Class.COLON) !== 0) breakColons(chunk);
  if ((classes & Class.DOT) !== 0) {
    breakEllipses(chunk);
    if (chunk.closesSentence) breakFinalPeriod(chunk);
  }
  if ((classes & Class.SINGLE) !== 0) breakClass(chunk, Class.SINGLE);
  if ((classes & Class.APOSTROPHE) !== 0) breakLastApostrophes(chunk);
  if ((classes & Class.BRACKET) !== 0) breakClass(chunk, Class.BRACKET);
  if ((classes & Class.DASH) !== 0) breakDashes(chunk);
  if (chunk.endsSentence) chunk.beforeBlank = true;
  if ((classes & Class.QUOTE) !== 0) breakClosingQuotes(chunk);
  if ((classes & Class.APOSTROPHE) !== 0) breakApostrophes(chunk);
  if ((classes & Class.LETTER) !== 0) breakContractions(chunk);
  emit(chunk, out);
}

function emit(chunk: Chunk, out: SpanList): void {
  const { text, start, end, marks } = chunk;
  let from = start;
  for (let i = start + 1; i <= end; i++) {
    if (i < end && (marks[i - start]! & BLANK) === 0) continue;
    const isQuote = i - from === 1 && text.charCodeAt(from) === QUOTE_CODE;
    const opening = (marks[from - start]! & OPENING) !== 0;
    out.push(from, i, isQuote ? opening ? Quote.OPENING : Quote.CLOSING : Quote.NONE);
    from = i;
  }
}
