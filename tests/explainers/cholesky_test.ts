import { Random } from "@heatword/core";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { inverse } from "../../explainers/_cholesky.ts";

/** The inverse by ml-matrix, under the same tolerance. */
function byLibrary(data: Float64Array, n: number, tolerance = 0): number[] | undefined {
  const decomposition = new CholeskyDecomposition(Matrix.from1DArray(n, n, data));
  if (!decomposition.isPositiveDefinite()) return undefined;
  const roots = decomposition.lowerTriangularMatrix.diagonal();
  if (roots.some((root, i) => root ** 2 <= tolerance * data[i * n + i]!)) return undefined;
  return decomposition.solve(Matrix.eye(n)).to1DArray();
}

/** Numbers as they are stored: 0 is not −0. */
const bitsOf = (
  numbers: ArrayLike<number>,
) => [...new BigUint64Array(Float64Array.from(numbers).buffer)];

/** Aᵀ W A + ridge · I for rows of zeros and ones, as LIME and KernelSHAP have it. */
function drawnGram(random: Random, n: number, samples: number, ridge: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let m = 0; m < samples; m++) {
    const weight = random.uniform();
    const row = Float64Array.from({ length: n }, () => random.uniform() < 0.5 ? 0 : 1);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) gram[i * n + j]! += weight * row[i]! * row[j]!;
    }
  }
  for (let i = 0; i < n; i++) gram[i * n + i]! += ridge;
  return gram;
}

/** Solves M x = b by Gaussian elimination, with the largest pivot of each column. */
function solvedByElimination(data: ArrayLike<number>, n: number, b: ArrayLike<number>): number[] {
  const rows = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => data[i * n + j]!),
    b[i]!,
  ]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.map((row, k) => row[n]! / row[k]!);
}

const sizes = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  n: fc.integer({ min: 0, max: 24 }),
  // Fewer samples than words make the matrix singular but for the ridge.
  samples: fc.integer({ min: 0, max: 60 }),
  ridge: fc.constantFrom(0, 1e-12, 1e-6, 1),
  tolerance: fc.constantFrom(0, 1e-10),
});

Deno.test("inverse() gives the bits that ml-matrix gives, and refuses what that refuses", () => {
  let refused = 0;
  fc.assert(
    fc.property(sizes, ({ seed, n, samples, ridge, tolerance }) => {
      const gram = drawnGram(new Random(seed), n, samples, ridge);
      const found = inverse(gram, n, tolerance);
      if (found === undefined) refused++;
      const expected = byLibrary(gram, n, tolerance);
      assertEquals(found && bitsOf(found), expected && bitsOf(expected));
    }),
    { numRuns: 500, seed: 1 },
  );
  assert(refused > 20 && refused < 400, `${refused} of 500 were refused`);
});

Deno.test("inverse() solves normal equations as elimination with pivots does", () => {
  fc.assert(
    fc.property(sizes, ({ seed, n, samples }) => {
      const random = new Random(seed);
      const gram = drawnGram(random, n, samples, 1);
      const b = Array.from({ length: n }, () => random.normal());
      const found = inverse(gram, n)!;
      solvedByElimination(gram, n, b).forEach((expected, i) => {
        const x = b.reduce((sum, value, j) => sum + found[i * n + j]! * value, 0);
        assertAlmostEquals(x, expected, 1e-10 * Math.max(1, Math.abs(expected)));
      });
    }),
    { numRuns: 100, seed: 2 },
  );
});

/** A Hilbert matrix: the worse to invert, the larger. */
const hilbert = (n: number) =>
  Float64Array.from({ length: n * n }, (_, at) => 1 / (Math.floor(at / n) + at % n + 1));

/** Binomial coefficients. */
const choose = (n: number, k: number): number => k === 0 ? 1 : choose(n, k - 1) * (n - k + 1) / k;

/** The inverse of a Hilbert matrix, which has whole numbers (Choi 1983). */
const hilbertInverse = (n: number) =>
  Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n) + 1, at % n + 1];
    const sign = (i + j) % 2 === 0 ? 1 : -1;
    return sign * (i + j - 1) * choose(n + i - 1, n - j) * choose(n + j - 1, n - i) *
      choose(i + j - 2, i - 1) ** 2;
  });

Deno.test("inverse() is as near to the inverses of Hilbert matrices as ml-matrix", () => {
  // Condition numbers: 5e2, 5e5, 1.5e7, 1.5e10 (n = 3, 5, 6, 8).
  for (const [n, bound] of [[3, 1e-12], [5, 1e-9], [6, 1e-8], [8, 1e-4]] as const) {
    const expected = hilbertInverse(n);
    const worst = (found: ArrayLike<number>) =>
      Math.max(...expected.map((value, at) => Math.abs(found[at]! / value - 1)));
    const found = worst(inverse(hilbert(n), n)!);
    assert(found <= bound, `${n}: ${found}`);
    assertEquals(found, worst(byLibrary(hilbert(n), n)!));
  }
});

Deno.test("inverse() refuses singular matrices, and reads the lower half alone", () => {
  assertEquals(inverse(Float64Array.of(1, 1, 1, 1), 2), undefined);
  assertEquals(inverse(Float64Array.of(0), 1), undefined);
  assertEquals(inverse(Float64Array.of(-1), 1), undefined);
  assertEquals(inverse(Float64Array.of(NaN), 1), undefined);
  assertEquals(inverse(Float64Array.of(1, 2, 2, 1), 2), undefined);
  const almost = Float64Array.of(1, 1, 1, 1 + 1e-12);
  assert(inverse(almost, 2) !== undefined);
  assertEquals(inverse(almost, 2, 1e-10), undefined);
  assertEquals(
    inverse(Float64Array.of(4, NaN, 2, 5), 2),
    Float64Array.of(5, -2, -2, 4).map((x) => x / 16),
  );
  assertEquals(inverse(new Float64Array(), 0), new Float64Array());
});
