import { stringify } from "@std/csv";
import type { Audit } from "../audit.ts";

const columns = [
  "rank",
  "kind",
  "what",
  "class",
  "suspicion",
  "alarm",
  "mass",
  "low",
  "high",
  "documents",
  "of_class",
  "flips",
  "deleted",
  "turned",
  "inserted",
  "phrase",
] as const;

/**
 * The findings as CSV, a row for each.
 *
 * @param audit What was found.
 */
export function auditCsv({ findings }: Audit): string {
  return stringify(
    findings.map((finding) => ({
      ...finding,
      suspicion: finding.suspicion.total,
      of_class: finding.ofClass,
      deleted: finding.deleted.of,
      turned: finding.inserted.count,
      inserted: finding.inserted.of,
    })),
    { columns },
  );
}
