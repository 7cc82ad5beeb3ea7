import type { LedgerEntry } from "@heatword/core";
import { formatNumber } from "../numbers/format_number.ts";

/** The entries of a ledger in their order, each with how deep it lies in networks side by side. */
function ledgerRows(
  ledger: readonly LedgerEntry[],
  depth = 0,
): { readonly entry: LedgerEntry; readonly depth: number }[] {
  return ledger.flatMap((entry) => [
    { entry, depth },
    ...(entry.branches ?? []).flatMap((branch) => ledgerRows(branch, depth + 1)),
  ]);
}

/** A ledger as a table of text. */
export interface LedgerTable {
  /** What the columns hold; the first two are names, the others numbers. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A ledger as a table; what is kept has a column where there is any.
 *
 * @param ledger The entries.
 * @param indent What stands before the name of a layer, once for each level.
 */
export function ledgerTable(ledger: readonly LedgerEntry[], indent: string): LedgerTable {
  const entries = ledgerRows(ledger);
  const withKept = entries.some(({ entry }) => entry.kept !== undefined);
  return {
    head: [
      ...["layer", "rule", "received", "passed", "by biases", "by stabiliser"],
      ...(withKept ? ["kept"] : []),
    ],
    rows: entries.map(({ entry, depth }) => [
      indent.repeat(depth) + entry.layer,
      entry.rule,
      ...[
        entry.received,
        entry.passed,
        entry.bias,
        entry.stabilizer,
        ...(withKept ? [entry.kept ?? 0] : []),
      ].map(formatNumber),
    ]),
  };
}
