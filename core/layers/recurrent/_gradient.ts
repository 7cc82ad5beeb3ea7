import { GatesBack, sideOf, type StepBack, stepsBack } from "./back.ts";
import type { CellOperation, LinearOperation } from "./cell.ts";
import { type CellRun, placeOf } from "./run.ts";

function linearBack(
  { cell, values }: CellRun,
  operation: LinearOperation,
  gates: GatesBack,
  back: StepBack,
): void {
  const { units } = cell;
  const { step, now } = back;
  const { to, state, reset } = operation;
  const own = gates.at(step);
  own.set(now.subarray(to * units, (to + operation.gates) * units));
  const [target, start] = sideOf(cell, back, state);
  if (!reset) return gates.toState(own, target, start);
  const gate = placeOf(cell, step, { slot: reset.gate });
  const product = placeOf(cell, step, { slot: reset.to });
  const gated = own.slice();
  for (let j = 0; j < units; j++) {
    now[reset.gate * units + j]! += own[j]! * values[product + j]!;
    gated[j]! *= values[gate + j]!;
  }
  gates.toState(gated, target, start);
}

/** Takes the gradient back through an operation that works on each number alone. */
function elementsBack(
  { cell, values }: CellRun,
  operation: Exclude<CellOperation, LinearOperation>,
  back: StepBack,
): void {
  const { units } = cell;
  const { step, now } = back;
  const above = operation.to * units;
  const value = (slot: number) => placeOf(cell, step, { slot });
  if (operation.kind === "activation") {
    const [x, y, below] = [value(operation.from), value(operation.to), operation.from * units];
    const { f } = operation;
    for (let j = 0; j < units; j++) {
      now[below + j]! += now[above + j]! * f.slope(values[x + j]!, values[y + j]!);
    }
  } else if (operation.kind === "product") {
    const [gates, gate] = sideOf(cell, back, operation.gate);
    const [signals, signal] = sideOf(cell, back, operation.signal);
    const [g, s] = [placeOf(cell, step, operation.gate), placeOf(cell, step, operation.signal)];
    for (let j = 0; j < units; j++) {
      const slope = now[above + j]!;
      gates[gate + j]! += slope * values[s + j]!;
      signals[signal + j]! += slope * values[g + j]!;
    }
  } else {
    for (const slot of operation.from) {
      for (let j = 0; j < units; j++) now[slot * units + j]! += now[above + j]!;
    }
  }
}

/**
 * Takes a gradient back through time.
 *
 * @param run The run.
 * @param output The gradient by the output, in the order of the steps.
 * @returns The gradient by what each step read, shape [T, D].
 */
export function gradientBack(run: CellRun, output: ArrayLike<number>): Float64Array {
  const { cell: { operations }, steps, input } = run;
  const backwards = operations.toReversed();
  const gates = new Map<CellOperation, GatesBack>();
  for (const operation of operations) {
    if (operation.kind === "linear") gates.set(operation, new GatesBack(run, operation));
  }
  if (steps > 0) {
    stepsBack(run, output, (back) => {
      for (const operation of backwards) {
        if (operation.kind !== "linear") elementsBack(run, operation, back);
        else linearBack(run, operation, gates.get(operation)!, back);
      }
    });
  }
  const gradient = new Float64Array(input.length);
  for (const own of gates.values()) own.toWords(gradient);
  return gradient;
}
