import type { Explained } from "./protocol.ts";
import { sharedPlaces } from "./shared_words.ts";

/** Parts that differ by no more are equal: they are of a sum of 1, and rounded. */
const ROUNDING = 1e-12;

/** A place of a text with its part in the decisions of two models. */
export interface WordDifference {
  /** Where it starts in the text. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The positions of its words in the heatmap of each model. */
  readonly at: readonly [first: readonly number[], second: readonly number[]];
  /** Its part in the decision of each, from −1 to 1; undefined where that model sees no word there. */
  readonly parts: readonly [first: number | undefined, second: number | undefined];
  /** How much more it has of the second. */
  readonly difference: number;
}

/** How the heatmaps of two models differ. */
export interface Differences {
  /** The places whose parts differ, the most different first. */
  readonly words: readonly WordDifference[];
  /** How many places there are in all. */
  readonly total: number;
  /** How much of the relevance is distributed differently, from 0 to 1. */
  readonly moved: number;
  /** Whether parts have a sign: negative ones speak against. */
  readonly signed: boolean;
}

/** What of a heatmap is compared. */
export type Compared = Pick<Explained, "starts" | "ends" | "relevance" | "signed">;

/** The part of each word: its relevance over the sum of all, without signs; 0 where all are 0. */
function partsOf(
  { relevance }: Compared,
  isGone: (position: number) => boolean,
  isSigned: boolean,
): Float64Array {
  const present = relevance.map((value, t) => isGone(t) ? 0 : isSigned ? value : Math.abs(value));
  const sum = present.reduce((sum, value) => sum + Math.abs(value), 0) || 1;
  return present.map((value) => value / sum);
}

/**
 * Compares the heatmaps of two models. Their scores have other scales, so what is compared is the part
 * of each word: its relevance over the sum of all, without their signs. Words that overlap count as one,
 * as models cut a text into other words. Where one of the explainers has no sign, parts have none.
 *
 * @param heatmaps The heatmaps, of the same text.
 * @param isGone Whether a word of a heatmap is deleted: it has no part.
 */
export function differencesOf(
  heatmaps: readonly [first: Compared, second: Compared],
  isGone: (heatmap: 0 | 1, position: number) => boolean = () => false,
): Differences {
  const isSigned = heatmaps.every(({ signed }) => signed);
  const parts = heatmaps.map((one, i) => partsOf(one, (t) => isGone(i as 0 | 1, t), isSigned));
  const places = sharedPlaces(...heatmaps).filter(({ first, second }) =>
    !first.every((t) => isGone(0, t)) || !second.every((t) => isGone(1, t))
  );
  const sum = (of: Float64Array, positions: readonly number[]) =>
    positions.length === 0 ? undefined : positions.reduce((sum, t) => sum + of[t]!, 0);
  const all = places.map(({ start, end, first, second }): WordDifference => {
    const [a, b] = [sum(parts[0]!, first), sum(parts[1]!, second)];
    return { start, end, at: [first, second], parts: [a, b], difference: (b ?? 0) - (a ?? 0) };
  });
  const size = ({ difference }: WordDifference) => Math.abs(difference);
  return {
    words: all.filter((word) => size(word) > ROUNDING)
      .sort((a, b) => size(b) - size(a) || a.start - b.start),
    total: all.length,
    moved: all.reduce((sum, word) => sum + size(word), 0) / 2,
    signed: isSigned,
  };
}
