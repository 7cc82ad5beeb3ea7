import { Random } from "@heatword/core";
import { silhouette, silhouetteInfluence } from "@heatword/eval/pca";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

/** Points around a centre of their group, the last of no group. */
function drawn(random: Random, sizes: readonly number[], apart: number) {
  const groups = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const points = [...groups, 0].flatMap((g) => [
    apart * Math.cos(g) + random.normal(),
    apart * Math.sin(g) + random.normal(),
  ]);
  return { points: Float64Array.from(points), groups: [...groups, -1] };
}

/** The mean silhouette without one point. */
function without(points: Float64Array, groups: readonly number[], gone: number, count: number) {
  const others = groups.map((group, i) => i === gone ? -1 : group);
  return silhouette(points, 2, others, count).mean;
}

Deno.test("silhouetteInfluence() is what leaving each point out gives", () => {
  const random = new Random(8);
  for (const sizes of [[4, 3], [9, 2, 5], [1, 4, 3, 2], [2, 2]]) {
    const { points, groups } = drawn(random, sizes, 1.5);
    const { mean } = silhouette(points, 2, groups, sizes.length);
    const found = silhouetteInfluence(points, 2, groups, sizes.length, mean);
    const count = groups.length - 1;
    const left = Array.from(
      { length: count },
      (_, i) => without(points, groups, i, sizes.length),
    );
    const average = left.reduce((a, b) => a + b) / count;
    assertEquals(found.length, count);
    left.forEach((value, i) =>
      assertAlmostEquals(found[i]!, mean + (count - 1) * (average - value), 1e-9)
    );
  }
});

Deno.test("silhouetteInfluence() takes points that coincide, and is empty without two groups", () => {
  const points = new Float64Array([1, 1, 1, 1, 1, 1, 1, 1]);
  assertEquals([...silhouetteInfluence(points, 2, [0, 0, 1, 1], 2, 0)], [0, 0, 0, 0]);
  assertEquals([...silhouetteInfluence(points, 2, [0, 0, 0, 0], 2, NaN)], []);
});

Deno.test("silhouetteInfluence() tells the standard error of the mean silhouette", () => {
  const random = new Random(5);
  const trials = 300, sizes = [30, 20, 25];
  const means: number[] = [];
  let squaredError = 0;
  for (let trial = 0; trial < trials; trial++) {
    // Group sizes vary too, as they do when documents are drawn.
    const { points, groups } = drawn(random, sizes.map((size) => size - 4 + random.below(9)), 2);
    const { mean } = silhouette(points, 2, groups, 3);
    means.push(mean);
    const influence = silhouetteInfluence(points, 2, groups, 3, mean);
    const count = influence.length;
    squaredError += influence.reduce((sum, u) => sum + (u - mean) ** 2, 0) / (count - 1) / count;
  }
  const center = means.reduce((a, b) => a + b) / trials;
  const actual = Math.sqrt(means.reduce((sum, m) => sum + (m - center) ** 2, 0) / (trials - 1));
  const told = Math.sqrt(squaredError / trials);
  // The spread of 300 means is itself known to 4 %.
  assert(Math.abs(told / actual - 1) < 0.15, `${told} for ${actual}`);
});
