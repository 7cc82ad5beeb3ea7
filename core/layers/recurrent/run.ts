import type { Cell, CellOperation, LinearOperation, Operand } from "./cell.ts";

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

/** Texts side by side at a step: their slots, and those of the step before. */
interface Moment {
  /** Slots of all texts and of at least two steps. */
  readonly values: Float64Array;
  /** Where the slots of the first text begin, at the step before and at this one. */
  readonly before: number;
  readonly now: number;
  /** How many texts there are; their slots lie one after the other. */
  readonly texts: number;
}

const startOf = ({ units }: Cell, moment: Moment, { slot, before = false }: Operand): number =>
  (before ? moment.before : moment.now) + slot * units;

function runLinear(cell: Cell, operation: LinearOperation, moment: Moment): void {
  const { units } = cell;
  const { values, texts } = moment;
  const size = cell.slots * units;
  const { to, state, recurrentKernel, reset } = operation;
  const start = startOf(cell, moment, { slot: to });
  const read = { data: values, start: startOf(cell, moment, state), step: size };
  if (!reset) {
    recurrentKernel.addProduct(read, { data: values, start, step: size }, texts);
    return;
  }
  const product = startOf(cell, moment, { slot: reset.to });
  const gate = startOf(cell, moment, { slot: reset.gate });
  for (let m = 0; m < texts; m++) values.set(reset.bias, product + m * size);
  recurrentKernel.addProduct(read, { data: values, start: product, step: size }, texts);
  for (let m = 0; m < texts * size; m += size) {
    for (let j = m; j < m + units; j++) {
      values[start + j]! += values[gate + j]! * values[product + j]!;
    }
  }
}

/** Does an operation of a step; for linear ones the part of the words is there already. */
function runOperation(cell: Cell, operation: CellOperation, moment: Moment): void {
  if (operation.kind === "linear") return runLinear(cell, operation, moment);
  const { units, slots } = cell;
  const { values } = moment;
  const size = slots * units;
  const end = moment.texts * size;
  const to = startOf(cell, moment, { slot: operation.to });
  if (operation.kind === "activation") {
    const from = startOf(cell, moment, { slot: operation.from });
    const { f } = operation;
    for (let m = 0; m < end; m += size) {
      for (let j = m; j < m + units; j++) values[to + j] = f.value(values[from + j]!);
    }
  } else if (operation.kind === "product") {
    const gate = startOf(cell, moment, operation.gate);
    const signal = startOf(cell, moment, operation.signal);
    for (let m = 0; m < end; m += size) {
      for (let j = m; j < m + units; j++) values[to + j] = values[gate + j]! * values[signal + j]!;
    }
  } else {
    const [a, b] = operation.from.map((slot) => startOf(cell, moment, { slot })) as [
      number,
      number,
    ];
    for (let m = 0; m < end; m += size) {
      for (let j = m; j < m + units; j++) values[to + j] = values[a + j]! + values[b + j]!;
    }
  }
}

/** Does a step, or leaves all states as they are. */
function runStep(cell: Cell, moment: Moment, isSkipped: boolean): void {
  if (!isSkipped) {
    for (const operation of cell.operations) runOperation(cell, operation, moment);
    return;
  }
  const { values, before, now, texts } = moment;
  const { units } = cell;
  for (let m = 0; m < texts * cell.slots * units; m += cell.slots * units) {
    for (const slot of Object.values(cell.states)) {
      const from = before + m + slot * units;
      values.copyWithin(now + m + slot * units, from, from + units);
    }
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
  const { units, dimensions, slots, operations } = cell;
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
    const moment = { values, before: s * size, now: (s + 1) * size, texts: 1 };
    runStep(cell, moment, skipped?.[s] === 1);
  }
  return { cell, steps, input, skipped, values };
}

/** Which of some rows are the same: for each the index of the first that is. */
function firstOfEquals(rows: readonly Float64Array[]): Int32Array {
  const distinct: number[] = [];
  return Int32Array.from(rows, (row, m) => {
    // Of a word there are two rows, its own and that of a deleted word; others are not looked for.
    for (const other of distinct) {
      if (rows[other]!.every((value, d) => value === row[d])) return other;
    }
    if (distinct.length < 3) distinct.push(m);
    return m;
  });
}

/**
 * Runs a cell over texts of the same length side by side, as coalitions of the words of one: what
 * equal words add to the gates is computed once, and states are multiplied together.
 *
 * @param cell The cell.
 * @param inputs What each step reads of each text, shape [T, D] each.
 * @param skipped Which steps are padding, in all texts.
 * @param take Is given the output of every text at each step, shape [H]; to be copied.
 */
export function runTexts(
  cell: Cell,
  inputs: readonly Float64Array[],
  skipped: Uint8Array | undefined,
  take: (step: number, text: number, state: Float64Array) => void,
): void {
  const { units, dimensions, slots, operations, states } = cell;
  const texts = inputs.length;
  const size = slots * units;
  const half = texts * size;
  const shown = Object.values(states)[0]! * units;
  const values = new Float64Array(2 * half);
  const linear = operations.filter((operation) => operation.kind === "linear");
  const steps = inputs[0]!.length / dimensions;
  for (let s = 0; s < steps; s++) {
    const [before, now] = s % 2 === 0 ? [0, half] : [half, 0];
    const rows = inputs.map((input) => input.subarray(s * dimensions, (s + 1) * dimensions));
    const first = firstOfEquals(rows);
    for (const { to, gates, bias, kernel } of linear) {
      const start = now + to * units;
      for (let m = 0; m < texts; m++) {
        const at = start + m * size;
        if (first[m]! < m) {
          const from = start + first[m]! * size;
          values.copyWithin(at, from, from + gates * units);
          continue;
        }
        values.set(bias, at);
        const word = { data: rows[m]!, start: 0, step: dimensions };
        kernel.addProduct(word, { data: values, start: at, step: size }, 1);
      }
    }
    runStep(cell, { values, before, now, texts }, skipped?.[s] === 1);
    for (let m = 0; m < texts; m++) {
      const at = now + m * size + shown;
      take(s, m, values.subarray(at, at + units));
    }
  }
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
