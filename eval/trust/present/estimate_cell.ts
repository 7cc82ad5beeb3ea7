import { formatNumber } from "../../numbers/format_number.ts";
import { fixed, fragment, type Html } from "../../report/html_elements.ts";
import type { Estimate } from "../table/estimates.ts";

/** A few digits; numbers that differ in the third are shown to differ. */
function short(value: number): string {
  return Math.abs(value) >= 0.0005 || value === 0 ? fixed(value) : formatNumber(value);
}

/** An estimate with its interval below it, as a cell of a table. */
export function estimateCell(estimate: Estimate | null | undefined): Html | string {
  if (!estimate) return "–";
  const { value, low, high } = estimate;
  if (low === null || high === null) return short(value);
  return fragment`${short(value)}<br><small>${short(low)} … ${short(high)}</small>`;
}
