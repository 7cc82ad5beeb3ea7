import { fragment, type Html, table as htmlTable } from "../../report/html_elements.ts";
import type { Agreements, TrustTable } from "../table/trust_table.ts";
import { estimateCell } from "./estimate_cell.ts";

/** What of a pair is shown, and what it is. */
const LOOKS: readonly (readonly [keyof Omit<Agreements, "explainers">, string])[] = [
  ["tauB", "rank correlation of all words, Kendall's τ-b"],
  ["overlap", "share of the ten words with the largest |R| that both have"],
  ["signOverlap", "share of these that both have with the same sign"],
  ["signs", "share of all words with the same sign"],
];

/**
 * How far each two explainers agree, as matrices.
 *
 * @param trust The table.
 * @returns Four of them; none where agreement was not measured.
 */
export function agreementTables({ agreements }: TrustTable): Html | undefined {
  if (agreements.length === 0) return undefined;
  const names = [...new Set(agreements.flatMap(({ explainers }) => explainers))];
  const between = (a: string, b: string) =>
    agreements.find(({ explainers }) => explainers.includes(a) && explainers.includes(b));
  return fragment`${
    LOOKS.map(([look, about]) =>
      htmlTable({
        caption: fragment`<strong>Table 8.</strong> How far explainers agree, mean over texts:
${about} (Krishna et al. 2022). Explainers whose relevances have no sign have none to agree in.`,
        numbers: true,
        columns: ["explainer", ...names],
        rows: names.map((a) => [
          a,
          ...names.map((b) => a === b ? "1" : estimateCell(between(a, b)?.[look])),
        ]),
      })
    )
  }`;
}
