import type { Token, UnseenSpan } from "../document.ts";
import { failCheck } from "../checks.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

const show = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Fails unless spans are in order, in the text, do not overlap, and are empty only where they may. */
function checkSpans<S extends Span>(
  text: string,
  spans: readonly S[],
  what: string,
  mayBeEmpty: (span: S) => boolean = () => false,
): void {
  let last = 0;
  spans.forEach((span, i) => {
    const { start, end } = span;
    const place = `${what} ${i} lies at ${start} to ${end}`;
    if (!Number.isInteger(start) || !Number.isInteger(end)) {
      failCheck(`${place}, which are not whole numbers`);
    }
    if (start < 0 || end > text.length) {
      failCheck(`${place}, outside of the text of ${text.length} characters`);
    }
    if (end < start || end === start && !mayBeEmpty(span)) failCheck(`${place}, which is empty`);
    if (start < last) failCheck(`${place}, but the one before it ends at ${last}`);
    last = end;
  });
}

/**
 * Fails unless words are in order, in the text, not empty unless they say so, and do not overlap.
 *
 * @param text The text.
 * @param tokens Its words.
 */
export function checkTokens(text: string, tokens: readonly Token[]): void {
  if (!Array.isArray(tokens)) failCheck('"tokens" is not an array');
  tokens.forEach((token, i) => {
    if (typeof token?.text !== "string") failCheck(`word ${i} has no text`);
  });
  // Between two separators may lie an empty word.
  checkSpans(text, tokens, "word", (token) => token.text === "");
}

/**
 * Fails unless what is not seen is in order, apart from the words, and all that is neither blank nor
 * a word.
 *
 * @param text The text.
 * @param tokens Its words, checked.
 * @param unseen The spans that are not seen.
 */
export function checkUnseen(
  text: string,
  tokens: readonly Token[],
  unseen: readonly UnseenSpan[],
): void {
  if (!Array.isArray(unseen)) failCheck('"unseen" is not an array');
  const spans = unseen as readonly UnseenSpan[];
  const wrong = spans.find(({ reason }) => !["filtered", "beyond the limit"].includes(reason));
  if (wrong) failCheck(`the reason "${wrong.reason}" is neither "filtered" nor "beyond the limit"`);
  checkSpans(text, spans, "unseen span");
  const words = tokens.filter(({ start, end }) => end > start);
  const all: Span[] = [...words, ...spans].sort((a, b) => a.start - b.start);
  let last = 0;
  for (const { start, end } of [...all, { start: text.length, end: text.length }]) {
    if (start < last) failCheck(`${show(text.slice(start, end))} is both a word and unseen`);
    const between = text.slice(last, start).trim();
    if (between !== "") failCheck(`${show(between)} is neither a word nor unseen`);
    last = end;
  }
}

/**
 * Fails if a word begins or ends between the two halves of a character beyond U+FFFF.
 *
 * @param text The text.
 * @param tokens Its words, checked.
 */
export function checkCharacters(text: string, tokens: readonly Token[]): void {
  for (const { start, end } of tokens) {
    for (const place of [start, end]) {
      if (/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, place - 1), place + 1))) {
        failCheck(`a word begins or ends at ${place}, in the middle of a character`);
      }
    }
  }
}

const fold = (text: string) => text.normalize("NFKC").toLowerCase();

/**
 * Fails if a word is given another place than the one where it stands. A word may be rewritten, so
 * only one that stands elsewhere in the text is wrong.
 *
 * @param text A plain text.
 * @param tokens Its words, checked.
 */
export function checkPlaces(text: string, tokens: readonly Token[]): void {
  for (const { text: word, start, end } of tokens) {
    const there = text.slice(start, end);
    if (word === there) continue;
    const wide = there.trim() !== there && word.trim() === word;
    const elsewhere = !fold(there).includes(fold(word)) && fold(text).includes(fold(word));
    if (wide || elsewhere) {
      failCheck(`the place of the word ${show(word)}, ${start} to ${end}, holds ${show(there)}`);
    }
  }
}
