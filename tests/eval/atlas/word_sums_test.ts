import { Random } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { WordSums } from "../../../eval/atlas/_word_sums.ts";

Deno.test("WordSums adds up any number of words, by class, word and document", () => {
  const random = new Random(1);
  const sums = new WordSums(2);
  const expected = new Map<
    string,
    { totals: [number, number]; count: number; documents: number }
  >();
  for (let d = 0; d < 300; d++) {
    const names = Array.from({ length: 40 }, () => `word${random.below(6000)}`);
    // Twice in this document, and once without a name.
    const all = [...names, names[0]!, undefined];
    const relevances = [0, 1].map(() => all.map(() => random.normal()));
    sums.add(all, relevances);
    all.forEach((name, t) => {
      if (name === undefined) return;
      const entry = expected.get(name) ?? { totals: [0, 0], count: 0, documents: 0 };
      entry.totals[0] += relevances[0]![t]!;
      entry.totals[1] += relevances[1]![t]!;
      entry.count++;
      expected.set(name, entry);
    });
    for (const name of new Set(names)) expected.get(name)!.documents++;
  }
  assertEquals(expected.size > 4096, true);
  assertEquals(sums.tokens, 300 * 42);
  for (const target of [0, 1] as const) {
    for (const sign of [1, -1] as const) {
      for (const min of [1, 4]) {
        const found = sums.top(target, sign, 10_000, min);
        const wanted = [...expected].filter(([, { totals, documents }]) =>
          sign * totals[target] > 0 && documents >= min
        ).sort(([, a], [, b]) => sign * (b.totals[target] - a.totals[target]));
        assertEquals(found.map(({ word }) => word), wanted.map(([word]) => word));
        wanted.forEach(([, { totals, count, documents }], i) => {
          assertAlmostEquals(found[i]!.total, totals[target], 1e-12);
          assertAlmostEquals(found[i]!.mean, totals[target] / count, 1e-12);
          assertEquals([found[i]!.count, found[i]!.documents], [count, documents]);
        });
      }
    }
  }
});

Deno.test("WordSums lists the word that was seen first of equals, and as many as asked", () => {
  const sums = new WordSums(1);
  sums.add(["b", "a", "c", "zero"], [[1, 1, 2, 0]]);
  const words = (count: number) => sums.top(0, 1, count, 1).map(({ word }) => word);
  assertEquals(words(9), ["c", "b", "a"]);
  assertEquals(words(2), ["c", "b"]);
  assertEquals(sums.top(0, -1, 9, 1), []);
});
