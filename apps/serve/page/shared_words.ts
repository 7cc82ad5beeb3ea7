import type { Words } from "./protocol.ts";

/** Where the words of a text stand, as a model reads it. */
export type Spans = Pick<Words, "starts" | "ends">;

/** A place of a text with the words of two models that overlap there. */
export interface SharedPlace {
  /** Where it starts in the text. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The positions of its words, as the first model reads the text; none where it sees none there. */
  readonly first: readonly number[];
  /** The same of the second. */
  readonly second: readonly number[];
}

/**
 * Puts words of two models together that overlap, as tokenizers cut a text into other words.
 *
 * @param first The words of the first model, in text order.
 * @param second Those of the second.
 * @returns The places, in text order; each word is in one of them.
 */
export function sharedPlaces(first: Spans, second: Spans): SharedPlace[] {
  const places: { start: number; end: number; first: number[]; second: number[] }[] = [];
  let [i, j] = [0, 0];
  while (i < first.starts.length || j < second.starts.length) {
    const isFirst = (first.starts[i] ?? Infinity) <= (second.starts[j] ?? Infinity);
    const [words, t] = isFirst ? [first, i++] : [second, j++];
    const [start, end] = [words.starts[t]!, words.ends[t]!];
    let place = places.at(-1);
    if (place === undefined || start >= place.end) {
      place = { start, end, first: [], second: [] };
      places.push(place);
    }
    place[isFirst ? "first" : "second"].push(t);
    place.end = Math.max(place.end, end);
  }
  return places;
}

/** Where a word of the second model starts, and where those of the first that it overlaps itself. */
interface Overlapping {
  readonly start: number;
  readonly first: readonly number[];
}

/** Each word of the second model with those of the first that it overlaps, in text order. */
function overlappingOf(first: Spans, second: Spans): Overlapping[] {
  return sharedPlaces(first, second).flatMap((place) =>
    place.second.map((t): Overlapping => {
      const [start, end] = [second.starts[t]!, second.ends[t]!];
      // Two words of one place may be there by others between them alone.
      const overlapped = place.first.filter((i) =>
        first.starts[i]! < end && first.ends[i]! > start
      );
      return { start, first: overlapped.map((i) => first.starts[i]!) };
    })
  );
}

/**
 * Which words of the second model are deleted. One is as soon as a word of the first that it overlaps
 * is; where the first sees nothing, it is by itself.
 *
 * @param deleted Where the deleted words start.
 * @param first The words of the first model.
 * @param second Those of the second.
 * @returns Where those of the second start.
 */
export function deletedInSecond(
  deleted: readonly number[],
  first: Spans,
  second: Spans,
): number[] {
  const gone = new Set(deleted);
  return overlappingOf(first, second)
    .filter((word) => isGone(word, gone)).map(({ start }) => start);
}

/** Whether a word of the second model is deleted. */
const isGone = ({ start, first }: Overlapping, gone: ReadonlySet<number>): boolean =>
  first.length > 0 ? first.some((start) => gone.has(start)) : gone.has(start);

/** What is deleted or restored with words of the second model. */
export interface Toggled {
  /** Where it starts. */
  readonly starts: readonly number[];
  /** Whether it is restored. */
  readonly restored: boolean;
}

/**
 * What is to be deleted, or restored, where that is done to words of the second model: the words of the
 * first that they overlap.
 *
 * @param wanted Where these words start.
 * @param deleted Where the deleted words start.
 * @param first The words of the first model.
 * @param second Those of the second.
 */
export function toggledInSecond(
  wanted: readonly number[],
  deleted: readonly number[],
  first: Spans,
  second: Spans,
): Toggled {
  const [asked, gone] = [new Set(wanted), new Set(deleted)];
  const words = overlappingOf(first, second).filter(({ start }) => asked.has(start));
  const starts = words.flatMap(({ start, first }) => first.length > 0 ? first : [start]);
  return { starts: [...new Set(starts)], restored: words.every((word) => isGone(word, gone)) };
}
