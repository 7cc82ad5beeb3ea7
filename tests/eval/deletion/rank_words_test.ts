import { Random } from "@heatword/core";
import { rankWords, shuffledWords } from "@heatword/eval/deletion";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

Deno.test("rankWords() takes the first position of equals, in both orders", () => {
  const relevance = [0, 5, -1, 5, 0, -1];
  assertEquals([...rankWords(relevance, "decreasing")], [1, 3, 0, 4, 2, 5]);
  assertEquals([...rankWords(relevance, "increasing")], [2, 5, 0, 4, 1, 3]);
});

Deno.test("rankWords() leaves padding out", () => {
  assertEquals([...rankWords([1, 2, 9], "decreasing", 2)], [1, 0]);
  assertEquals([...rankWords([9], "decreasing", 0)], []);
});

Deno.test("rankWords() orders infinite relevances, and refuses NaN and too few", () => {
  assertEquals([...rankWords([-Infinity, 1, Infinity, Infinity], "decreasing")], [2, 3, 1, 0]);
  assertThrows(() => rankWords([1, NaN], "decreasing"), RangeError, "word 1");
  assertThrows(() => rankWords([1], "decreasing", 2), RangeError, "2 words by 1");
});

Deno.test("rankWords() agrees with picking the extreme again and again", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(-2, -1, 0, 0.5, 1, 2)),
      fc.constantFrom("decreasing" as const, "increasing" as const),
      (relevance, order) => {
        const left = new Set(relevance.keys());
        const expected: number[] = [];
        while (left.size > 0) {
          let best = -1;
          for (const t of left) {
            const better = order === "decreasing"
              ? relevance[t]! > relevance[best]!
              : relevance[t]! < relevance[best]!;
            if (best < 0 || better) best = t;
          }
          left.delete(best);
          expected.push(best);
        }
        assertEquals([...rankWords(relevance, order)], expected);
      },
    ),
  );
});

Deno.test("shuffledWords() holds every position once, by the seed alone", () => {
  const shuffled = shuffledWords(20, new Random(5));
  assertEquals([...shuffled].sort((a, b) => a - b), Array.from({ length: 20 }, (_, t) => t));
  assertEquals(shuffled, shuffledWords(20, new Random(5)));
  assert(shuffled.some((position, t) => position !== t));
});
