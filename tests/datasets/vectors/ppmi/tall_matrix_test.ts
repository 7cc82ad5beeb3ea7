// Products of tall matrices and eigenvectors of sparse ones, beside plain loops and a dense
// decomposition by another library.
import { Random } from "@heatword/core";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Matrix, SVD } from "ml-matrix";
import {
  leadingEigenvectors,
  symmetricEigenvectors,
} from "../../../../datasets/vectors/tall_matrix/eigenvectors.ts";
import {
  type SparseMatrix,
  TallMatrices,
} from "../../../../datasets/vectors/tall_matrix/tall_matrix.ts";

type Rows = readonly (readonly number[])[];

function drawn(rows: number, columns: number, seed: number): Rows {
  const random = new Random(seed);
  return Array.from(
    { length: rows },
    () => Array.from({ length: columns }, () => Math.fround(random.normal())),
  );
}

/** A symmetric matrix most of whose numbers are zero, with some large eigenvalues, one below zero. */
function drawnSparse(size: number, seed: number): { dense: Rows; sparse: SparseMatrix } {
  const random = new Random(seed);
  const dense = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const set = (i: number, j: number, value: number) => {
    dense[i]![j] = dense[j]![i] = Math.fround(value);
  };
  for (let i = 0; i < size; i++) set(i, random.below(size), random.uniform());
  [9, 7, -5, 3].forEach((value, k) => set(10 * k, 10 * k, value));
  const entries = dense.map((row) => row.flatMap((v, j) => v === 0 ? [] : [[j, v] as const]));
  const starts = Uint32Array.of(0, ...entries.map(({ length }) => length));
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const flat = entries.flat();
  return {
    dense,
    sparse: {
      starts,
      columns: Uint32Array.from(flat, ([j]) => j),
      values: Float32Array.from(flat, ([, v]) => v),
    },
  };
}

function assertNear(actual: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(actual[i]!, value, tolerance));
}

const product = (a: Rows, b: Rows): number[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const transposed = (a: Rows) => a[0]!.map((_, j) => a.map((row) => row[j]!));

Deno.test("TallMatrices multiplies matrices of any size as plain loops do", () => {
  // More rows than are added up at once, and columns that fill no panel.
  const rows = 1500;
  const matrices = new TallMatrices(rows);
  const [a, b] = [drawn(rows, 35, 1), drawn(rows, 5, 2)];
  const put = (numbers: Rows) => {
    const matrix = matrices.zeros(numbers[0]!.length);
    matrices.fill(matrix, 0, numbers[0]!.length, (i, j) => numbers[i]![j]!);
    return matrix;
  };
  const [left, right] = [put(a), put(b)];
  assertEquals([left.columns, right.columns], [64, 32]);
  assertEquals(matrices.toRows(right, 5), Float32Array.from(b.flat()));
  const dots = matrices.dots(left, right);
  const expected = product(transposed(a), b);
  for (let i = 0; i < 64; i++) {
    for (let j = 0; j < 32; j++) {
      assertAlmostEquals(dots[i * 32 + j]!, expected[i]?.[j] ?? 0, 1e-3);
    }
  }
  const small = drawn(64, 32, 3);
  const to = matrices.zeros(32);
  matrices.multiply(left, Float64Array.from(small.flat()), to);
  assertNear(matrices.toRows(to, 32), product(a, small.slice(0, 35)).flat(), 1e-4);
});

Deno.test("TallMatrices multiplies a sparse matrix as plain loops do", () => {
  const { dense, sparse } = drawnSparse(50, 4);
  const matrices = new TallMatrices(50);
  const by = drawn(50, 40, 5);
  const [from, to] = [matrices.zeros(40), matrices.zeros(40)];
  matrices.fill(from, 0, 40, (i, j) => by[i]![j]!);
  matrices.multiplySparse(matrices.place(sparse), from, to);
  assertNear(matrices.toRows(to, 40), product(dense, by).flat(), 1e-4);
});

Deno.test("TallMatrices refuses what has no room in a memory", () => {
  const matrices = new TallMatrices(2 ** 25);
  assertThrows(() => matrices.zeros(32), RangeError, "33554432 word vectors");
});

Deno.test("leadingEigenvectors() finds those of a dense decomposition", async () => {
  const size = 120;
  const { dense, sparse } = drawnSparse(size, 6);
  const { values, vectors } = await leadingEigenvectors(sparse, { count: 4, passes: 8, seed: 1 });
  const svd = new SVD(new Matrix(dense.map((row) => [...row])));
  for (let j = 0; j < 4; j++) {
    assertAlmostEquals(Math.abs(values[j]!), svd.diagonal[j]!, 1e-4);
    const column = Array.from({ length: size }, (_, i) => vectors[i * 4 + j]!);
    const cosine = column.reduce((sum, v, i) => sum + v * svd.leftSingularVectors.get(i, j), 0);
    assertAlmostEquals(Math.abs(cosine), 1, 1e-5);
    assertAlmostEquals(column.reduce((sum, v) => sum + v * v, 0), 1, 1e-5);
    const largest = column.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
    assert(largest > 0);
  }
  assertEquals([...values].filter((value) => value < 0).length, 1);
});

Deno.test("leadingEigenvectors() takes matrices of fewer rows than are asked for, and of low rank", async () => {
  // Of rank 1, so that all other directions vanish.
  const ones = {
    starts: Uint32Array.of(0, 3, 6, 9),
    columns: Uint32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2),
  };
  const { values, vectors } = await leadingEigenvectors(
    { ...ones, values: new Float32Array(9).fill(1) },
    { count: 300, passes: 3, seed: 0 },
  );
  assertNear(values, [3, 0, 0], 1e-5);
  assertEquals(vectors.length, 9);
  for (let i = 0; i < 3; i++) assertAlmostEquals(vectors[3 * i]!, 1 / Math.sqrt(3), 1e-5);
  assert(vectors.every(Number.isFinite));
});

Deno.test("symmetricEigenvectors() gives A = V Λ Vᵀ, the largest by absolute value first", () => {
  const a = drawn(6, 6, 7);
  const symmetric = product(a, transposed(a)).map((row, i) =>
    row.map((value, j) => value - (i === j ? 4 : 0))
  );
  const { values, vectors } = symmetricEigenvectors(Float64Array.from(symmetric.flat()), 6);
  const sizes = [...values].map(Math.abs);
  assertEquals(sizes, sizes.toSorted((x, y) => y - x));
  const v = Array.from({ length: 6 }, (_, i) => [...vectors.subarray(6 * i, 6 * i + 6)]);
  const scaled = v.map((row) => row.map((x, j) => x * values[j]!));
  assertNear(product(scaled, transposed(v)).flat(), symmetric.flat(), 1e-9);
});
