import type { Layer, RouteLayer, Tensor } from "@heatword/core";
import { between, type Course, mergePoints } from "./_course.ts";

/** Points where an element changes its sign. */
export function signChanges({ points, values }: Course): number[] {
  const found = new Set<number>();
  for (let k = 0; k + 1 < points.length; k++) {
    const [one, other] = [values[k]!.data, values[k + 1]!.data];
    const [start, end] = [points[k]!, points[k + 1]!];
    for (let i = 0; i < one.length; i++) {
      const [a, b] = [one[i]!, other[i]!];
      if (a > 0 && b < 0 || a < 0 && b > 0) found.add(start + a / (a - b) * (end - start));
    }
  }
  return mergePoints(points, [...found]);
}

/** The line that a winner follows, by its place in the input. */
interface Stretch {
  readonly output: number;
  /** The winners at its ends. */
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Where the winner of an output changes between two points. What a maximum gives is the upper
 * envelope of lines, which is convex: where the line of the winner at one end touches it at the other
 * too, it is the envelope. Else the lines of both winners cross, and what wins there is looked at.
 */
function changesBetween(layer: RouteLayer, one: Tensor, other: Tensor): number[] {
  const [a, b] = [one.data, other.data];
  const [first, last] = [layer.sources(one), layer.sources(other)];
  const known = new Map<number, { sources: Int32Array; data: ArrayLike<number> }>();
  const look = (t: number) => {
    let found = known.get(t);
    if (found === undefined) {
      const tensor = between(one, other, t);
      known.set(t, found = { sources: layer.sources(tensor), data: tensor.data });
    }
    return found;
  };
  const changes: number[] = [];
  const todo: Stretch[] = [];
  for (let output = 0; output < first.length; output++) {
    if (first[output] !== last[output]) {
      todo.push({ output, first: first[output]!, last: last[output]!, from: 0, to: 1 });
    }
  }
  for (let stretch = todo.pop(); stretch !== undefined; stretch = todo.pop()) {
    const { output, first: i, last: j, from, to } = stretch;
    const ahead = a[i]! - a[j]!;
    const behind = b[j]! - b[i]!;
    const t = ahead / (ahead + behind);
    // Within rounding of an end, the other line wins all the way.
    if (!(t > from + 1e-14 && t < to - 1e-14)) continue;
    const { sources, data } = look(t);
    const winner = sources[output]!;
    const rounding = 1e-13 * Math.max(Math.abs(a[i]!), Math.abs(b[j]!), Math.abs(data[i]!));
    if (winner === i || winner === j || data[winner]! - data[i]! <= rounding) {
      changes.push(t);
      continue;
    }
    todo.push({ output, first: i, last: winner, from, to: t });
    todo.push({ output, first: winner, last: j, from: t, to });
  }
  return changes;
}

/** Points where an output of a pooling begins to be a copy of another input. */
export function winnerChanges(layer: RouteLayer, { points, values }: Course): number[] {
  const found: number[] = [];
  for (let k = 0; k + 1 < points.length; k++) {
    const [start, end] = [points[k]!, points[k + 1]!];
    for (const t of changesBetween(layer, values[k]!, values[k + 1]!)) {
      found.push(start + t * (end - start));
    }
  }
  return mergePoints(points, found);
}

/** Whether a layer is linear between kinks that can be found. */
export function isPiecewiseLinear(layer: Layer): boolean {
  return layer.relevance !== "identity" || layer.homogeneous === true;
}
