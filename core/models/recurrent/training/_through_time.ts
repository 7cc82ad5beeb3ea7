import type { RecurrentHyperparameters } from "./hyperparameters.ts";
import type { RecurrentKernels } from "./kernels/kernels.ts";
import { type Layout, PART } from "./_memory.ts";

/** What goes through time: one direction of one part. */
interface Course {
  readonly direction: number;
  /** Where its steps begin in the list of all. */
  readonly first: number;
  readonly steps: number;
  /** The first document. */
  readonly from: number;
  /** How many documents there are. */
  readonly count: number;
  readonly rank: number;
}

/** Takes parts of a batch through time, there and back. */
export class ThroughTime {
  readonly #kernels: RecurrentKernels;
  readonly #layout: Layout;
  readonly #isMax: boolean;

  constructor(
    kernels: RecurrentKernels,
    layout: Layout,
    { readout }: Pick<RecurrentHyperparameters, "readout">,
  ) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#isMax = readout === "max";
  }

  /** All directions of a part. */
  courses(part: number, documents: number, rank: number): Course[] {
    const { parts, directions } = this.#layout;
    const { uint32 } = this.#kernels;
    const first = uint32[parts / 4 + part]!;
    const steps = uint32[parts / 4 + part + 1]! - first;
    const from = part * PART;
    const count = Math.min(PART, documents - from);
    return directions.map((_, direction) => ({ direction, first, steps, from, count, rank }));
  }

  /** How many rows a step has, and the first of them. */
  #rowsOf(first: number, step: number): [row: number, count: number] {
    const { steps } = this.#layout;
    const { uint32 } = this.#kernels;
    const row = uint32[steps / 4 + first + step]!;
    return [row, uint32[steps / 4 + first + step + 1]! - row];
  }

  /** How many documents of a part have more words than there were steps. */
  #active({ from, count }: Course, step: number): number {
    const { lengths } = this.#layout;
    const { uint32 } = this.#kernels;
    let active = 0;
    while (active < count && uint32[lengths / 4 + from + active]! > step) active++;
    return active;
  }

  /** Runs the cell over all steps, and reads out what a document's states come to. */
  forward(course: Course): void {
    const layout = this.#layout;
    const { functions, float32 } = this.#kernels;
    const { direction, first, steps, from, count, rank } = course;
    const own = layout.directions[direction]!;
    const { units, gates, weightStride, gateStride, stateStride, stateGates, features } =
      layout.sizes;
    const { places, weights } = layout;
    const { recurrent, stateBias } = places.directions[direction]!;
    const [state, cell] = [layout.states[rank]!, layout.cells[rank]!];
    const isLstm = stateBias === undefined;
    const [row0, rows0] = this.#rowsOf(first, 0);
    const zeros = (address: number) =>
      float32.fill(0, address / 4 + row0 * stateStride, address / 4 + (row0 + rows0) * stateStride);
    zeros(own.before);
    if (isLstm) zeros(own.cells);
    const featuresOf = (m: number) =>
      layout.features + ((from + m) * features + direction * units) * 4;
    for (let m = 0; m < count; m++) {
      float32.fill(0, featuresOf(m) / 4, featuresOf(m) / 4 + units);
    }
    for (let s = 0; s < steps; s++) {
      const [row, rows] = this.#rowsOf(first, s);
      const at = own.gates + row * gateStride * 4;
      const before = own.before + row * stateStride * 4;
      functions.gatherRows(own.rowWords + row * 4, rows, gates * 4, at, gateStride * 4);
      const ofState = at + stateGates * 4;
      if (!isLstm) {
        const bias = weights + stateBias * 4;
        functions.copyRows(bias, 0, rows, gates * 4, ofState, gateStride * 4);
      }
      functions.multiply(
        before,
        stateStride * 4,
        4,
        weights + recurrent * 4,
        weightStride * 4,
        ofState,
        gateStride * 4,
        rows,
        gates,
        units,
      );
      const beforeCell = own.cells + row * stateStride * 4;
      if (isLstm) {
        const shown = own.shown + row * units * 4;
        const stride = gateStride * 4;
        functions.lstmForward(
          at,
          stride,
          beforeCell,
          stateStride * 4,
          shown,
          cell,
          state,
          rows,
          units,
        );
      } else {
        functions.gruForward(at, gateStride * 4, before, stateStride * 4, state, rows, units);
      }
      const active = this.#active(course, s);
      for (let m = 0; m < active; m++) {
        const [read, best] = [state + m * units * 4, featuresOf(m)];
        const winner = best - layout.features + layout.winners;
        if (this.#isMax) functions.largest(read, best, winner, s, units);
        else functions.addScaled(read, 1 / this.#lengthOf(from + m), best, units);
      }
      if (s === steps - 1) break;
      const [next, nextRows] = this.#rowsOf(first, s + 1);
      const hand = (from: number, to: number) =>
        functions.copyRows(
          from,
          units * 4,
          nextRows,
          units * 4,
          to + next * stateStride * 4,
          stateStride * 4,
        );
      hand(state, own.before);
      if (isLstm) hand(cell, own.cells);
    }
  }

  #lengthOf(document: number): number {
    return this.#kernels.uint32[this.#layout.lengths / 4 + document]!;
  }

  /** Takes the gradient of what was read out back to the gates of all steps. */
  backward(course: Course): void {
    const layout = this.#layout;
    const { functions, float32 } = this.#kernels;
    const { direction, first, steps, from, rank } = course;
    const own = layout.directions[direction]!;
    const { units, gates, gateStride, stateStride, stateGates, features } = layout.sizes;
    const isLstm = layout.sizes.cell === "lstm";
    const [state, cell] = [layout.states[rank]!, layout.cells[rank]!];
    float32.fill(0, state / 4, state / 4 + PART * units);
    float32.fill(0, cell / 4, cell / 4 + PART * units);
    for (let s = steps - 1; s >= 0; s--) {
      const [row, rows] = this.#rowsOf(first, s);
      const at = own.gates + row * gateStride * 4;
      const before = own.before + row * stateStride * 4;
      const active = this.#active(course, s);
      for (let m = 0; m < active; m++) {
        const place = ((from + m) * features + direction * units) * 4;
        const slope = layout.featureGradient + place;
        const target = state + m * units * 4;
        if (this.#isMax) functions.addAtWinners(slope, layout.winners + place, s, target, units);
        else functions.addScaled(slope, 1 / this.#lengthOf(from + m), target, units);
      }
      if (isLstm) {
        functions.lstmBackward(
          at,
          gateStride * 4,
          own.cells + row * stateStride * 4,
          stateStride * 4,
          own.shown + row * units * 4,
          cell,
          state,
          rows,
          units,
        );
      } else {
        functions.gruBackward(at, gateStride * 4, before, stateStride * 4, state, rows, units);
      }
      if (s === 0) break;
      functions.multiply(
        at + stateGates * 4,
        gateStride * 4,
        4,
        own.transposed,
        stateStride * 4,
        state,
        units * 4,
        rows,
        units,
        gates,
      );
    }
  }
}
