import { type Chunk, CLASS, OPENING } from "./_treebank_chunk.ts";
import { isDecimal } from "./_unicode.ts";

const QUOTE = 34, COMMA = 44, DASH = 45, DOT = 46, COLON = 58, BACKTICK = 96;

/** The `"` that open a quotation, and ```` `` ```` in pairs from the left. */
export function breakOpeningQuotes(chunk: Chunk): void {
  const { text, start, end } = chunk;
  let pairEnd = -1;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE && opensQuotation(chunk, i, pairEnd)) {
      chunk.marks[i - start]! |= OPENING;
      chunk.isolate(i, i + 1);
      // The first character of a sentence becomes a pair before pairs are set apart.
      if (i === start && chunk.opensSentence) pairEnd = i + 1;
    } else if (code === BACKTICK && i + 1 < end && text.charCodeAt(i + 1) === BACKTICK) {
      chunk.isolate(i, i + 2);
      i++;
      pairEnd = i + 1;
    }
  }
}

function opensQuotation(chunk: Chunk, i: number, pairEnd: number): boolean {
  if (i === chunk.start) return chunk.opensSentence || chunk.afterBlank;
  if (i === pairEnd) return true;
  const before = chunk.text.charCodeAt(i - 1);
  // ( < [ {
  return before === 40 || before === 60 || before === 91 || before === 123;
}

/** Colons and commas that no digit follows. The rule eats the next character, be it a comma too. */
export function breakColons(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== COMMA && code !== COLON) continue;
    if (i + 1 < end && isDecimal(text.codePointAt(i + 1)!)) continue;
    chunk.isolate(i, i + 1);
    i++;
  }
}

/** `"` that do not open a quotation. */
export function breakClosingQuotes(chunk: Chunk): void {
  const { text, start, end } = chunk;
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) === QUOTE) chunk.isolate(i, i + 1);
  }
}

/** Three dots, from the left. */
export function breakEllipses(chunk: Chunk): void {
  breakRuns(chunk, DOT, 3);
}

/** Two dashes, from the left. */
export function breakDashes(chunk: Chunk): void {
  breakRuns(chunk, DASH, 2);
}

function breakRuns(chunk: Chunk, code: number, size: number): void {
  const { text, start, end } = chunk;
  let length = 0;
  for (let i = start; i < end; i++) {
    length = text.charCodeAt(i) === code ? length + 1 : 0;
    if (length < size) continue;
    chunk.isolate(i + 1 - size, i + 1);
    length = 0;
  }
}

/** The full stop at the end of a sentence, before closing marks only; it leaves one blank at the end. */
export function breakFinalPeriod(chunk: Chunk): void {
  const { text, start } = chunk;
  let dot = chunk.end - 1;
  while (dot > start && isCloser(text.charCodeAt(dot))) dot--;
  if (text.charCodeAt(dot) !== DOT) return;
  const follows = dot > start
    ? text.charCodeAt(dot - 1) !== DOT || chunk.isBroken(dot)
    : !chunk.opensSentence;
  if (!follows) return;
  chunk.breakAt(dot);
  chunk.beforeBlank = true;
}

/** `] ) } > " '` */
function isCloser(code: number): boolean {
  return code === 93 || code === 41 || code === 125 || code === 62 || code === 34 || code === 39;
}

/** Marks of one class that stand alone wherever they are. */
export function breakClass(chunk: Chunk, wanted: number): void {
  const { text, start, end } = chunk;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && CLASS[code] === wanted) chunk.isolate(i, i + 1);
  }
}
