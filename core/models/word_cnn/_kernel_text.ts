import type { FloatArray } from "../../tensor.ts";
import type { PerturbableText } from "./_engine.ts";
import type { Projector } from "./_projector.ts";
import { ScratchBuffer } from "./_scratch_buffer.ts";
import type { RowsInput } from "../rows_input.ts";

/** Sets of [best, winner, scores] that are kept: as it is now, and with all words present. */
const STATES = 2;

/** Room in the kernels' memory for one text at a time; who has it is its owner. */
export class Workspace {
  owner: KernelText | undefined;
  readonly projector: Projector;
  readonly classes: number;
  readonly stateBytes: number;
  readonly #rows = new ScratchBuffer();
  readonly #z = new ScratchBuffer();
  readonly #each = new ScratchBuffer();
  readonly spare = new ScratchBuffer();
  readonly states: number;
  readonly scratch: number;

  constructor(projector: Projector, classes: number) {
    this.projector = projector;
    this.classes = classes;
    const { filters } = projector.addresses;
    this.stateBytes = 2 * filters * 4 + 8 * projector.addresses.classes;
    this.states = projector.kernels.allocate(STATES * this.stateBytes);
    this.scratch = projector.kernels.allocate(32);
  }

  rows(length: number): number {
    return this.#rows.take(this.projector.kernels, length * 4);
  }

  /** Room for the scores after each single deletion. */
  each(length: number): number {
    const { kernels, addresses } = this.projector;
    return this.#each.take(kernels, length * addresses.classes * 8);
  }

  z(length: number): number {
    const { kernels, addresses } = this.projector;
    return this.#z.take(kernels, (length - 1) * addresses.filters * 4);
  }
}

/**
 * A text of which words are deleted and restored, by the kernels. When another text has taken the
 * workspace, it starts again with all words present.
 */
export class KernelText implements PerturbableText {
  readonly scores: Float64Array;
  readonly #space: Workspace;
  readonly #input: RowsInput;
  /** The addresses of the projections of all words, deleted or not. */
  #present = new Uint32Array(0);

  constructor(space: Workspace, input: RowsInput) {
    this.#space = space;
    this.#input = input;
    this.scores = new Float64Array(space.classes);
  }

  ensureLoaded(): "fresh" | "kept" {
    const space = this.#space;
    if (space.owner === this) return "kept";
    space.owner = undefined;
    const { projector, states, stateBytes } = space;
    const { length } = this.#input;
    const rows = space.rows(length);
    projector.place(this.#input, rows, space.spare);
    space.z(length);
    const { uint32 } = projector.kernels;
    this.#present = uint32.slice(rows / 4, rows / 4 + length);
    this.#recompute();
    uint32.copyWithin((states + stateBytes) / 4, states / 4, (states + stateBytes) / 4);
    space.owner = this;
    return "fresh";
  }

  reset(deleted: readonly number[]): void {
    const { projector, states, stateBytes } = this.#space;
    const { uint32 } = projector.kernels;
    const rows = this.#space.rows(this.#input.length) / 4;
    for (const t of deleted) uint32[rows + t] = this.#present[t]!;
    for (const t of deleted) this.#writeWindows(t);
    uint32.copyWithin(states / 4, (states + stateBytes) / 4, (states + 2 * stateBytes) / 4);
    this.#readScores();
  }

  change(position: number, deleted: boolean): void {
    const { projector, states, scratch } = this.#space;
    const { functions, uint32 } = projector.kernels;
    const { filters, bias, dense, classes, zeroRow } = projector.addresses;
    const { length } = this.#input;
    uint32[this.#space.rows(length) / 4 + position] = deleted ? zeroRow : this.#present[position]!;
    this.#writeWindows(position);
    functions.settle(
      position,
      length - 1,
      filters,
      this.#space.z(length),
      states,
      states + filters * 4,
      bias,
      dense,
      classes,
      states + 2 * filters * 4,
      scratch,
    );
    this.#readScores();
  }

  rebuild(deleted: Uint8Array): void {
    const { uint32 } = this.#space.projector.kernels;
    const { zeroRow } = this.#space.projector.addresses;
    const rows = this.#space.rows(this.#input.length) / 4;
    deleted.forEach((is, t) => uint32[rows + t] = is ? zeroRow : this.#present[t]!);
    this.#recompute();
  }

  withoutEach(scores: FloatArray): void {
    const space = this.#space;
    const { projector: { kernels, addresses }, states, scratch } = space;
    const { filters, bias, dense, classes, zeroRow } = addresses;
    const { length } = this.#input;
    const out = space.each(length);
    const sums = states + 2 * filters * 4;
    kernels.functions.withoutEach(
      space.rows(length),
      zeroRow,
      length - 1,
      filters,
      filters * 4,
      space.z(length),
      states,
      states + filters * 4,
      bias,
      dense,
      classes,
      sums,
      scratch,
      out,
    );
    const wanted = space.classes;
    for (let t = 0; t < length; t++) {
      const from = out / 8 + t * classes;
      scores.set(kernels.float64.subarray(from, from + wanted), t * wanted);
    }
  }

  /** Computes the windows of a word. */
  #writeWindows(t: number): void {
    const { length } = this.#input;
    this.#write(Math.max(0, t - 1), Math.min(t + 1, length - 1));
  }

  #write(first: number, last: number): void {
    const { kernels, addresses } = this.#space.projector;
    const { length } = this.#input;
    kernels.functions.writeWindows(
      this.#space.rows(length),
      first,
      last,
      length - 1,
      addresses.filters,
      addresses.filters * 4,
      this.#space.z(length),
    );
  }

  #recompute(): void {
    const { projector, states } = this.#space;
    const { functions } = projector.kernels;
    const { filters, bias, dense, denseBias, classes } = projector.addresses;
    const { length } = this.#input;
    const winner = states + filters * 4;
    const rows = this.#space.rows(length);
    this.#write(0, length - 1);
    functions.maxOverTime(rows, 0, length - 1, filters, filters * 4, states, winner);
    functions.score(states, bias, filters, dense, denseBias, classes, states + 2 * filters * 4);
    this.#readScores();
  }

  #readScores(): void {
    const { projector, states, classes } = this.#space;
    const at = (states + 2 * projector.addresses.filters * 4) / 8;
    const { float64 } = projector.kernels;
    for (let c = 0; c < classes; c++) this.scores[c] = float64[at + c]!;
  }
}
