import type { BadRow } from "../tables/mod.ts";

/** How many bad rows, or unknown names, are reported one by one. */
export const MAX_REPORTED_ROWS = 10;

/**
 * Reports the rows of a table that cannot be used: the first few one by one, the others by number.
 *
 * @param bad The rows.
 * @param onNotice Called with each line.
 */
export function reportBadRows(bad: readonly BadRow[], onNotice: (line: string) => void): void {
  for (const { place, problem } of bad.slice(0, MAX_REPORTED_ROWS)) {
    onNotice(`left out ${place}: ${problem}`);
  }
  if (bad.length > MAX_REPORTED_ROWS) onNotice(`left out ${bad.length - MAX_REPORTED_ROWS} more`);
}
