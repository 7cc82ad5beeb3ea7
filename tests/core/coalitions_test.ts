import { Coalitions } from "@heatword/core";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** The same as sets. */
const sets = fc.integer({ min: 1, max: 100 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    lists: fc.array(fc.uniqueArray(fc.nat({ max: length - 1 })), { minLength: 1, maxLength: 8 }),
  })
);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

Deno.test("Coalitions remember what is deleted in each", () => {
  fc.assert(fc.property(sets, ({ length, lists }) => {
    const coalitions = Coalitions.without(length, lists);
    lists.forEach((list, m) => {
      assertEquals(coalitions.deleted(m), sorted(list));
      for (let t = 0; t < length; t++) assertEquals(coalitions.has(m, t), !list.includes(t));
    });
  }));
});

Deno.test("Coalitions.changes() is the symmetric difference, from −1 all that is deleted", () => {
  fc.assert(fc.property(sets, ({ length, lists }) => {
    const coalitions = Coalitions.without(length, lists);
    lists.forEach((list, m) => {
      const before = new Set(m === 0 ? [] : lists[m - 1]);
      assertEquals(
        coalitions.changes(m - 1, m),
        sorted(before.symmetricDifference(new Set(list))),
      );
    });
  }));
});

Deno.test("Coalitions can be restored, copied and cut", () => {
  const coalitions = Coalitions.without(70, [[0, 31, 32, 69], [5]]);
  coalitions.restore(0, 31);
  coalitions.copy(1, 0);
  coalitions.delete(1, 64);
  assertEquals(coalitions.deleted(1), [0, 32, 64, 69]);
  const part = coalitions.slice(1, 5);
  assertEquals([part.size, part.length], [1, 70]);
  assertEquals(part.deleted(0), [0, 32, 64, 69]);
  part.restore(0, 64);
  assertEquals(coalitions.has(1, 64), false);
});

Deno.test("Coalitions refuse words and coalitions that are not there", () => {
  const coalitions = new Coalitions(5, 2);
  for (const t of [-1, 5, 0.5, NaN]) {
    assertThrows(() => coalitions.delete(0, t), RangeError, "the input has 5 words");
    assertThrows(() => coalitions.restore(0, t), RangeError, "the input has 5 words");
  }
  assertThrows(() => coalitions.delete(2, 0), RangeError, "Cannot change coalition 2: there are 2");
});
