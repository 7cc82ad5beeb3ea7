import { Random } from "@heatword/core";
import { silhouette } from "@heatword/eval/pca";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** By the words of the definition, point by point. */
function byDefinition(points: number[][], groups: number[], groupCount: number): number[] {
  const distance = (p: number[], q: number[]) => Math.hypot(...p.map((x, d) => x - q[d]!));
  const values: number[][] = Array.from({ length: groupCount }, () => []);
  points.forEach((point, i) => {
    const meanTo = (g: number) => {
      const others = points.filter((_, j) => groups[j] === g && j !== i);
      return others.length === 0
        ? NaN
        : others.reduce((sum, other) => sum + distance(point, other), 0) / others.length;
    };
    if (groups[i]! < 0) return;
    const a = meanTo(groups[i]!);
    const others = [...new Set(groups)].filter((g) => g >= 0 && g !== groups[i]);
    const b = Math.min(...others.map(meanTo));
    const larger = Math.max(a, b);
    values[groups[i]!]!.push(Number.isNaN(a) || larger === 0 ? 0 : (b - a) / larger);
  });
  const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  return [mean(values.flat()), ...values.map(mean)];
}

Deno.test("silhouette() agrees with the definition", () => {
  const coordinate = fc.constantFrom(-1, 0, 0.25, 1, 2.5);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }).chain((dimensions) =>
        fc.array(
          fc.tuple(
            fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }),
            fc.integer({ min: -1, max: 2 }),
          ),
          { maxLength: 14 },
        ).map((rows) => [dimensions, rows] as const)
      ),
      ([dimensions, rows]) => {
        const groups = rows.map(([, group]) => group);
        const points = rows.map(([point]) => point);
        const found = silhouette(Float64Array.from(points.flat()), dimensions, groups, 3);
        if (new Set(groups.filter((g) => g >= 0)).size < 2) return assert(Number.isNaN(found.mean));
        const [mean, ...byGroup] = byDefinition(points, groups, 3);
        assertAlmostEquals(found.mean, mean!, 1e-9);
        byGroup.forEach((value, g) => assertAlmostEquals(found.byGroup[g]!, value, 1e-9));
      },
    ),
  );
});

Deno.test("silhouette() agrees with the definition in many dimensions, in blocks and odd ends", () => {
  const random = new Random(6);
  for (const count of [2, 3, 7, 64, 65, 131]) {
    const points = Array.from(
      { length: count },
      () => Array.from({ length: 9 }, () => random.normal()),
    );
    const groups = points.map((_, i) => (i % 4) - (i % 11 === 10 ? 4 : 0)).map((g) =>
      Math.max(-1, g)
    );
    const found = silhouette(Float64Array.from(points.flat()), 9, groups, 4);
    const [mean, ...byGroup] = byDefinition(points, groups, 4);
    assertAlmostEquals(found.mean, mean!, 1e-9);
    byGroup.forEach((value, g) => assertAlmostEquals(found.byGroup[g]!, value, 1e-9));
  }
});

Deno.test("silhouette() is near 1 for tight groups far apart and does not see group -1", () => {
  const far = new Float32Array([0, 0, 0, 0.01, 100, 0, 100, 0.01, 50, 0]);
  assert(silhouette(far, 2, [0, 0, 1, 1, -1], 2).mean > 0.999);
});

Deno.test("silhouette() refuses other numbers of groups and groups out of range", () => {
  assertThrows(() => silhouette(new Float64Array(4), 2, [0], 1), RangeError, "2 points by 1");
  assertThrows(() => silhouette(new Float64Array(4), 2, [0, 5], 2), RangeError, "beyond 1");
  assertEquals(silhouette(new Float64Array(0), 2, [], 2).byGroup, [NaN, NaN]);
});
