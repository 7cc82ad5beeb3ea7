import type { TrustRow } from "./trust_row.ts";

/** Explainers that follow gradients or layers of the whole text. */
const GRADIENT_ROWS = [
  "deeplift",
  "gradient-input",
  "integrated-gradients",
  "lrp",
  "sa",
  "smoothgrad",
];
/** Of these the ones without a sign. */
const UNSIGNED = ["sa", "smoothgrad"];

const SLACK = 1e-9;

/**
 * Makes sure that the controls of a table came out as they must: exact Shapley values are nearest to
 * themselves, the same inverted is farthest, and no order of deletion lies beyond the limits.
 *
 * @param rows The rows of the table.
 * @returns What was expected and did not come out, a sentence each; a model may do otherwise.
 * @throws {Error} If what must hold does not: then something is wrong with the measures.
 */
export function checkControls(rows: readonly TrustRow[]): string[] {
  const valueOf = (row: string, measure: string) =>
    rows.find(({ explainer }) => explainer === row)?.measures[measure]?.value;
  const demand = (row: string, measure: string, expected: number) => {
    const value = valueOf(row, measure);
    if (value === undefined || Math.abs(value - expected) <= SLACK) return;
    throw new Error(
      `The control "${row}" has ${value} as its ${measure}, where ${expected} must come out: ` +
        "something is wrong with what was measured; nothing was written",
    );
  };
  demand("true Shapley", "shapley", 1);
  demand("true Shapley", "shapleyTauB", 1);
  demand("inverted", "shapley", -1);
  demand("inverted", "shapleyTauB", -1);
  for (const { explainer, measures } of rows) {
    for (const measure of ["naopcComp", "naopcSuff"]) {
      const value = measures[measure]?.value;
      if (value === undefined || value >= -SLACK && value <= 1 + SLACK) continue;
      throw new Error(
        `The row "${explainer}" has ${value} as its ${measure}, beyond the limits of 0 and 1: ` +
          "something is wrong with what was measured; nothing was written",
      );
    }
  }
  const above = (row: string, others: readonly string[], measure: string) => {
    const value = valueOf(row, measure);
    const odd = others.filter((other) => (valueOf(other, measure) ?? -Infinity) > value! + SLACK);
    if (value === undefined || odd.length === 0) return [];
    return [`Unusual: ${odd.join(", ")} above the control "${row}" in ${measure}.`];
  };
  const explainers = rows.filter(({ control }) => !control).map(({ explainer }) => explainer);
  const signed = explainers.filter((row) => !UNSIGNED.includes(row) && row !== "random");
  const unsignedAbove = UNSIGNED.flatMap((row) => {
    const value = valueOf(row, "shapley") ?? -Infinity;
    const below = signed.filter((other) => (valueOf(other, "shapley") ?? Infinity) < value - SLACK);
    return below.length === 0
      ? []
      : [`Unusual: ${row}, which gives no signs, is above ${below.join(", ")} in shapley.`];
  });
  return [
    ...above("greedy oracle", explainers, "naopcComp"),
    ...above("true Shapley", GRADIENT_ROWS, "naopcComp"),
    ...unsignedAbove,
  ];
}
