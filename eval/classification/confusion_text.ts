import type { Classification } from "./confusion_matrix.ts";
import { mistakesOf } from "./mistakes.ts";

/** Most classes whose whole matrix fits on a screen. */
const MAX_CLASSES = 20;
/** How many mistakes are told where there are more classes. */
const MISTAKES = 10;

function matrixText({ classes, confusion }: Classification): string[] {
  const name = Math.max(...classes.map((label) => label.length));
  const numbers = classes.map((_, c) => `${c + 1}`);
  const cell = Math.max(...[...numbers, ...confusion.flat()].map((one) => `${one}`.length)) + 2;
  const row = (cells: readonly (number | string)[]) =>
    cells.map((one) => `${one}`.padStart(cell)).join("");
  return [
    "confusion: true classes in rows, predicted ones in columns",
    `${"".padEnd(name + 4)}${row(numbers)}`,
    ...classes.map((label, c) =>
      `${label.padEnd(name)}${`${c + 1}`.padStart(4)}${row(confusion[c]!)}`
    ),
  ];
}

function mistakesText(result: Classification): string[] {
  const mistakes = mistakesOf(result).slice(0, MISTAKES);
  if (mistakes.length === 0) return [];
  return [
    "most frequent mistakes (the whole confusion matrix is in model.json)",
    ...mistakes.map(({ texts, truth, given }) => `${texts}  ${truth} taken for ${given}`),
  ];
}

/**
 * The confusion matrix as lines; of many classes only the most frequent mistakes.
 *
 * @param result How a classifier did.
 */
export function confusionText(result: Classification): string[] {
  return result.classes.length <= MAX_CLASSES ? matrixText(result) : mistakesText(result);
}
