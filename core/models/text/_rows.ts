import { shortened } from "../../nearest_name.ts";

/** What the numbers of a model are. */
export type Outputs = "probabilities" | "logits";

/** Smaller probabilities count as this: the logarithm of 0 is no number to go by. */
const LEAST_PROBABILITY = 1e-12;
/** How far probabilities may sum up to something else than 1, as they are when they were rounded. */
const SUM_TOLERANCE = 0.02;

const shown = (text: string) => JSON.stringify(shortened(text));

/**
 * Checks that there is a list of numbers for each text, one per class.
 *
 * @param rows What was given.
 * @param texts The texts.
 * @param classes The classes.
 * @param who Who gave it, as a sentence begins, e.g. `"predict" of the model`.
 * @returns The rows; the caller's.
 * @throws {TypeError} If it is anything else; the message says what.
 */
export function checkedRows(
  rows: unknown,
  texts: readonly string[],
  classes: readonly string[],
  who: string,
): Float64Array[] {
  const list = rows as ArrayLike<ArrayLike<unknown>> | null;
  const isList = Array.isArray(list) || ArrayBuffer.isView(list);
  if (!isList) throw new TypeError(`${who} gave no list of scores, but ${nameOf(rows)}`);
  if (list.length !== texts.length) {
    throw new TypeError(`${who} gave ${list.length} rows of scores for ${texts.length} texts`);
  }
  return texts.map((text, i) => {
    const row: unknown = list[i];
    if (!Array.isArray(row) && !(ArrayBuffer.isView(row) && "length" in row)) {
      throw new TypeError(`${who} gave no list of scores for ${shown(text)}, but ${nameOf(row)}`);
    }
    const numbers = row as ArrayLike<unknown>;
    if (numbers.length !== classes.length) {
      throw new TypeError(
        `${who} gave ${numbers.length} scores for ${
          shown(text)
        }, but there are ${classes.length} ` +
          "classes",
      );
    }
    return Float64Array.from({ length: classes.length }, (_, c) => {
      const value = numbers[c];
      if (typeof value === "number" && Number.isFinite(value)) return value;
      throw new TypeError(
        `${who} gave ${nameOf(value)} for class "${classes[c]}" of ${shown(text)}, not a finite ` +
          "number",
      );
    });
  });
}

function nameOf(value: unknown): string {
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  if (typeof value === "string") return `the text ${shown(value)}`;
  return Array.isArray(value) ? "a list" : `a value of the type ${typeof value}`;
}

/**
 * Whether a row can be probabilities: numbers from 0 to 1 that sum up to 1.
 *
 * @param row The row.
 */
export function areProbabilities(row: ArrayLike<number>): boolean {
  const list = Array.from(row);
  const sum = list.reduce((total, value) => total + value, 0);
  return list.every((value) => value >= 0 && value <= 1 + SUM_TOLERANCE) &&
    Math.abs(sum - 1) <= SUM_TOLERANCE;
}

/**
 * Turns probabilities into scores whose softmax they are: their logarithms.
 *
 * @param rows Checked rows; overwritten.
 * @param texts The texts.
 * @param who Who gave them, as a sentence begins.
 * @param otherwise What to do where they are none, as the end of a sentence.
 * @returns The same rows.
 * @throws {TypeError} If they are no probabilities.
 */
export function logarithms(
  rows: readonly Float64Array[],
  texts: readonly string[],
  who: string,
  otherwise: string,
): readonly Float64Array[] {
  rows.forEach((row, i) => {
    if (!areProbabilities(row)) {
      const sum = row.reduce((total, value) => total + value, 0);
      const why = row.some((value) => value < 0 || value > 1 + SUM_TOLERANCE)
        ? `${row.find((value) => value < 0 || value > 1 + SUM_TOLERANCE)} is among them`
        : `they sum up to ${Number(sum.toPrecision(4))}`;
      throw new TypeError(
        `${who} gave no probabilities of the classes for ${shown(texts[i]!)}: ${why}; ${otherwise}`,
      );
    }
    row.forEach((value, c) => row[c] = Math.log(Math.max(value, LEAST_PROBABILITY)));
  });
  return rows;
}
