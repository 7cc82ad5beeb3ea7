import type { Cell, LinearOperation, Operand } from "./cell.ts";
import type { CellRun } from "./run.ts";

/** What belongs to the slots of a step and of the step before, on the way back. */
export interface StepBack {
  /** The step. */
  readonly step: number;
  /** What belongs to the slots of this step, shape [slots, H]; complete for a slot once all that read it are done. */
  readonly now: Float64Array;
  /** What belongs to the states of the step before, in the same places. */
  readonly before: Float64Array;
}

/** What belongs to an operand, and where it begins there. */
export function sideOf(
  { units }: Cell,
  { now, before }: StepBack,
  operand: Operand,
): readonly [Float64Array, number] {
  return [operand.before ? before : now, operand.slot * units];
}

/**
 * Goes through the steps of a run from the last to the first: gradients, relevance and multipliers
 * all go this way.
 *
 * @param run The run.
 * @param output What belongs to the output: shape [T, H] in the order of the steps, or [H] where only
 * the last state is the output.
 * @param visit Hands on what belongs to the slots of a step, last operation first.
 * @returns What belongs to the states before the first step, by name.
 */
export function stepsBack(
  { cell, steps, skipped }: CellRun,
  output: ArrayLike<number>,
  visit: (back: StepBack) => void,
): Readonly<Record<string, Float64Array>> {
  const { units, slots, states } = cell;
  const places = Object.values(states).map((slot) => slot * units);
  const [shown] = places;
  const everyStep = output.length === steps * units && steps !== 1;
  let now = new Float64Array(slots * units);
  let before = new Float64Array(slots * units);
  if (!everyStep) {
    for (let j = 0; j < units && j < output.length; j++) now[shown! + j] = output[j]!;
  }
  for (let step = steps - 1; step >= 0; step--) {
    if (everyStep) {
      for (let j = 0; j < units; j++) now[shown! + j]! += output[step * units + j]!;
    }
    if (skipped?.[step]) continue;
    visit({ step, now, before });
    [now, before] = [before, now];
    before.fill(0);
  }
  return Object.fromEntries(
    Object.entries(states).map(([name, slot]) =>
      [name, now.slice(slot * units, (slot + 1) * units)] as const
    ),
  );
}

/** What belongs to the gates of a linear operation at all steps, and its way to states and words. */
export class GatesBack {
  readonly #operation: LinearOperation;
  readonly #units: number;
  readonly #size: number;
  /** What belongs to the gates, shape [T, gates · H]. */
  readonly values: Float64Array;
  /** Whether anything belongs to a gate, at any step. */
  readonly #used: boolean[];

  /**
   * Makes room for all steps.
   *
   * @param run The run.
   * @param operation The operation, one of its cell's.
   */
  constructor({ cell: { units }, steps }: CellRun, operation: LinearOperation) {
    this.#operation = operation;
    this.#units = units;
    this.#size = operation.gates * units;
    this.values = new Float64Array(steps * this.#size);
    this.#used = Array.from({ length: operation.gates }, () => false);
  }

  /** What belongs to the gates at a step, shape [gates · H]; to be written. */
  at(step: number): Float64Array {
    return this.values.subarray(step * this.#size, (step + 1) * this.#size);
  }

  /** Gates that something belongs to, side by side: [from, to). */
  #ranges(isUsed: (gate: number) => boolean): [number, number][] {
    const ranges: [number, number][] = [];
    for (let gate = 0; gate < this.#operation.gates; gate++) {
      if (!isUsed(gate)) continue;
      const [from, to] = [gate * this.#units, (gate + 1) * this.#units];
      const last = ranges.at(-1);
      if (last?.[1] === from) last[1] = to;
      else ranges.push([from, to]);
    }
    return ranges;
  }

  /**
   * Adds U q to what belongs to the state that the gates read.
   *
   * @param gates q, shape [gates · H], what `at` gave for the step, or that times a gate.
   * @param target Where it is added.
   * @param start Where in it the state begins.
   */
  toState(gates: Float64Array, target: Float64Array, start: number): void {
    const units = this.#units;
    const isUsed = (gate: number) => {
      for (let j = gate * units; j < (gate + 1) * units; j++) {
        if (gates[j] !== 0) return this.#used[gate] = true;
      }
      return false;
    };
    for (const [from, to] of this.#ranges(isUsed)) {
      this.#operation.recurrentKernel.transposed.addProduct(
        { data: gates, start: from, step: units },
        { data: target, start, step: units },
        1,
        from,
        to,
      );
    }
  }

  /**
   * Adds W q to what belongs to the words, for all steps at once.
   *
   * @param target Where it is added, shape [T, D].
   */
  toWords(target: Float64Array): void {
    const { kernel } = this.#operation;
    const steps = this.values.length / this.#size;
    for (const [from, to] of this.#ranges((gate) => this.#used[gate]!)) {
      kernel.transposed.addProduct(
        { data: this.values, start: from, step: this.#size },
        { data: target, start: 0, step: kernel.rows },
        steps,
        from,
        to,
      );
    }
  }
}
