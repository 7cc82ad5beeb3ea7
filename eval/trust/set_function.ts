import { type Awaitable, Coalitions } from "@heatword/core";

/**
 * What is measured of a text: the explained number v(S) with the words of S there and the others
 * deleted; a score before softmax, or a probability.
 */
export interface SetFunction {
  /** How many words the text has, n. */
  readonly words: number;
  /**
   * The number for each of some coalitions.
   *
   * @param coalitions Which words are there.
   * @returns One number a coalition, shape [M].
   */
  values(coalitions: Coalitions): Awaitable<ArrayLike<number>>;
  /**
   * The number after each single deletion, where there is a faster way to it.
   *
   * @param deleted Words that are deleted already.
   * @returns The number without these and word t, shape [n].
   */
  withoutEach?(deleted: readonly number[]): Promise<ArrayLike<number>>;
}

/**
 * A set function as a table.
 *
 * @param table v(S) at index S, whose bit i says that word i is there; shape [2ⁿ].
 * @returns The set function.
 * @throws {RangeError} If the length of the table is not a power of two.
 *
 * @example
 * ```ts
 * import { Coalitions } from "@heatword/core";
 * import { tableFunction } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const both = tableFunction([0, 0, 0, 1]); // Only both words together count.
 * assertEquals(await both.values(Coalitions.without(2, [[], [1]])), [1, 0]);
 * ```
 */
export function tableFunction(table: ArrayLike<number>): SetFunction {
  const words = Math.log2(table.length);
  if (!Number.isInteger(words)) {
    throw new RangeError(`Cannot read a table of ${table.length} sets: 2ⁿ are needed for n words`);
  }
  return {
    words,
    values: (coalitions) =>
      Array.from({ length: coalitions.size }, (_, m) => {
        const deleted = coalitions.deleted(m).reduce((set, t) => set | 1 << t, 0);
        return table[(table.length - 1) & ~deleted]!;
      }),
  };
}

/** The coalitions while words are deleted one by one: of all words first, of none last. */
export function deletingOneByOne(order: ArrayLike<number>): Coalitions {
  const words = order.length;
  const coalitions = new Coalitions(words, words + 1);
  for (let k = 1; k <= words; k++) {
    coalitions.copy(k, k - 1);
    coalitions.delete(k, order[k - 1]!);
  }
  return coalitions;
}
