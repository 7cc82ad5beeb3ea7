import { probabilityOf } from "@heatword/core";
import type { DocumentEvaluation } from "../corpus/evaluate_document.ts";

/** A text that a report shows, by its place. */
export interface ShownText {
  /** Its place among the texts. */
  readonly index: number;
  /** The probability of the predicted class. */
  readonly probability: number;
}

/** How many texts of one kind of error are shown, so that others are seen, too. */
const PER_KIND = 2;

/** What of an evaluation decides which texts are shown. */
export type EvaluatedText = Pick<DocumentEvaluation, "label" | "prediction" | "scores">;

function likely(evaluations: readonly EvaluatedText[], isRight: boolean): ShownText[] {
  return evaluations.flatMap(({ label, prediction, scores }, index) =>
    (label === prediction) === isRight
      ? [{ index, probability: probabilityOf(scores, prediction) }]
      : []
  ).sort((a, b) => b.probability - a.probability || a.index - b.index);
}

/**
 * The errors that the model was surest of, the surest first; of each true with each predicted class two
 * at most.
 *
 * @param evaluations What was found about each text.
 * @param most How many at most.
 */
export function confidentErrors(evaluations: readonly EvaluatedText[], most: number): ShownText[] {
  const counts = new Map<string, number>();
  return likely(evaluations, false).filter(({ index }) => {
    const { label, prediction } = evaluations[index]!;
    const kind = `${label} ${prediction}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= PER_KIND;
  }).slice(0, most);
}

/**
 * Texts that were classified right and are typical of their class: the one whose probability is the
 * median of its class. Classes of most right texts come first.
 *
 * @param evaluations What was found about each text.
 * @param most How many at most.
 */
export function typicalTexts(evaluations: readonly EvaluatedText[], most: number): ShownText[] {
  const byClass = new Map<number, ShownText[]>();
  for (const text of likely(evaluations, true)) {
    const { label } = evaluations[text.index]!;
    byClass.set(label, [...byClass.get(label) ?? [], text]);
  }
  return [...byClass].sort(([a, one], [b, other]) => other.length - one.length || a - b)
    .slice(0, most).map(([, texts]) => texts[texts.length >> 1]!);
}
