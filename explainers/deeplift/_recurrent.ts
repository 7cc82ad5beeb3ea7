import {
  type CellOperation,
  type CellRun,
  GatesBack,
  inReadingOrder,
  type LinearOperation,
  type Operand,
  placeOf,
  type RecurrentLayer,
  sideOf,
  type StepBack,
  stepsBack,
  type Tensor,
} from "@heatword/core";

/** A text and its reference in the same cell. */
interface Runs {
  readonly own: CellRun;
  readonly reference: CellRun;
}

/** Half the sum of what an operand is in the text and in the reference. */
function meanOf({ own, reference }: Runs, step: number, operand: Operand): Float64Array {
  const start = placeOf(own.cell, step, operand);
  return Float64Array.from(
    { length: own.cell.units },
    (_, j) => (own.values[start + j]! + reference.values[start + j]!) / 2,
  );
}

function linearBack(
  runs: Runs,
  operation: LinearOperation,
  gates: GatesBack,
  back: StepBack,
): void {
  const { cell } = runs.own;
  const { units } = cell;
  const { step, now } = back;
  const { to, state, reset } = operation;
  const above = gates.at(step);
  above.set(now.subarray(to * units, (to + operation.gates) * units));
  const [target, start] = sideOf(cell, back, state);
  if (!reset) return gates.toState(above, target, start);
  const gate = meanOf(runs, step, { slot: reset.gate });
  const product = meanOf(runs, step, { slot: reset.to });
  const gated = above.slice();
  for (let j = 0; j < units; j++) {
    now[reset.gate * units + j]! += above[j]! * product[j]!;
    gated[j]! *= gate[j]!;
  }
  gates.toState(gated, target, start);
}

/** Takes multipliers through an operation that works on each number alone. */
function elementsBack(
  runs: Runs,
  operation: Exclude<CellOperation, LinearOperation>,
  back: StepBack,
): void {
  const { own, reference } = runs;
  const { cell } = own;
  const { units } = cell;
  const { step, now } = back;
  const above = now.subarray(operation.to * units, (operation.to + 1) * units);
  if (operation.kind === "activation") {
    const [x, y] = [operation.from, operation.to].map((slot) => placeOf(cell, step, { slot }));
    for (let j = 0; j < units; j++) {
      const difference = own.values[x! + j]! - reference.values[x! + j]!;
      const change = own.values[y! + j]! - reference.values[y! + j]!;
      const slope = difference === 0
        ? operation.f.slope(own.values[x! + j]!, own.values[y! + j]!)
        : change / difference;
      now[operation.from * units + j]! += above[j]! * slope;
    }
  } else if (operation.kind === "product") {
    const sides = [[operation.gate, operation.signal], [operation.signal, operation.gate]] as const;
    for (const [one, other] of sides) {
      const [target, start] = sideOf(cell, back, one);
      const mean = meanOf(runs, step, other);
      for (let j = 0; j < units; j++) target[start + j]! += above[j]! * mean[j]!;
    }
  } else {
    for (const slot of operation.from) {
      for (let j = 0; j < units; j++) now[slot * units + j]! += above[j]!;
    }
  }
}

/**
 * Takes multipliers back through time: along the weights through linear steps, Δy/Δx through
 * activations, and of a product a · b to each what the other is on average, in the text and in the
 * reference: a·b − a⁰·b⁰ = (a − a⁰)·(b + b⁰)/2 + (b − b⁰)·(a + a⁰)/2, so nothing is lost.
 *
 * @param layer The layer.
 * @param input Its input.
 * @param reference Its input for the empty text.
 * @param multipliers Those of its output.
 * @returns Those of its input.
 */
export function recurrentMultipliers(
  layer: RecurrentLayer,
  input: Tensor,
  reference: Tensor,
  multipliers: Float64Array,
): Float64Array {
  const runs = { own: layer.run(input), reference: layer.run(reference) };
  const { cell: { operations, dimensions } } = layer;
  const gates = new Map<CellOperation, GatesBack>();
  for (const operation of operations) {
    if (operation.kind === "linear") gates.set(operation, new GatesBack(runs.own, operation));
  }
  stepsBack(runs.own, multipliers, (back) => {
    for (const operation of operations.toReversed()) {
      if (operation.kind !== "linear") elementsBack(runs, operation, back);
      else linearBack(runs, operation, gates.get(operation)!, back);
    }
  });
  const found = new Float64Array(input.data.length);
  for (const own of gates.values()) own.toWords(found);
  return inReadingOrder(found, dimensions, layer.goBackwards);
}
