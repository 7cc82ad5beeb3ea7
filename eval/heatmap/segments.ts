import { type Document, unseenParts, type UnseenSpan } from "@heatword/core";

/** A piece of a document's raw text, as a heatmap shows it. */
export interface Segment {
  /** The raw text. */
  readonly text: string;
  /** Offset of its first UTF-16 code unit in the document's text. */
  readonly start: number;
  /** Which token it is; absent between tokens. */
  readonly token?: number;
  /** Relevance of the token. */
  readonly relevance?: number;
  /** What stands before the relevance where it is told, e.g. whose it is. */
  readonly name?: string;
  /** Relevance over the largest absolute one, from −1 to 1. */
  readonly intensity?: number;
  /** Whether it is a word that the model does not know; absent where it is not. */
  readonly unknown?: true;
  /** Why the model does not see it; absent for words, blanks, and what nobody says to be unseen. */
  readonly unseen?: UnseenSpan["reason"];
}

/** Options of {@linkcode heatmapSegments}. */
export interface SegmentOptions {
  /**
   * The relevance that gets the full colour; give the same to several heatmaps to compare them.
   *
   * @default {the largest absolute relevance of the document}
   */
  readonly max?: number;
  /** Positions of the words that the model does not know. @default {[]} */
  readonly unknown?: readonly number[];
  /** What stands before the relevance of each word where it is told. @default {nothing} */
  readonly names?: readonly string[];
}

/**
 * The largest absolute relevance of the words of a document.
 *
 * @param document The document.
 * @param relevance Relevance of each word position; those after the last token do not count.
 * @returns The largest absolute value, 0 without words.
 * @throws {RangeError} If there are fewer relevances than tokens, or one is not finite.
 */
export function largestRelevance(document: Document, relevance: ArrayLike<number>): number {
  const { tokens } = document;
  if (relevance.length < tokens.length) {
    throw new RangeError(
      `Cannot show ${relevance.length} relevances on a document of ${tokens.length} words`,
    );
  }
  let max = 0;
  for (let t = 0; t < tokens.length; t++) {
    if (!Number.isFinite(relevance[t])) {
      throw new RangeError(`Cannot show the relevance "${relevance[t]}" of word ${t}`);
    }
    max = Math.max(max, Math.abs(relevance[t]!));
  }
  return max;
}

/**
 * Cuts the whole raw text of a document into its words, with their relevance, what the model does
 * not see, and what else stands between them. Joined in order, the pieces are the raw text again.
 *
 * @param document The document; its tokens in text order.
 * @param relevance Relevance of each word position, shape [T] with T ≥ tokens.
 * @param options How to normalise.
 * @returns The pieces, none of them empty.
 * @throws {RangeError} If there are fewer relevances than tokens, one is not finite, or `max` is
 * not a positive number.
 *
 * @example
 * ```ts
 * import { heatmapSegments } from "@heatword/eval/heatmap";
 * import { assertEquals } from "@std/assert";
 *
 * const document = { text: "A ride!", tokens: [{ text: "ride", start: 2, end: 6 }] };
 * const segments = heatmapSegments(document, [-0.5]);
 * assertEquals(segments.map(({ text, intensity }) => [text, intensity]), [
 *   ["A ", undefined],
 *   ["ride", -1],
 *   ["!", undefined],
 * ]);
 * ```
 */
export function heatmapSegments(
  document: Document,
  relevance: ArrayLike<number>,
  options: SegmentOptions = {},
): Segment[] {
  const { text, tokens } = document;
  const largest = largestRelevance(document, relevance);
  const max = options.max ?? largest;
  if (!(max >= 0 && max < Infinity) || options.max === 0) {
    throw new RangeError(`Cannot normalise relevances by "${max}": give a positive number`);
  }
  const segments: Segment[] = [];
  const add = (start: number, end: number, more: Partial<Segment>) => {
    if (end > start) segments.push({ text: text.slice(start, end), start, ...more });
  };
  const unknown = new Set(options.unknown);
  const parts = unseenParts(document);
  let next = 0;
  const between = (from: number, to: number) => {
    let at = from;
    for (; next < parts.length && parts[next]!.start < to; next++) {
      const { start, end, reason } = parts[next]!;
      add(at, start, {});
      add(start, end, { unseen: reason });
      at = end;
    }
    add(at, to, {});
  };
  let shown = 0;
  tokens.forEach((token, t) => {
    const start = Math.max(shown, Math.min(token.start, text.length));
    const end = Math.max(start, Math.min(token.end, text.length));
    between(shown, start);
    const value = relevance[t]!;
    const intensity = max === 0 ? 0 : Math.max(-1, Math.min(1, value / max));
    add(start, end, {
      token: t,
      relevance: value,
      intensity,
      ...(options.names && { name: options.names[t]! }),
      ...(unknown.has(t) && { unknown: true as const }),
    });
    shown = end;
  });
  between(shown, text.length);
  return segments;
}
