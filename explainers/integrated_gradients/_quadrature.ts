import type { DifferentiableModel, FloatArray, VectorInput } from "@heatword/core";
import { gaussLegendre } from "../quadrature.ts";

/** A part of the way, with the mean gradient on it times its length. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly integral: Float64Array;
  /** How far the integral along the way is from the change of the score on it. */
  readonly error: number;
}

/** How far the integral may be off, and what it may cost. */
export interface Accuracy {
  /** Most sum of the errors of all parts, as a part of the change of the score (of 1 at least). */
  readonly tolerance: number;
  /** Most gradients in all. */
  readonly max: number;
}

/** Points on each part of a way that is cut up. */
const POINTS = 10;

/**
 * The mean gradient on the way from the empty text, by Gauss-Legendre quadrature. What the gradient
 * integrates to along a part of the way must be the change of the score on it: the part that is
 * furthest from that is halved, again and again, so that parts with kinks get short.
 *
 * @param model The model.
 * @param input The input.
 * @param weights A weight for each score.
 * @param steps Points at which the gradient is taken at first, on all of the way.
 * @param accuracy When to go on; without it these points are all.
 * @param onGradient Called after each gradient.
 * @returns The mean, shape [T, D].
 */
export async function meanGradient(
  model: DifferentiableModel,
  input: VectorInput,
  weights: Float64Array,
  steps: number,
  accuracy: Accuracy | undefined,
  onGradient: () => void,
): Promise<FloatArray> {
  const { vectors } = input;
  const at = (alpha: number) => model.withVectors(input, vectors.map((x) => alpha * x));
  const scoreAt = async (alpha: number) => {
    const scores = await model.scores(at(alpha));
    return weights.reduce((sum, weight, c) => sum + weight * scores[c]!, 0);
  };
  const scores = new Map<number, number>();
  const known = async (alpha: number) => {
    if (!scores.has(alpha)) scores.set(alpha, await scoreAt(alpha));
    return scores.get(alpha)!;
  };
  const integrate = async (from: number, to: number, points: number): Promise<Part> => {
    const quadrature = gaussLegendre(points);
    const integral = new Float64Array(vectors.length);
    for (const [k, node] of quadrature.nodes.entries()) {
      const gradient = await model.gradient(at(from + node * (to - from)), weights);
      const weight = quadrature.weights[k]! * (to - from);
      for (let i = 0; i < integral.length; i++) integral[i]! += weight * gradient[i]!;
      onGradient();
    }
    if (accuracy === undefined) return { from, to, integral, error: 0 };
    const along = integral.reduce((sum, value, i) => sum + value * vectors[i]!, 0);
    const change = await known(to) - await known(from);
    return { from, to, integral, error: Math.abs(along - change) };
  };
  const parts = [await integrate(0, 1, steps)];
  if (accuracy !== undefined) {
    const allowed = accuracy.tolerance * Math.max(1, Math.abs(await known(1) - await known(0)));
    for (let spent = steps; spent + 2 * POINTS <= accuracy.max; spent += 2 * POINTS) {
      let worst = 0;
      let error = 0;
      parts.forEach((part, i) => {
        error += part.error;
        if (part.error > parts[worst]!.error) worst = i;
      });
      if (error <= allowed) break;
      const { from, to } = parts[worst]!;
      const middle = (from + to) / 2;
      parts.splice(
        worst,
        1,
        await integrate(from, middle, POINTS),
        await integrate(middle, to, POINTS),
      );
    }
  }
  const [first, ...others] = parts;
  const mean = first!.integral;
  for (const { integral } of others) integral.forEach((value, i) => mean[i]! += value);
  return mean;
}
