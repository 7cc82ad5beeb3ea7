import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Deletions, type WordsOf } from "../../../apps/serve/page/deletions.ts";
import {
  type Compared,
  differencesOf,
  type WordDifference,
} from "../../../apps/serve/page/differences.ts";
import {
  deletedInSecond,
  sharedPlaces,
  type Spans,
  toggledInSecond,
} from "../../../apps/serve/page/shared_words.ts";
import { firstState, Store } from "../../../apps/serve/page/state.ts";

const spans = (...all: [start: number, end: number][]): Spans => ({
  starts: Int32Array.from(all, ([start]) => start),
  ends: Int32Array.from(all, ([, end]) => end),
});

// "a good films 7": words, and pieces that know no "a" but the number.
const words = spans([0, 1], [2, 6], [7, 12]);
const pieces = spans([2, 6], [7, 11], [11, 12], [13, 14]);

Deno.test("sharedPlaces() puts words together that overlap", () => {
  assertEquals(sharedPlaces(words, pieces), [
    { start: 0, end: 1, first: [0], second: [] },
    { start: 2, end: 6, first: [1], second: [0] },
    { start: 7, end: 12, first: [2], second: [1, 2] },
    { start: 13, end: 14, first: [], second: [3] },
  ]);
  // Neither cuts where the other does.
  assertEquals(sharedPlaces(spans([0, 4], [4, 9]), spans([0, 2], [2, 6], [6, 9])), [
    { start: 0, end: 9, first: [0, 1], second: [0, 1, 2] },
  ]);
  // Words that touch do not overlap.
  const touching = spans([0, 2], [2, 3]);
  assertEquals(sharedPlaces(touching, touching), [
    { start: 0, end: 2, first: [0], second: [0] },
    { start: 2, end: 3, first: [1], second: [1] },
  ]);
  assertEquals(sharedPlaces(spans(), spans()), []);
});

/** A text cut somewhere, with some parts that are not seen. */
const reading = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()), { maxLength: 12 })
  .map((parts) => {
    let at = 0;
    const all: [number, number][] = [];
    for (const [length, isSeen] of parts) {
      if (isSeen) all.push([at, at + length]);
      at += length;
    }
    return spans(...all);
  });

const overlap = (a: Spans, i: number, b: Spans, j: number) =>
  a.starts[i]! < b.ends[j]! && b.starts[j]! < a.ends[i]!;

Deno.test("sharedPlaces() has each word once, and two that overlap at one place", () => {
  fc.assert(fc.property(reading, reading, (first, second) => {
    const places = sharedPlaces(first, second);
    assertEquals(places.flatMap((place) => place.first), [...first.starts.keys()]);
    assertEquals(places.flatMap((place) => place.second), [...second.starts.keys()]);
    const placeOf = (side: "first" | "second", t: number) =>
      places.findIndex((place) => place[side].includes(t));
    for (const i of first.starts.keys()) {
      for (const j of second.starts.keys()) {
        if (overlap(first, i, second, j)) assertEquals(placeOf("first", i), placeOf("second", j));
      }
    }
  }));
});

Deno.test("a word is deleted in both models, by whichever it is", () => {
  assertEquals(deletedInSecond([7], words, pieces), [7, 11]);
  // What the second does not see, and what only the second sees.
  assertEquals(deletedInSecond([0], words, pieces), []);
  assertEquals(deletedInSecond([13], words, pieces), [13]);
  assertEquals(toggledInSecond([11], [], words, pieces), { starts: [7], restored: false });
  assertEquals(toggledInSecond([11], [0, 7], words, pieces), { starts: [7], restored: true });
  assertEquals(toggledInSecond([13], [], words, pieces), { starts: [13], restored: false });
  assertEquals(toggledInSecond([13], [13], words, pieces), { starts: [13], restored: true });
  // A word of which one character is deleted is gone; restored it is as a whole.
  const characters = spans([0, 1], [1, 2], [2, 3]);
  assertEquals(deletedInSecond([1], characters, spans([0, 3])), [0]);
  assertEquals(toggledInSecond([0], [1], characters, spans([0, 3])), {
    starts: [0, 1, 2],
    restored: true,
  });
});

Deno.test("a word is deleted with what it overlaps itself, not with all that hangs together", () => {
  const [first, second] = [spans([0, 4], [4, 9]), spans([0, 2], [2, 6], [6, 9])];
  assertEquals(deletedInSecond([0], first, second), [0, 2]);
  assertEquals(deletedInSecond([4], first, second), [2, 6]);
  assertEquals(deletedInSecond([0, 4], first, second), [0, 2, 6]);
  const toggled = (wanted: number[], deleted: number[]) => {
    const { starts, restored } = toggledInSecond(wanted, deleted, first, second);
    return [starts, restored];
  };
  assertEquals(toggled([0], []), [[0], false]);
  assertEquals(toggled([2], []), [[0, 4], false]);
  assertEquals(toggled([2], [4]), [[0, 4], true]);
  assertEquals(toggled([6], [0]), [[4], false]);
  assertEquals(toggled([0, 2, 6], [0]), [[0, 4], false]);
  assertEquals(toggled([0, 2, 6], [0, 4]), [[0, 4], true]);
});

Deno.test("the deleted words of the second model are those that overlap a deleted one", () => {
  fc.assert(fc.property(reading, reading, fc.nat(4095), (first, second, bits) => {
    const isGone = (i: number) => (bits >> i & 1) === 1;
    const gone = [...first.starts.keys()].filter(isGone);
    const expected = [...second.starts.keys()].filter((j) =>
      gone.some((i) => overlap(first, i, second, j))
    );
    const deleted = gone.map((i) => first.starts[i]!);
    assertEquals(
      deletedInSecond(deleted, first, second),
      expected.map((j) => second.starts[j]!),
    );
  }));
});

Deno.test("what is toggled in the second model is gone there, and back when toggled again", () => {
  const all = fc.record({ first: reading, second: reading, nth: fc.nat(11) });
  fc.assert(fc.property(all, ({ first, second, nth }) => {
    const start = second.starts[nth];
    if (start === undefined) return;
    const { starts, restored } = toggledInSecond([start], [], first, second);
    assertEquals([restored, starts.length > 0], [false, true]);
    assertEquals(deletedInSecond(starts, first, second).includes(start), true);
    assertEquals(toggledInSecond([start], starts, first, second), { starts, restored: true });
  }));
});

Deno.test("deleted words that no shown model has any longer are forgotten", () => {
  const known = (at: Spans) => ({ ...at, unknown: new Uint8Array(at.starts.length) });
  const all = [known(words), known(pieces)] as const;
  const kept = (compare: boolean, otherIsKnown: boolean) => {
    const store = new Store({ ...firstState, compare, other: "may", deleted: [2, 11, 99] });
    const wordsOf = (model: 0 | 1) => model === 0 || otherIsKnown ? all[model] : undefined;
    new Deletions(store, wordsOf as WordsOf).forgetLost();
    return store.state.deleted;
  };
  assertEquals(kept(true, true), [2, 11]);
  // Until its words are known, none of them is lost; where it is not shown, it is not asked.
  assertEquals(kept(true, false), [2, 11, 99]);
  assertEquals(kept(false, false), [2]);
});

const heatmap = (at: Spans, relevance: number[], signed = true): Compared => ({
  ...at,
  relevance: Float64Array.from(relevance),
  signed,
});

Deno.test("differencesOf() compares the parts of words, whatever the scale of scores", () => {
  const first = heatmap(words, [2, 6, -8]);
  const second = heatmap(pieces, [0.5, -0.25, -0.125, 0.125]);
  const { words: found, total, moved, signed } = differencesOf([first, second]);
  // All differ equally, so they stand in text order.
  const expected: WordDifference[] = [
    { start: 0, end: 1, at: [[0], []], parts: [0.125, undefined], difference: -0.125 },
    { start: 2, end: 6, at: [[1], [0]], parts: [0.375, 0.5], difference: 0.125 },
    { start: 7, end: 12, at: [[2], [1, 2]], parts: [-0.5, -0.375], difference: 0.125 },
    { start: 13, end: 14, at: [[], [3]], parts: [undefined, 0.125], difference: 0.125 },
  ];
  assertEquals(found, expected);
  assertEquals([total, moved, signed], [4, 0.25, true]);
  // Of the same heatmap on another scale nothing differs.
  const same = differencesOf([first, heatmap(words, [1, 3, -4])]);
  assertEquals([same.words, same.total, same.moved], [[], 3, 0]);
  // Nor where the scale rounds.
  const [small, tripled] = [0.1, 0.7, -0.3].map((value) => [value, 3 * value])
    .reduce<number[][]>(([a, b], [x, y]) => [[...a!, x!], [...b!, y!]], [[], []]);
  const rounded = differencesOf([heatmap(words, small!), heatmap(words, tripled!)]);
  assertEquals([rounded.words, rounded.total], [[], 3]);
});

Deno.test("differencesOf() leaves out deleted words, and signs that one explainer lacks", () => {
  const first = heatmap(words, [2, 6, -8]);
  const second = heatmap(pieces, [6, 1, 1, 0]);
  const gone = (heatmap: 0 | 1, t: number) => heatmap === 0 ? t === 1 : t === 0;
  const { words: found, total } = differencesOf([first, second], gone);
  // 2/10 and nothing, −8/10 and 2/2.
  assertEquals(found.map(({ start, parts }) => [start, parts]), [
    [7, [-0.8, 1]],
    [0, [0.2, undefined]],
  ]);
  assertEquals(total, 3);
  const unsigned = differencesOf([first, heatmap(pieces, [6, 1, 1, 0], false)]);
  assertEquals(unsigned.signed, false);
  assertEquals(unsigned.words.find(({ start }) => start === 7)!.parts, [0.5, 0.25]);
  const empty = differencesOf([heatmap(words, [0, 0, 0]), heatmap(spans(), [])]);
  assertEquals([empty.words, empty.total, empty.moved], [[], 3, 0]);
});

Deno.test("differencesOf() ranks by size, and moves what the parts of words do", () => {
  const relevances = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(relevances, relevances, (a, b) => {
    const { words: found, moved } = differencesOf([heatmap(words, a), heatmap(words, b)]);
    const size = (all: number[]) => all.reduce((sum, one) => sum + Math.abs(one), 0) || 1;
    const expected = a.map((value, t) => b[t]! / size(b) - value / size(a));
    const half = expected.reduce((sum, one) => sum + Math.abs(one), 0) / 2;
    assertAlmostEquals(moved, half, 1e-12);
    const sizes = found.map(({ difference }) => Math.abs(difference));
    assertEquals(sizes, sizes.toSorted((x, y) => y - x));
    for (const { at: [[t]], difference } of found) {
      assertAlmostEquals(difference, expected[t!]!, 1e-12);
    }
  }));
});
