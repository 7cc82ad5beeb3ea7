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

/** Mean and total with their 95 % intervals over documents, from the values by document. */
function intervals(byDocument: readonly (readonly number[])[]) {
  const n = byDocument.length;
  const sums = byDocument.map((values) => values.reduce((a, b) => a + b, 0));
  const count = byDocument.reduce((sum, { length }) => sum + length, 0);
  const total = sums.reduce((a, b) => a + b, 0);
  const mean = total / count;
  // Quantiles of Student's t, from a table.
  const t = new Map([[2, 4.302653], [3, 3.182446], [4, 2.776445]]).get(n - 1)!;
  const spread = (parts: readonly number[]) =>
    t * Math.sqrt((n / (n - 1)) * parts.reduce((sum, part) => sum + part ** 2, 0));
  const ofMean = spread(sums.map((sum, d) => sum - mean * byDocument[d]!.length)) / count;
  const ofTotal = spread(sums.map((sum) => sum - total / n));
  return { mean, total, ofMean, ofTotal };
}

Deno.test("WordSums gives intervals over documents, and ranks by means that are sure", () => {
  const sums = new WordSums(1);
  const documents: Record<string, readonly (readonly number[])[]> = {
    // Frequent and weak, strong and steady, strong by chance, and seen in one document alone.
    the: [[0.3, 0.3, 0.2, 0.3], [0.3, 0.2, 0.3], [0.3, 0.3, 0.3, 0.3], [0.2, 0.3, 0.3, 0.3]],
    orbit: [[0.9], [1], [1.1, 0.9]],
    noise: [[4.5], [0.1], [-0.2, 0.3]],
    once: [[5]],
  };
  for (let d = 0; d < 4; d++) {
    const parts = Object.entries(documents).flatMap(([word, values]) =>
      (values[d] ?? []).map((value) => [word, value] as const)
    );
    sums.add(parts.map(([word]) => word), [parts.map(([, value]) => value)]);
  }
  const words = (by: "mean" | "total") => sums.top(0, 1, 9, 1, by).map(({ word }) => word);
  assertEquals(words("total"), ["once", "noise", "the", "orbit"]);
  assertEquals(words("mean"), ["orbit", "the", "noise", "once"]);
  for (const found of sums.top(0, 1, 9, 2)) {
    const { mean, total, ofMean, ofTotal } = intervals(documents[found.word]!);
    for (
      const [interval, estimate, half] of [
        [found.meanInterval, mean, ofMean],
        [found.totalInterval, total, ofTotal],
      ] as const
    ) {
      assertAlmostEquals(interval.estimate, estimate, 1e-12);
      assertAlmostEquals(interval.low, estimate - half, 1e-5);
      assertAlmostEquals(interval.high, estimate + half, 1e-5);
    }
  }
  const [once] = sums.top(0, 1, 1, 1);
  assertEquals([once?.word, once?.meanInterval.low, once?.totalInterval.high], [
    "once",
    -Infinity,
    Infinity,
  ]);
});

Deno.test("WordSums lists the word that was seen first of equals, and as many as asked", () => {
  const sums = new WordSums(1);
  sums.add(["b", "a", "c", "zero"], [[1, 1, 2, 0]]);
  const words = (count: number) => sums.top(0, 1, count, 1).map(({ word }) => word);
  assertEquals(words(9), ["c", "b", "a"]);
  assertEquals(words(2), ["c", "b"]);
  assertEquals(sums.top(0, -1, 9, 1), []);
});
