import {
  type BranchLayer,
  isBranches,
  isLinear,
  isRoute,
  type Layer,
  type Tensor,
} from "@heatword/core";
import {
  atPoints,
  between,
  constant,
  type Course,
  mapSteps,
  meanOver,
  mergePoints,
  type Steps,
} from "./_course.ts";
import { isPiecewiseLinear, signChanges, winnerChanges } from "./_kinks.ts";

/** The way has more kinks than it is worth to go through one by one. */
class TooManyKinks extends Error {}

/** Products that may be spent in any case. */
const FREE = 1e9;
/** Most numbers that are kept for a layer. */
const MAX_NUMBERS = 2e7;

/** Counts what the way costs against what `passes` passes through the network cost. */
class Budget {
  #spent = 0;
  #pass = 0;

  constructor(readonly passes: number) {}

  /** Sees that a layer may be run at a number of points. */
  check(layer: Layer, input: Tensor, points: number): void {
    const size = input.data.length;
    if (points * size > MAX_NUMBERS) throw new TooManyKinks();
    const cost = isLinear(layer) ? size * layer.bias.length * this.#width(layer, input) : size;
    this.#pass += cost;
    this.#spent += points * cost;
    if (this.#spent > Math.max(FREE, this.passes * this.#pass)) throw new TooManyKinks();
  }

  /** How many outputs of a channel an input takes part in. */
  #width(layer: Layer & { fanIn: number }, { shape }: Tensor): number {
    return shape.length === 1 ? 1 : layer.fanIn / shape[1]!;
  }
}

/** A layer on the way: its input at all its kinks, and how to take gradients back. */
type Back = (above: Steps) => Steps;

function runLayer(layer: Layer, course: Course, budget: Budget): { out: Course; back: Back } {
  const [first] = course.values;
  if (isBranches(layer)) return runBranches(layer, course, budget);
  budget.check(layer, first!, course.points.length);
  const points = isRoute(layer)
    ? winnerChanges(layer, course)
    : isLinear(layer)
    ? course.points
    : signChanges(course);
  budget.check(layer, first!, points.length);
  const refined = atPoints(course, points);
  const values = refined.values.map((value) => layer.forward(value));
  const { shape } = values[0]!;
  const back: Back = (above) => {
    const below = mapSteps(above, (data, k) => {
      const input = isLinear(layer)
        ? first!
        : between(refined.values[k]!, refined.values[k + 1]!, 0.5);
      return Float64Array.from(layer.backward(input, { shape, data }).data);
    }, isLinear(layer));
    return meanOver(below, course.points);
  };
  return { out: { points, values }, back };
}

function runBranches(
  layer: BranchLayer,
  course: Course,
  budget: Budget,
): { out: Course; back: Back } {
  const runs = layer.branches.map((layers) => runLayers(layers, course, budget));
  const points = mergePoints(...runs.map(({ out }) => out.points));
  const outs = runs.map(({ out }) => atPoints(out, points).values);
  const shapes = outs.map(([first]) => first!.shape);
  const values = points.map((_, k) => layer.join(outs.map((values) => values[k]!)));
  const back: Back = (above) => {
    const parts = runs.map(({ out, back }, b) => {
      const own = mapSteps(above, (data) => layer.split(data, shapes)[b]!, true);
      return back(meanOver(own, out.points));
    });
    const sums = parts[0]!.values.map((_, k) => {
      const sum = new Float64Array(course.values[0]!.data.length);
      for (const { values } of parts) values[k]!.forEach((value, i) => sum[i]! += value);
      return sum;
    });
    return { points: course.points, values: sums };
  };
  return { out: { points, values }, back };
}

function runLayers(
  layers: readonly Layer[],
  course: Course,
  budget: Budget,
): { out: Course; back: Back } {
  const backs: Back[] = [];
  let out = course;
  for (const layer of layers) {
    const run = runLayer(layer, out, budget);
    out = run.out;
    backs.push(run.back);
  }
  return { out, back: (above) => backs.reduceRight((steps, back) => back(steps), above) };
}

const fits = (layers: readonly Layer[]): boolean =>
  layers.every((layer) =>
    isBranches(layer) ? layer.branches.every(fits) : isPiecewiseLinear(layer)
  );

/**
 * The exact mean of the gradient on the way from the empty text to a text, for layers that are
 * linear between kinks: convolutions, poolings, rectifiers, dense layers, side by side too. Along the
 * way each number of each layer is linear in α between kinks, so these are found one layer after the
 * other, and the gradient is constant between two of them.
 *
 * @param layers The layers.
 * @param input The word vectors.
 * @param passes How many passes through the network it may cost.
 * @returns The mean gradient of a weighted sum of the scores, by their weights; nothing where a layer
 * is curved, or there are too many kinks; and no mean where it would not sum to the difference of the
 * scores.
 */
export function exactMeans(
  layers: readonly Layer[],
  { shape, data }: Tensor,
  passes: number,
): ((weights: Float64Array) => Float64Array | undefined) | undefined {
  if (!fits(layers)) return undefined;
  const whole = { shape, data: Float64Array.from(data) };
  const empty = { shape, data: new Float64Array(data.length) };
  try {
    const course = { points: [0, 1], values: [empty, whole] };
    const { out, back } = runLayers(layers, course, new Budget(passes));
    const [nothing, all] = [out.values[0]!.data, out.values.at(-1)!.data];
    return (weights) => {
      const mean = back(constant(out.points, weights)).values[0]!;
      const sum = mean.reduce((sum, value, i) => sum + value * whole.data[i]!, 0);
      const expected = weights.reduce((sum, w, c) => sum + w * (all[c]! - nothing[c]!), 0);
      // A pooling that is not a maximum may hide kinks.
      return Math.abs(sum - expected) <= 1e-6 * Math.max(1, Math.abs(expected)) ? mean : undefined;
    };
  } catch (error) {
    if (error instanceof TooManyKinks) return undefined;
    throw error;
  }
}
