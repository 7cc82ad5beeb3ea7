import type { Text } from "../_corpora.ts";
import { probabilities, ranking } from "./numbers.ts";

/** A text with what the model makes of it. */
export interface TextRow extends Text {
  /** Which it is of its collection, from 0. */
  readonly place: number;
  /** The predicted class; absent as long as it was not asked for, and where no word is seen. */
  readonly predicted?: string;
  /** The probability of the predicted class. */
  readonly confidence?: number;
}

/** Which texts are wanted. */
export interface TextFilter {
  /** What the text or its name contains, capitals or not; empty for all. */
  readonly search: string;
  /** The true or the predicted class; empty for all. */
  readonly class: string;
  /** Whether the prediction is right; empty for both. */
  readonly outcome: "" | "wrong" | "right";
  /** The least confidence. */
  readonly confidence: number;
}

/** How texts are sorted. */
export type TextOrder = "errors" | "unsure" | "given";

/** Whether a prediction is right; nothing where that is not known. */
export function isRight({ predicted, label }: TextRow): boolean | undefined {
  return predicted === undefined || label === undefined ? undefined : predicted === label;
}

/** A text with its prediction. */
export function predictedRow(
  row: TextRow,
  scores: Float64Array | undefined,
  classes: readonly string[],
): TextRow {
  if (scores === undefined) return row;
  const best = ranking(scores)[0]!;
  return { ...row, predicted: classes[best]!, confidence: probabilities(scores)[best]! };
}

/** The wanted texts in their order; of equals, the one that was given first. */
export function chosenRows(
  rows: readonly TextRow[],
  filter: TextFilter,
  order: TextOrder,
): TextRow[] {
  const search = filter.search.toLowerCase();
  const wanted = rows.filter((row) => {
    const right = isRight(row);
    return (search === "" || row.text.toLowerCase().includes(search) ||
      row.id.toLowerCase().includes(search)) &&
      (filter.class === "" || row.label === filter.class || row.predicted === filter.class) &&
      (filter.outcome === "" || right === (filter.outcome === "right")) &&
      (row.confidence ?? 0) >= filter.confidence;
  });
  if (order === "given") return wanted;
  const sure = ({ confidence }: TextRow) => confidence ?? -1;
  // Errors first, then what is not known to be right or wrong.
  const rank = (row: TextRow) => {
    const right = isRight(row);
    return right === false ? 0 : right === undefined ? 1 : 2;
  };
  return wanted.sort(
    order === "unsure"
      ? (a, b) => (a.confidence ?? 2) - (b.confidence ?? 2) || a.place - b.place
      : (a, b) => rank(a) - rank(b) || sure(b) - sure(a) || a.place - b.place,
  );
}

/** How many predictions there are, and how many are right. */
export function accuracyOf(rows: readonly TextRow[]): { known: number; right: number } {
  const outcomes = rows.map(isRight).filter((right) => right !== undefined);
  return { known: outcomes.length, right: outcomes.filter((right) => right).length };
}
