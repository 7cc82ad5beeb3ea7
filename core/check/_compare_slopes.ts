import { failCheck, shortNumber } from "../checks.ts";
import type { DifferentiableModel, VectorInput } from "../model.ts";
import { Random } from "../random.ts";
import type { FloatArray } from "../tensor.ts";
import type { ModelSubject } from "./_model_subject.ts";
import type { Point } from "./_points.ts";

const weighted = (scores: FloatArray, weights: Float64Array) =>
  weights.reduce((sum, weight, c) => sum + weight * scores[c]!, 0);

/** One word moved along a drawn direction. */
interface Move {
  readonly position: number;
  readonly direction: Float64Array;
}

function movesOf({ length, dimensions }: VectorInput): Move[] {
  const random = new Random(3);
  return Array.from({ length: Math.min(length, 12) }, (_, position) => ({
    position,
    direction: Float64Array.from({ length: dimensions }, () => random.normal()),
  }));
}

/**
 * Compares a gradient with differences. Where the slopes on both sides differ there is a bend in
 * between, and the direction says nothing.
 *
 * @returns How many directions were compared.
 */
export async function compareSlopes(
  subject: ModelSubject,
  { name, input, scale }: Point,
  weights: Float64Array,
): Promise<number> {
  const model = subject.model as DifferentiableModel;
  const { dimensions } = input;
  const at = async ({ position, direction }: Move, step: number) => {
    const vectors = Float64Array.from(input.vectors);
    direction.forEach((x, d) => vectors[position * dimensions + d]! += step * x);
    return await subject.scores(model.withVectors(input, vectors), name);
  };
  const gradient = await model.gradient(input, weights);
  if (gradient?.length !== input.length * dimensions) {
    failCheck(`a gradient has ${gradient?.length} numbers, not [T, D], for a text ${name}`);
  }
  const here = await subject.scores(input, name);
  const double = here instanceof Float64Array;
  const step = (double ? 1e-5 : 3e-3) * scale;
  const size = Math.max(1e-3, ...here.map(Math.abs));
  const noise = (double ? 1e-15 : 4e-7) * size * weights.length / step;
  const tolerance = double ? 1e-4 : 0.03;
  let compared = 0;
  for (const move of movesOf(input)) {
    const [before, now, after] = [await at(move, -step), here, await at(move, step)]
      .map((scores) => weighted(scores, weights)) as [number, number, number];
    const [left, right] = [(now - before) / step, (after - now) / step];
    const max = Math.max(Math.abs(left), Math.abs(right));
    if (Math.abs(left - right) > tolerance * max + 2 * noise) continue;
    compared++;
    const offset = move.position * dimensions;
    const slope = move.direction.reduce((sum, x, d) => sum + x * gradient[offset + d]!, 0);
    const measured = (left + right) / 2;
    if (!(Math.abs(slope - measured) <= tolerance * Math.max(max, Math.abs(slope)) + 2 * noise)) {
      failCheck(
        `by the gradient word ${move.position} has the slope ${
          shortNumber(slope)
        }, by differences ` +
          `of scores ${shortNumber(measured)}, for a text ${name}`,
      );
    }
  }
  return compared;
}
