import { addScaled, assign, copyOf, product, scale, type Spanned } from "./_span.ts";

/** A smooth convex function of weights and biases. */
export interface Objective {
  /** Its value. */
  value(point: Spanned): number;
  /** Writes down its gradient. */
  gradient(point: Spanned, gradient: Spanned): void;
  /** The second derivative along a direction. */
  curvature(point: Spanned, direction: Spanned): number;
}

/** When to stop. */
export interface Stop {
  /** When the gradient is not longer. */
  readonly tolerance: number;
  /** After so many steps. */
  readonly steps: number;
}

/** How many steps are remembered. */
const MEMORY = 10;
/** The part of the decrease that the slope promises which is asked of a step. */
const ARMIJO = 1e-4;

/** A step that was made, and how the gradient changed by it. */
interface Pair {
  readonly step: Spanned;
  readonly change: Spanned;
  readonly curvature: number;
}

/** Turns a gradient into −H · gradient, by the two loops of Nocedal & Wright 2006, algorithm 7.4. */
function direct(direction: Spanned, pairs: readonly Pair[]): void {
  scale(direction, -1);
  const factors = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, curvature } = pairs[k]!;
    factors[k] = product(step, direction) / curvature;
    addScaled(direction, -factors[k]!, change);
  }
  const last = pairs.at(-1);
  if (last) scale(direction, last.curvature / product(last.change, last.change));
  for (let k = 0; k < pairs.length; k++) {
    const { step, change, curvature } = pairs[k]!;
    addScaled(direction, factors[k]! - product(change, direction) / curvature, step);
  }
}

/**
 * Finds the least of a function: limited-memory BFGS (Liu & Nocedal 1989, doi:10.1007/BF01589116).
 * Each step is Newton's along its direction, halved until Armijo's condition holds.
 *
 * @param objective The function.
 * @param point Where to start; it is moved to where the function is least.
 * @param stop When to stop.
 */
export function minimise(objective: Objective, point: Spanned, stop: Stop): void {
  const gradient = copyOf(point);
  const trial = copyOf(point);
  const direction = copyOf(point);
  const pairs: Pair[] = [];
  let value = objective.value(point);
  objective.gradient(point, gradient);
  for (let n = 0; n < stop.steps; n++) {
    if (Math.sqrt(product(gradient, gradient)) <= stop.tolerance) return;
    assign(direction, gradient);
    direct(direction, pairs);
    const slope = product(gradient, direction);
    let length = -slope / objective.curvature(point, direction);
    // Rounding leaves nothing to gain.
    if (!(length > 0 && Number.isFinite(length))) return;
    let reached = Infinity;
    for (let tries = 0; tries < 30; tries++, length /= 2) {
      assign(trial, point);
      addScaled(trial, length, direction);
      reached = objective.value(trial);
      if (reached <= value + ARMIJO * length * slope) break;
    }
    if (!(reached < value)) return;
    const { step, change } = pairs.length === MEMORY
      ? pairs.shift()!
      : { step: copyOf(point), change: copyOf(point) };
    assign(step, direction);
    scale(step, length);
    assign(change, gradient);
    assign(point, trial);
    value = reached;
    objective.gradient(point, gradient);
    scale(change, -1);
    addScaled(change, 1, gradient);
    const curvature = product(step, change);
    if (curvature > 0) pairs.push({ step, change, curvature });
  }
}
