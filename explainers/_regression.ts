/** Copies the lower half of a row-major matrix to its upper half. */
export function mirror(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j]!;
}

/** x · y. */
export function dot(x: Float64Array, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** y = M x for a row-major matrix of n columns. */
export function times(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const rows = n === 0 ? 0 : matrix.length / n;
  const y = new Float64Array(rows);
  let i = 0;
  // Four rows at a time, as one addition has to wait for the one before.
  for (; i + 3 < rows; i += 4) {
    const [a, b, c, d] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let j = 0; j < n; j++) {
      const value = x[j]!;
      p += matrix[a + j]! * value;
      q += matrix[b + j]! * value;
      r += matrix[c + j]! * value;
      s += matrix[d + j]! * value;
    }
    y[i] = p;
    y[i + 1] = q;
    y[i + 2] = r;
    y[i + 3] = s;
  }
  for (; i < rows; i++) y[i] = dot(matrix.subarray(i * n, (i + 1) * n), x);
  return y;
}

/** Adds weight · x xᵀ to the lower half of a row-major matrix. */
export function addOuter(matrix: Float64Array, x: ArrayLike<number>, weight: number): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * x[i]!;
    if (scaled === 0) continue;
    for (let j = 0; j <= i; j++) matrix[i * n + j]! += scaled * x[j]!;
  }
}

/** Adds weight · x to a vector. */
export function addScaled(y: Float64Array, x: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < y.length; i++) y[i]! += weight * x[i]!;
}
