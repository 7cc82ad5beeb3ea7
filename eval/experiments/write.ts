import { writeFileAtomically } from "@heatword/core/files";
import type { DocumentEvaluation } from "@heatword/eval/corpus";
import { macroF1 } from "@heatword/eval/classification";
import { type Claim, type Facts, formatMeasured, verdict } from "@heatword/eval/claims";
import { type ReportData, reportFigures, reportHtml } from "@heatword/eval/report";
import { stringify } from "@std/csv";
import type { CompactDocument, Corpus } from "@heatword/datasets/corpus";

/** The names that figures have, of the paper's experiments and of one's own texts. */
export const FIGURE: RegExp =
  /^(figure-[1-4][^/]*|confusion|vectors|deletion-(score|accuracy)-(correct|wrong)|(error|right)-\d+(-true-class)?)\.(svg|csv)$/;

/** The figures that an earlier run wrote. */
export async function olderFigures(out: string): Promise<string[]> {
  try {
    const { figures } = JSON.parse(await Deno.readTextFile(`${out}/metrics.json`));
    return figures.filter((name: unknown) => typeof name === "string" && FIGURE.test(name));
  } catch {
    return [];
  }
}

/** Plain data as a file of JSON. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2) + "\n";

/** The figures of a run as plain data, without the points of Fig. 3, which have a file of their own. */
export function metricsOf(facts: Facts, run: Record<string, unknown>): Record<string, unknown> {
  const { panels, ...rest } = facts;
  return {
    ...run,
    accuracy: rest.classification.accuracy,
    macroF1: macroF1(rest.classification),
    ...rest,
    panels: panels.map(({ panel, plane, full, classes, explainedVariance }) => ({
      ...panel,
      silhouette: { plane, ...(full && { full }), ...(classes && { classes }) },
      explainedVariance,
    })),
  };
}

/** The points of Fig. 3 as a table. */
function pointsTable(
  data: ReportData,
  corpus: Corpus,
  documents: readonly CompactDocument[],
  evaluations: readonly DocumentEvaluation[],
): string {
  const { panels, groups } = data;
  const axes = panels.flatMap(({ panel }) => [`${panel.id}.x`, `${panel.id}.y`]);
  const rows = documents.map(({ id, label }, i) => [
    id,
    corpus.classes[label]!,
    corpus.classes[evaluations[i]!.prediction]!,
    groups.names[groups.of[i]!] ?? "",
    ...panels.flatMap(({ points }) => [points[2 * i]!.toFixed(6), points[2 * i + 1]!.toFixed(6)]),
  ]);
  return stringify([["id", "class", "predicted", "category", ...axes], ...rows]);
}

/**
 * Writes everything that a run gives. Each file is whole or not there; the report comes last.
 *
 * @returns The path of the report.
 */
export async function writeResults(
  out: string,
  data: ReportData,
  metrics: Record<string, unknown>,
  corpus: Corpus,
  documents: readonly CompactDocument[],
  evaluations: readonly DocumentEvaluation[],
): Promise<string> {
  const figures = reportFigures(data);
  const files = new Map(figures);
  if (data.panels.length > 0) {
    files.set("figure-3.csv", pointsTable(data, corpus, documents, evaluations));
  }
  const older = await olderFigures(out);
  for (const [name, content] of files) {
    await writeFileAtomically(`${out}/figures/${name}`, content);
  }
  await writeFileAtomically(
    `${out}/metrics.json`,
    json({ ...metrics, figures: [...files.keys()] }),
  );
  await writeFileAtomically(`${out}/ledger.json`, json(data.claims));
  await writeFileAtomically(`${out}/report.html`, await reportHtml(data, figures));
  // Figures of an earlier run with other explainers or targets.
  for (const name of older.filter((name) => !files.has(name))) {
    await Deno.remove(`${out}/figures/${name}`).catch(() => {});
  }
  return `${out}/report.html`;
}

/** The ledger as a table for a terminal. */
export function ledgerText(claims: readonly Claim[]): string {
  const rows = claims.map((claim) => [
    verdict(claim),
    claim.id,
    formatMeasured(claim.ours),
    `(paper: ${formatMeasured(claim.paper)})`,
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([word, id, ours, paper]) =>
    `${word!.padEnd(widths[0]!)}  ${id!.padEnd(widths[1]!)}  ${ours} ${paper}`
  ).join("\n");
}

/** What took how long, for a terminal. */
export function timingsText(timings: ReportData["timings"]): string {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  const all = [...timings, { step: "All", seconds: total }];
  const width = Math.max(...all.map(({ step }) => step.length));
  return all.map((timing) => {
    const note = "note" in timing && timing.note ? `  ${timing.note}` : "";
    return `${timing.step.padEnd(width)}  ${timing.seconds.toFixed(1).padStart(7)} s${note}`;
  }).join("\n");
}
