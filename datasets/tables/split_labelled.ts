import type { Random } from "@heatword/core";

/** How {@linkcode splitLabelled} divides. */
export interface SplitOptions {
  /** The share of each class that is kept for choosing hyper-parameters and epochs. @default {0.1} */
  readonly heldOut?: number;
  /** The share of each class that is kept for the final test. @default {0.2} */
  readonly test?: number;
  /** Where the choice comes from. */
  readonly random: Random;
}

/** Three parts that share no item. */
export interface LabelledSplit<T> {
  /** To train on. */
  readonly train: readonly T[];
  /** To choose hyper-parameters and epochs on. */
  readonly heldOut: readonly T[];
  /** To measure on, in the end. */
  readonly test: readonly T[];
}

/**
 * Divides items into three parts so that each class has the same share of each part, as nearly as whole
 * items allow. A class with one item goes to training; with two, one also to the test; with three or
 * more, at least one to each part whose share is not zero. Items keep their order.
 *
 * @param items Items with a class.
 * @param options The shares, and the random numbers.
 * @returns The three parts.
 * @throws {RangeError} If a share is not from 0 to 1 or nothing would be left for training.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { splitLabelled } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * const items = Array.from({ length: 20 }, (_, i) => ({ label: i < 10 ? "a" : "b" }));
 * const { train, heldOut, test } = splitLabelled(items, { random: new Random(1) });
 * assertEquals([train.length, heldOut.length, test.length], [14, 2, 4]);
 * ```
 */
export function splitLabelled<T extends { readonly label: string }>(
  items: readonly T[],
  options: SplitOptions,
): LabelledSplit<T> {
  const { heldOut = 0.1, test = 0.2, random } = options;
  if (!(heldOut >= 0 && test >= 0 && heldOut + test < 1)) {
    throw new RangeError(
      `Cannot keep ${heldOut} held out and ${test} for the test: together they must be less than 1`,
    );
  }
  const part = new Uint8Array(items.length);
  const classes = [...new Set(items.map(({ label }) => label))].sort();
  classes.forEach((label, c) => {
    const mine = items.flatMap((item, i) => item.label === label ? [i] : []);
    const forTest = share(test, mine.length, 2);
    const forHeldOut = Math.min(share(heldOut, mine.length, 3), mine.length - forTest - 1);
    random.fork(c).shuffle(mine).forEach((i, rank) => {
      part[i] = rank < forTest ? 2 : rank < forTest + forHeldOut ? 1 : 0;
    });
  });
  const [train, chosen, measured] = [0, 1, 2].map((p) => items.filter((_, i) => part[i] === p));
  return { train: train!, heldOut: chosen!, test: measured! };
}

/** How many of `count` items a part gets: at least one where there are `min` items. */
function share(of: number, count: number, min: number): number {
  if (of === 0 || count < min) return 0;
  return Math.min(count - 1, Math.max(1, Math.round(of * count)));
}
