import type { Heat } from "./heat_parts.ts";
import type { Words } from "./protocol.ts";
import { unchangedEnds } from "./state.ts";

const nothing: Words = {
  starts: new Int32Array(),
  ends: new Int32Array(),
  unknown: new Uint8Array(),
  truncated: 0,
  unseen: [],
  leftOut: [],
};

/**
 * What is known of a text that was just edited: of the words that the edit left as they were, what
 * was known before.
 *
 * @param words The words of the text before.
 * @param heat Their relevances.
 * @param before The text before.
 * @param after The text now.
 */
export function draftOf(
  words: Words | undefined,
  heat: Heat | undefined,
  before: string,
  after: string,
): [words: Words, heat: Heat | undefined] {
  if (words === undefined) return [nothing, undefined];
  const [head, tail] = unchangedEnds(before, after);
  const moved = after.length - before.length;
  /** How far a part moved; nothing if it was changed. */
  const shift = (start: number, end: number): number | undefined =>
    end <= head ? 0 : start >= before.length - tail ? moved : undefined;
  const kept = Array.from(words.starts, (_, t) => t)
    .filter((t) => shift(words.starts[t]!, words.ends[t]!) !== undefined);
  const by = (t: number) => shift(words.starts[t]!, words.ends[t]!)!;
  const { members } = words;
  return [
    {
      ...words,
      starts: Int32Array.from(kept, (t) => words.starts[t]! + by(t)),
      ends: Int32Array.from(kept, (t) => words.ends[t]! + by(t)),
      unknown: Uint8Array.from(kept, (t) => words.unknown[t]!),
      ...(members && {
        members: kept.map((t) => members[t]!.map((start) => start + by(t))),
      }),
      unseen: words.unseen.flatMap((part) => {
        const by = shift(part.start, part.end);
        return by === undefined ? [] : [{ ...part, start: part.start + by, end: part.end + by }];
      }),
    },
    heat && { ...heat, relevance: kept.map((t) => heat.relevance[t]!) },
  ];
}
