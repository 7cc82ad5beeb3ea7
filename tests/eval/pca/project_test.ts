import { Random } from "@heatword/core";
import { commonExtent, projectToPlane } from "@heatword/eval/pca";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { PCA } from "ml-pca";

function draw(count: number, dimensions: number, seed = 1): Float32Array {
  const random = new Random(seed);
  return Float32Array.from(
    { length: count * dimensions },
    (_, i) => random.normal() * (1 + 3 / (1 + (i % dimensions))) + (i % dimensions),
  );
}

function rows(vectors: Float32Array, dimensions: number): number[][] {
  return Array.from(
    { length: vectors.length / dimensions },
    (_, i) => [...vectors.subarray(i * dimensions, (i + 1) * dimensions)],
  );
}

Deno.test("projectToPlane() agrees with singular value decomposition but for the sign", () => {
  for (const seed of [1, 2, 3]) {
    const vectors = draw(40, 7, seed);
    const { points, explainedVariance } = projectToPlane(vectors, 7);
    const svd = new PCA(rows(vectors, 7), { method: "SVD" });
    const expected = svd.predict(rows(vectors, 7), { nComponents: 2 });
    for (let c = 0; c < 2; c++) {
      const sign = Math.sign(points[c]! * expected.get(0, c));
      for (let i = 0; i < 40; i++) {
        assertAlmostEquals(points[i * 2 + c]!, sign * expected.get(i, c), 1e-9);
      }
      assertAlmostEquals(explainedVariance[c]!, svd.getExplainedVariance()[c]!, 1e-10);
    }
  }
});

Deno.test("projectToPlane() agrees with the covariance method of the library", () => {
  const vectors = draw(25, 5);
  const library = new PCA(rows(vectors, 5), { method: "covarianceMatrix" });
  const { components } = projectToPlane(vectors, 5);
  for (let d = 0; d < 5; d++) {
    assertAlmostEquals(
      Math.abs(components[d]!),
      Math.abs(library.getEigenvectors().get(d, 0)),
      1e-10,
    );
  }
});

Deno.test("projectToPlane() fixes the sign: the largest number of a component is positive", () => {
  const vectors = draw(30, 6);
  const mirrored = vectors.map((x) => -x);
  for (const data of [vectors, mirrored]) {
    const { components } = projectToPlane(data, 6);
    for (let c = 0; c < 2; c++) {
      const own = [...components.subarray(c * 6, (c + 1) * 6)];
      assertEquals(Math.max(...own), Math.max(...own.map(Math.abs)));
    }
  }
});

Deno.test("projectToPlane() is centred, and its axes are uncorrelated", () => {
  const { points } = projectToPlane(draw(50, 4), 4);
  let x = 0, y = 0, xy = 0;
  for (let i = 0; i < 50; i++) {
    x += points[i * 2]!;
    y += points[i * 2 + 1]!;
    xy += points[i * 2]! * points[i * 2 + 1]!;
  }
  for (const sum of [x, y, xy]) assertAlmostEquals(sum, 0, 1e-4);
});

Deno.test("projectToPlane() takes equal vectors and refuses what cannot be projected", () => {
  assert(projectToPlane(new Float32Array([1, 2, 1, 2]), 2).points.every((x) => x === 0));
  assertThrows(() => projectToPlane(new Float32Array(3), 3), RangeError, "two vectors");
  assertThrows(() => projectToPlane(new Float32Array(5), 2), RangeError, "5 numbers");
  assertThrows(() => projectToPlane(new Float32Array([1, NaN, 2, 3]), 2), RangeError, "finite");
});

Deno.test("projectToPlane() lays vectors of one number along the first axis", () => {
  const { points, explainedVariance, components } = projectToPlane(new Float32Array([-1, 0, 4]), 1);
  assertEquals([...points], [-2, 0, -1, 0, 3, 0]);
  assertEquals([...explainedVariance], [1, 0]);
  assertEquals([...components], [1, 0]);
});

Deno.test("commonExtent() is the largest coordinate of all", () => {
  assertEquals(
    commonExtent([{ points: new Float64Array([1, -4]) }, { points: new Float64Array([3, 0]) }]),
    4,
  );
});
