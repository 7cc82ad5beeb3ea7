import { Random } from "@heatword/core";
import { splitLabelled } from "@heatword/datasets/tables";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** So many items of each class, mixed. */
function items(...counts: number[]): { label: string; i: number }[] {
  const labels = counts.flatMap((count, c) => Array<string>(count).fill(`c${c}`));
  return new Random(3).shuffle(labels).map((label, i) => ({ label, i }));
}

const count = (part: readonly { label: string }[], label: string) =>
  part.filter((item) => item.label === label).length;

Deno.test("splitLabelled() gives each class its share of each part", () => {
  const { train, heldOut, test } = splitLabelled(items(1000, 100, 10), { random: new Random(1) });
  assertEquals(["c0", "c1", "c2"].map((c) => count(train, c)), [700, 70, 7]);
  assertEquals(["c0", "c1", "c2"].map((c) => count(heldOut, c)), [100, 10, 1]);
  assertEquals(["c0", "c1", "c2"].map((c) => count(test, c)), [200, 20, 2]);
});

Deno.test("splitLabelled() leaves something to learn from where there is little", () => {
  const sizes = (...counts: number[]) => {
    const { train, heldOut, test } = splitLabelled(items(...counts), { random: new Random(1) });
    return [train.length, heldOut.length, test.length];
  };
  assertEquals(sizes(1), [1, 0, 0]);
  assertEquals(sizes(2), [1, 0, 1]);
  assertEquals(sizes(3), [1, 1, 1]);
  assertEquals(sizes(2, 1), [2, 0, 1]);
  assertEquals(sizes(), [0, 0, 0]);
});

Deno.test("splitLabelled() gives the same parts for the same seed", () => {
  const split = (seed: number) => splitLabelled(items(40, 40), { random: new Random(seed) });
  assertEquals(split(5), split(5));
  assertNotEquals(split(5), split(6));
});

Deno.test("splitLabelled() loses nothing, repeats nothing and keeps the order", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }),
    fc.double({ min: 0, max: 0.45, noNaN: true }),
    fc.double({ min: 0, max: 0.45, noNaN: true }),
    fc.nat(),
    (counts, heldOut, test, seed) => {
      const all = items(...counts);
      const split = splitLabelled(all, { heldOut, test, random: new Random(seed) });
      const parts = [split.train, split.heldOut, split.test];
      assertEquals(parts.flat().map(({ i }) => i).sort((a, b) => a - b), all.map(({ i }) => i));
      for (const part of parts) {
        assert(part.every(({ i }, rank) => rank === 0 || i > part[rank - 1]!.i));
      }
      counts.forEach((n, c) => {
        assert(count(split.train, `c${c}`) >= 1);
        assertEquals(count(split.test, `c${c}`) >= 1, n >= 2 && test > 0);
        if (heldOut === 0) assertEquals(count(split.heldOut, `c${c}`), 0);
      });
    },
  ));
});

Deno.test("splitLabelled() refuses shares that leave nothing", () => {
  for (const [heldOut, test] of [[0.5, 0.5], [-0.1, 0.2], [0.1, 1], [NaN, 0.1]] as const) {
    assertThrows(
      () => splitLabelled(items(5), { heldOut, test, random: new Random(1) }),
      RangeError,
      "together they must be less than 1",
    );
  }
});

Deno.test("splitLabelled() rounds shares to the nearest number of items", () => {
  const sizes = (n: number, heldOut: number, test: number) => {
    const split = splitLabelled(items(n), { heldOut, test, random: new Random(1) });
    return [split.train.length, split.heldOut.length, split.test.length];
  };
  assertEquals(sizes(18, 0.1, 0.2), [12, 2, 4]);
  assertEquals(sizes(17, 0.1, 0.2), [12, 2, 3]);
  assertEquals(sizes(14, 0.1, 0.2), [10, 1, 3]);
});

Deno.test("splitLabelled() draws each class by a generator of its own, in the order of names", () => {
  const all = items(30, 30, 30);
  const { test } = splitLabelled(all, { heldOut: 0, test: 0.2, random: new Random(8) });
  const expected = ["c0", "c1", "c2"].flatMap((label, c) => {
    const mine = all.filter((item) => item.label === label).map(({ i }) => i);
    return new Random(8).fork(c).shuffle(mine).slice(0, 6);
  });
  assertEquals(test.map(({ i }) => i), expected.sort((a, b) => a - b));
  // Places within the classes differ, or all classes would be drawn alike.
  const places = ["c0", "c1", "c2"].map((label) => {
    const mine = all.filter((item) => item.label === label);
    return mine.flatMap((item, place) => test.includes(item) ? [place] : []).join();
  });
  assertEquals(new Set(places).size, 3);
});
