import type { LedgerEntry } from "@heatword/core";

/** The entries of a ledger in their order, each with how deep it lies in networks side by side. */
export function ledgerRows(
  ledger: readonly LedgerEntry[],
  depth = 0,
): { readonly entry: LedgerEntry; readonly depth: number }[] {
  return ledger.flatMap((entry) => [
    { entry, depth },
    ...(entry.branches ?? []).flatMap((branch) => ledgerRows(branch, depth + 1)),
  ]);
}
