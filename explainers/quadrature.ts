/** Nodes and weights of a quadrature on [0, 1]. */
export interface Quadrature {
  /** Where to evaluate, increasing. */
  readonly nodes: Float64Array;
  /** What each value counts; sums to 1. */
  readonly weights: Float64Array;
}

const cache = new Map<number, Quadrature>();

/** The Legendre polynomial P_n and its derivative at x, by the three-term recurrence. */
function legendre(n: number, x: number): [value: number, derivative: number] {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return [value, n * (x * value - before) / (x * x - 1)];
}

/**
 * Gauss-Legendre quadrature on [0, 1]: exact for polynomials of degree 2n − 1. The nodes are the
 * zeros of the Legendre polynomial P_n, found by Newton's method.
 *
 * @param n How many nodes.
 * @returns The nodes and weights; kept, not to be changed.
 *
 * @example
 * ```ts
 * import { gaussLegendre } from "@heatword/explainers";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { nodes, weights } = gaussLegendre(3);
 * const integral = nodes.reduce((sum, x, k) => sum + weights[k]! * x ** 5, 0);
 * assertAlmostEquals(integral, 1 / 6, 1e-15);
 * ```
 */
export function gaussLegendre(n: number): Quadrature {
  const known = cache.get(n);
  if (known !== undefined) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
    for (let step = 0; step < 100; step++) {
      const [value, derivative] = legendre(n, x);
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    const [, derivative] = legendre(n, x);
    nodes[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * derivative * derivative);
  }
  const quadrature = { nodes, weights };
  cache.set(n, quadrature);
  return quadrature;
}
