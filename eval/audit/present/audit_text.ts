import { formatPercent } from "@heatword/core/counts";
import { visible } from "../../render/mod.ts";
import type { Audit } from "../audit.ts";
import { leftOutTexts, notSeenTexts } from "./left_out.ts";

/** How many findings a terminal shows. */
const SHOWN = 10;

/**
 * The strongest findings for a terminal, a line each.
 *
 * @param audit What was found.
 */
export function auditText(audit: Audit): string {
  const { findings, documents, threshold, clusters, left } = audit;
  const rows = findings.slice(0, SHOWN).map((finding) => [
    finding.alarm ? "alarm" : "",
    finding.suspicion.total.toFixed(1),
    `${finding.kind} ${visible(finding.what)}`,
    visible(finding.class),
    `${formatPercent(finding.mass)} of relevance`,
    `${finding.documents} texts`,
    `${finding.flips} flip without it`,
    `${finding.inserted.count} of ${finding.inserted.of} turn with it`,
  ]);
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]!.length));
  const lines = rows.map((row) =>
    row.map((cell, c) => c === 1 ? cell.padStart(width(c)) : cell.padEnd(width(c))).join("  ")
      .trimEnd()
  );
  const alarms = findings.filter(({ alarm }) => alarm).length;
  const odd = clusters.filter(({ odd }) => odd).length;
  return [
    ...lines,
    `${documents} texts; ${alarms} of ${findings.length} findings above ${threshold}; ` +
    `${odd} of ${clusters.length} clusters odd`,
    ...[...notSeenTexts(audit), ...leftOutTexts(left)].map(visible),
  ].join("\n");
}
