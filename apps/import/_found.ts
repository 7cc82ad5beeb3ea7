import type { Model } from "@heatword/core";
import type { TfjsReading } from "@heatword/core/tfjs";

const count = (number: number) => number.toLocaleString("en");

/** What was found in the folder of a model, a line each. */
export function describeFound(
  folder: string,
  { vocabulary, classes, rows, length }: TfjsReading,
  { limitation, classes: names }: Model,
): string {
  const { file, shape, words, known } = vocabulary;
  const lines: [string, string][] = [
    [
      "model",
      `${folder}: an Embedding of ${count(rows)} rows, inputs of ${
        length === undefined ? "any length" : `${count(length)} rows`
      }`,
    ],
    [
      "explainers",
      limitation === undefined
        ? "all: every layer is known"
        : `those that need scores only: ${limitation}`,
    ],
    [
      "vocabulary",
      `${file}: ${shape}, ${count(words)} words` +
      (known.size < words ? `; ${count(known.size)} have a row` : ""),
    ],
    [
      "classes",
      classes
        ? `${classes.file}: ${names.join(", ")}`
        : `${names.join(", ")}, as no file names them: put ["name", …] into classes.json`,
    ],
  ];
  return lines.map(([name, value]) => `${name.padEnd(10)}  ${value}`).join("\n");
}
