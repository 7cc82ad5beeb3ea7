import type { Classification } from "./confusion_matrix.ts";

/**
 * The mean of the F1 of all classes that occur, in truth or as a prediction, each counted alike:
 * 2 h / (n + g) for a class with n documents of which h are found, given to g documents. It is 0 for
 * a class that is never found, as in scikit-learn's `f1_score(average="macro")`.
 *
 * @param result How a classifier did.
 * @returns The mean, from 0 to 1; NaN without documents.
 *
 * @example
 * ```ts
 * import { classification, macroF1 } from "@heatword/eval/classification";
 * import { assertEquals } from "@std/assert";
 *
 * // Class a: precision 1, recall 1/2; class b: precision 2/3, recall 1; no document is of class c.
 * const result = classification([0, 0, 1, 1], [0, 1, 1, 1], ["a", "b", "c"]);
 * assertEquals(macroF1(result), (2 / 3 + 4 / 5) / 2);
 * ```
 */
export function macroF1({ confusion }: Pick<Classification, "confusion">): number {
  let sum = 0;
  let classes = 0;
  confusion.forEach((row, c) => {
    const documents = row.reduce((total, count) => total + count, 0);
    const given = confusion.reduce((total, other) => total + other[c]!, 0);
    if (documents + given === 0) return;
    sum += (2 * row[c]!) / (documents + given);
    classes++;
  });
  return sum / classes;
}
