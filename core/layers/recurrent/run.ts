import type { Cell, LinearOperation, Operand, Operation } from "./cell.ts";

/** What goes through a cell, in the order in which it reads. */
export interface CellRun {
  /** The cell. */
  readonly cell: Cell;
  /** How many steps there are, T. */
  readonly steps: number;
  /** What each step reads, shape [T, D]. */
  readonly input: Float64Array;
  /** Which steps are padding, at which the states stay; absent where there is none. */
  readonly skipped: Uint8Array | undefined;
  /**
   * All slots, shape [T + 1, slots, H]: row 0 holds the states before the first step, row s + 1 what
   * step s made.
   */
  readonly values: Float64Array;
}

/** Where in the values of a run an operand of a step begins. */
export function placeOf(
  { units, slots }: Cell,
  step: number,
  { slot, before = false }: Operand,
): number {
  return ((before ? step : step + 1) * slots + slot) * units;
}

function runLinear(
  cell: Cell,
  operation: LinearOperation,
  step: number,
  values: Float64Array,
): void {
  const { units } = cell;
  const { to, state, recurrentKernel, reset } = operation;
  const start = placeOf(cell, step, { slot: to });
  const read = { data: values, start: placeOf(cell, step, state), step: units };
  if (!reset) {
    recurrentKernel.addProduct(read, { data: values, start, step: units }, 1);
    return;
  }
  const product = placeOf(cell, step, { slot: reset.to });
  const gate = placeOf(cell, step, { slot: reset.gate });
  values.set(reset.bias, product);
  recurrentKernel.addProduct(read, { data: values, start: product, step: units }, 1);
  for (let j = 0; j < units; j++) values[start + j]! += values[gate + j]! * values[product + j]!;
}

/** Does an operation of a step; for linear ones the part of the words is there already. */
function runOperation(cell: Cell, operation: Operation, step: number, values: Float64Array): void {
  const { units } = cell;
  if (operation.kind === "linear") return runLinear(cell, operation, step, values);
  const to = placeOf(cell, step, { slot: operation.to });
  if (operation.kind === "activation") {
    const from = placeOf(cell, step, { slot: operation.from });
    const { f } = operation;
    for (let j = 0; j < units; j++) values[to + j] = f.value(values[from + j]!);
  } else if (operation.kind === "product") {
    const gate = placeOf(cell, step, operation.gate);
    const signal = placeOf(cell, step, operation.signal);
    for (let j = 0; j < units; j++) values[to + j] = values[gate + j]! * values[signal + j]!;
  } else {
    const [a, b] = operation.from.map((slot) => placeOf(cell, step, { slot })) as [number, number];
    for (let j = 0; j < units; j++) values[to + j] = values[a + j]! + values[b + j]!;
  }
}

/**
 * Runs a cell over a text. What the words add to the gates is one matrix product for all steps.
 *
 * @param cell The cell.
 * @param input What each step reads, shape [T, D]; kept, not copied.
 * @param skipped Which steps are padding.
 * @returns All that it made.
 */
export function runCell(cell: Cell, input: Float64Array, skipped?: Uint8Array): CellRun {
  const { units, dimensions, slots, states, operations } = cell;
  const steps = input.length / dimensions;
  const size = slots * units;
  const values = new Float64Array((steps + 1) * size);
  for (const operation of operations) {
    if (operation.kind !== "linear") continue;
    const start = placeOf(cell, 0, { slot: operation.to });
    for (let s = 0; s < steps; s++) values.set(operation.bias, start + s * size);
    const words = { data: input, start: 0, step: dimensions };
    operation.kernel.addProduct(words, { data: values, start, step: size }, steps);
  }
  for (let s = 0; s < steps; s++) {
    if (skipped?.[s]) {
      for (const slot of Object.values(states)) {
        const from = placeOf(cell, s, { slot, before: true });
        values.copyWithin(from + size, from, from + units);
      }
      continue;
    }
    for (const operation of operations) runOperation(cell, operation, s, values);
  }
  return { cell, steps, input, skipped, values };
}

/**
 * Puts the rows of a text into the order in which a layer reads them; the same puts them back.
 *
 * @param rows Rows of numbers.
 * @param size Numbers of a row.
 * @param goBackwards Whether the last row is read first.
 * @returns The rows, in float64; a copy.
 */
export function inReadingOrder(
  rows: ArrayLike<number>,
  size: number,
  goBackwards: boolean,
): Float64Array {
  const copy = Float64Array.from(rows);
  if (!goBackwards) return copy;
  for (let i = 0; i < copy.length; i += size) {
    for (let d = 0; d < size; d++) copy[i + d] = rows[copy.length - size - i + d]!;
  }
  return copy;
}
