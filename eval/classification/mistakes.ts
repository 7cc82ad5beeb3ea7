import type { Classification } from "./confusion_matrix.ts";

/** How often a class is taken for another. */
export interface Mistake {
  /** The true class. */
  readonly truth: string;
  /** The class that was given. */
  readonly given: string;
  /** How many documents. */
  readonly texts: number;
  /** Which share of the true class that is. */
  readonly share: number;
}

/**
 * The confusions of classes, the most frequent first; of equals in the order of the matrix.
 *
 * @param result How a classifier did.
 *
 * @example
 * ```ts
 * import { classification, mistakesOf } from "@heatword/eval/classification";
 * import { assertEquals } from "@std/assert";
 *
 * const found = mistakesOf(classification([0, 0, 1, 1], [0, 1, 1, 1], ["a", "b"]));
 * assertEquals(found, [{ truth: "a", given: "b", texts: 1, share: 0.5 }]);
 * ```
 */
export function mistakesOf({ classes, confusion, byClass }: Classification): Mistake[] {
  return confusion.flatMap((row, from) =>
    row.flatMap((texts, to) =>
      from === to || texts === 0 ? [] : [{
        truth: classes[from]!,
        given: classes[to]!,
        texts,
        share: texts / byClass[from]!.documents,
      }]
    )
  ).sort((a, b) => b.texts - a.texts);
}
