/** How a classifier did on a set of documents. */
export interface Classification {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Number of documents of each true class (row) that were given each class (column). */
  readonly confusion: readonly (readonly number[])[];
  /** How many documents there were. */
  readonly documents: number;
  /** How many of them were classified correctly. */
  readonly correct: number;
  /** `correct` over `documents`; NaN without documents. */
  readonly accuracy: number;
  /** Standard error of the accuracy, √(a (1 − a) / n). */
  readonly standardError: number;
  /** Figures of each class, in the order of `classes`. */
  readonly byClass: readonly ClassFigures[];
}

/** How a classifier did on one class. */
export interface ClassFigures {
  /** Name of the class. */
  readonly name: string;
  /** How many documents have it as their true class. */
  readonly documents: number;
  /** The part of those that was found; NaN without documents. */
  readonly recall: number;
  /** The part right of those that were given this class; NaN where none was. */
  readonly precision: number;
  /** Harmonic mean of precision and recall; 0 where both are 0, NaN where one is missing. */
  readonly f1: number;
}

/**
 * Compares predicted with true classes.
 *
 * @param labels The true class of each document, as an index.
 * @param predictions The predicted class of each document.
 * @param classes The names of the classes.
 * @returns The confusion matrix and what follows from it.
 * @throws {RangeError} If the numbers of labels and predictions differ, or one is not a class.
 *
 * @example
 * ```ts
 * import { classification } from "@heatword/eval/classification";
 * import { assertEquals } from "@std/assert";
 *
 * const { confusion, accuracy } = classification([0, 0, 1, 1], [0, 1, 1, 1], ["a", "b"]);
 * assertEquals(confusion, [[1, 1], [0, 2]]);
 * assertEquals(accuracy, 0.75);
 * ```
 */
export function classification(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: readonly string[],
): Classification {
  if (labels.length !== predictions.length) {
    throw new RangeError(`Cannot compare ${predictions.length} predictions of ${labels.length}`);
  }
  const confusion = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < labels.length; i++) {
    const row = confusion[labels[i]!];
    if (row?.[predictions[i]!] === undefined) {
      throw new RangeError(
        `Cannot compare class ${labels[i]} with ${predictions[i]}: there are ${classes.length}`,
      );
    }
    row[predictions[i]!]!++;
  }
  const correct = confusion.reduce((sum, row, c) => sum + row[c]!, 0);
  const accuracy = correct / labels.length;
  return {
    classes,
    confusion,
    documents: labels.length,
    correct,
    accuracy,
    standardError: Math.sqrt((accuracy * (1 - accuracy)) / labels.length),
    byClass: classes.map((name, c) => {
      const documents = confusion[c]!.reduce((sum, count) => sum + count, 0);
      const given = confusion.reduce((sum, row) => sum + row[c]!, 0);
      const hits = confusion[c]![c]!;
      const recall = hits / documents;
      const precision = hits / given;
      const f1 = hits === 0 && documents > 0 && given > 0
        ? 0
        : (2 * precision * recall) / (precision + recall);
      return { name, documents, recall, precision, f1 };
    }),
  };
}
