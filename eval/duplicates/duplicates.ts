import { formatPercent } from "@heatword/core/counts";
import { type Classification, classification } from "../classification/confusion_matrix.ts";
import { findNearDuplicates, type NearDuplicates } from "./near_duplicates.ts";

/** A document of a corpus. */
export interface ComparedDocument {
  /** Index of its true class. */
  readonly label: number;
  /** Its words, a blank between two. */
  readonly words: string;
  /** The words of the whole text, where `words` are only the first of them. */
  readonly whole?: string;
}

/** Test documents that the training documents hold too, and how a classifier does without them. */
export interface Duplicates extends Omit<NearDuplicates, "found"> {
  /** How many test documents there are. */
  readonly test: number;
  /** How many of them are identical or near. */
  readonly documents: number;
  /** How the classifier did on the others. */
  readonly others: Pick<Classification, "documents" | "accuracy" | "standardError">;
}

/**
 * Counts the test documents that the training documents hold too, by the words of whole texts, see
 * {@linkcode findNearDuplicates}.
 *
 * @param corpus All documents and the classes.
 * @param evaluated Those of the test documents that were classified; the same objects.
 * @param predictions The class that each of these was given, as an index.
 * @returns The counts, and the accuracy on the documents that are left.
 *
 * @example
 * ```ts
 * import { duplicatesOf } from "@heatword/eval/duplicates";
 * import { assertEquals } from "@std/assert";
 *
 * const train = [{ label: 0, words: "red sky" }];
 * const test = [{ label: 0, words: "Red sky" }, { label: 1, words: "blue sea" }];
 * const { identical, others } = duplicatesOf({ train, test, classes: ["a", "b"] }, test, [0, 0]);
 * assertEquals([identical, others.documents, others.accuracy], [1, 1, 0]);
 * ```
 */
export function duplicatesOf<D extends ComparedDocument>(
  corpus: {
    readonly train: readonly ComparedDocument[];
    readonly test: readonly D[];
    readonly classes: readonly string[];
  },
  evaluated: readonly D[],
  predictions: readonly number[],
): Duplicates {
  const { train, test, classes } = corpus;
  const wordsOf = ({ words, whole = words }: ComparedDocument) => whole;
  const { found, ...counts } = findNearDuplicates(train.map(wordsOf), test.map(wordsOf));
  const known = new Set(found.map((place) => test[place]!));
  const others = [...evaluated.keys()].filter((i) => !known.has(evaluated[i]!));
  const { documents, accuracy, standardError } = classification(
    others.map((i) => evaluated[i]!.label),
    others.map((i) => predictions[i]!),
    classes,
  );
  return {
    ...counts,
    test: test.length,
    documents: found.length,
    others: { documents, accuracy, standardError },
  };
}

/**
 * Says in a sentence what was found.
 *
 * @param duplicates What was found.
 * @returns The sentence, without a full stop.
 */
export function duplicatesText(
  { test, documents, identical, near, size, share, others }: Duplicates,
): string {
  const count = (value: number) => value.toLocaleString("en");
  const whole = `${count(documents)} of ${count(test)} test documents have a duplicate among the ` +
    `training documents: ${count(identical)} of the same words, ${count(near)} with ` +
    `${100 * share} % or more of their runs of ${size} words in one`;
  if (documents === 0 || others.documents === 0) return whole;
  return `${whole}; accuracy without them ${formatPercent(others.accuracy, 2)}, ` +
    `standard error ${formatPercent(others.standardError, 2)}`;
}
