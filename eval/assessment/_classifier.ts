import { proportionInterval } from "../statistics/proportion.ts";
import { macroF1 } from "../classification/macro_f1.ts";
import { mistakesOf } from "../classification/mistakes.ts";
import { count, figure, fragment, type Html, percent, table } from "../report/html_elements.ts";
import { drawn } from "./_drawn.ts";
import type { AssessmentData } from "./report_data.ts";

/** Of more classes the confusions are listed, too, and the figures of each class folded away. */
const MANY_CLASSES = 10;

/** The figures that come first. */
export function tiles({ classification }: AssessmentData): Html {
  const { accuracy, standardError, correct, documents, byClass } = classification;
  const { low, high } = proportionInterval(correct, documents);
  const largest = byClass.reduce((a, b) => b.documents > a.documents ? b : a);
  const tile = (name: string, value: string, note: string) =>
    fragment`<div><dt>${name}</dt><dd>${value} <small>${note}</small></dd></div>`;
  return fragment`<dl class="tiles">${[
    tile(
      "Accuracy",
      percent(accuracy, 2),
      `standard error ${percent(standardError, 2)}; 95 % interval ${percent(low)} to ${
        percent(high)
      }`,
    ),
    tile("Macro-F1", percent(macroF1(classification), 2), "mean of the F1 of all classes"),
    tile("Texts", count(documents), `${count(documents - correct)} classified wrong`),
    tile(
      "Classes",
      count(byClass.length),
      `always “${largest.name}” would be right for ${percent(largest.documents / documents)}`,
    ),
  ]}</dl>`;
}

function mistakes({ classification }: AssessmentData): Html | undefined {
  const found = mistakesOf(classification).slice(0, 15);
  if (classification.classes.length <= MANY_CLASSES || found.length === 0) return undefined;
  return table({
    caption: fragment`The ${count(found.length)} most frequent confusions.`,
    label: "The most frequent confusions",
    columns: ["True class", "Taken for", "Texts", "Of the true class"],
    rows: found.map((
      { truth, given, texts, share },
    ) => [truth, given, count(texts), percent(share)]),
  });
}

function byClassTable({ classification }: AssessmentData): Html {
  const { byClass, documents, accuracy } = classification;
  const shown = table({
    caption: fragment`The classifier on each class.`,
    label: "The classifier on each class",
    columns: ["Class", "Texts", "Recall", "Precision", "F1"],
    numbers: true,
    rows: byClass.map(({ name, documents, recall, precision, f1 }) => [
      name,
      count(documents),
      ...[recall, precision, f1].map((value) => percent(value)),
    ]),
    total: ["All", count(documents), percent(accuracy), "", ""],
  });
  if (byClass.length <= MANY_CLASSES) return shown;
  return fragment`<details><summary>Figures of each of the ${
    count(byClass.length)
  } classes</summary>${shown}</details>`;
}

/** The confusion matrix, and the figures of each class. */
export function classifierSection(
  data: AssessmentData,
  figures: ReadonlyMap<string, string>,
): Html {
  return fragment`${
    figure(
      fragment`<div class="wide-figure" tabindex="0" role="region" aria-label="Confusion matrix">${
        drawn(figures.get("confusion.svg"))
      }</div>`,
      fragment`How many texts of each true class (row) were given each class (column). The colour
shows the share of the row.`,
      "confusion",
    )
  }
${mistakes(data)}
${byClassTable(data)}`;
}
