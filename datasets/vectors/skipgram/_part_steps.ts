import { Random } from "@heatword/core";
import { type SkipgramKernels, startKernels } from "./kernels/kernels.ts";
import type { SkipgramLayout, SkipgramSize } from "./memory.ts";

/** What the members of the team do in a step. */
export const STEPS = { learn: 0, merge: 1 } as const;

/** Numbers that the leading thread sets before a step; indexes into shared float64 numbers. */
export const SETTINGS = { step: 0, epoch: 1, round: 2, length: 3 } as const;

/** What every member needs. */
export interface PartSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly layout: SkipgramLayout;
  readonly size: SkipgramSize;
  readonly epochs: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Shared numbers, as {@linkcode SETTINGS} names them. */
  readonly settings: Float64Array;
  /** One shared number: the next part of the round that nobody has taken. */
  readonly next: Int32Array;
  /** Shared: for each part of the round, the loss of some pairs and how many pairs. */
  readonly losses: Float64Array;
}

/**
 * The random numbers of an epoch: its own fork 0 shuffles and leaves words out, the following are
 * those of its parts, so that parts can be done in any order.
 */
export function randomOf(seed: number, epoch: number): Random {
  return new Random(seed).fork(epoch + 1);
}

/**
 * The work of one member. A round has a fixed number of parts of the text. Each is learned from on
 * copies of the rows that it needs, as they were when the round began; then the differences are added
 * to the rows, part by part. So it makes no difference who does which part.
 */
export class PartSteps {
  readonly #setup: PartSetup;
  readonly #kernels: SkipgramKernels;
  readonly #numbers: Uint32Array;
  readonly #floats: Float32Array;

  constructor(setup: PartSetup) {
    this.#setup = setup;
    this.#kernels = startKernels(setup.module, setup.memory);
    this.#numbers = new Uint32Array(setup.memory.buffer);
    this.#floats = new Float32Array(setup.memory.buffer);
  }

  /** Does a member's part of the step that the settings name. */
  run(rank: number, members: number): void {
    const { settings, size, next } = this.#setup;
    if (settings[SETTINGS.step] === STEPS.merge) return this.#merge(rank, members);
    while (true) {
      const part = Atomics.add(next, 0, 1);
      if (part >= size.parts) return;
      this.#learn(rank, part);
    }
  }

  #learn(rank: number, part: number): void {
    const { layout, size, settings, epochs, learningRate, seed, losses } = this.#setup;
    const { kept, noise, table, rowBytes, width } = layout;
    const { slots, pool, groups, products, fresh, blank } = layout.members[rank]!;
    const { list, copies } = layout.parts[part]!;
    const epoch = settings[SETTINGS.epoch]!;
    const length = settings[SETTINGS.length]!;
    const index = settings[SETTINGS.round]! * size.parts + part;
    const first = index * size.places;
    const last = Math.min(first + size.places, length);
    losses.fill(0, 2 * part, 2 * part + 2);
    if (first >= last) {
      this.#numbers[list / 4] = 0;
      return;
    }
    const rate = learningRate * (1 - (epoch + first / length) / epochs);
    const count = this.#kernels.plan(
      kept,
      first,
      last,
      randomOf(seed, epoch).fork(index + 1).state,
      size.window,
      size.negatives,
      noise,
      pool,
      size.drawn,
      size.words,
      table,
      rowBytes,
      slots,
      list,
      list + 4,
      copies,
      blank,
      groups,
    );
    if (count > 0) this.#judge(groups, products, part);
    this.#kernels.descend(groups, count, rowBytes, rate, products, width, fresh);
    const rows = this.#numbers[list / 4]!;
    this.#kernels.takeDifferences(list + 4, rows, copies, table, rowBytes);
  }

  /**
   * The loss of a group, before it is learned from: −ln σ(context · word) − Σ ln σ(−context · noise),
   * summed over the contexts.
   */
  #judge(group: number, products: number, part: number): void {
    const { losses, layout: { rowBytes, width } } = this.#setup;
    const [n, m, contexts, outputs] = this.#numbers.subarray(group / 4, group / 4 + 4);
    this.#kernels.dots(group + 16, n!, group + 16 + 4 * n!, m!, rowBytes, products, width);
    let sum = 0;
    for (let i = 0; i < contexts!; i++) {
      for (let j = 0; j < outputs!; j++) {
        const product = this.#floats[(products + i * width) / 4 + j]!;
        const x = j === 0 ? -product : product;
        sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      }
    }
    losses[2 * part] = sum;
    losses[2 * part + 1] = contexts!;
  }

  #merge(rank: number, members: number): void {
    const { layout: { parts, table, rowBytes } } = this.#setup;
    for (const { list, copies } of parts) {
      const rows = this.#numbers[list / 4]!;
      this.#kernels.merge(list + 4, rows, copies, table, rowBytes, rank, members);
    }
  }
}
