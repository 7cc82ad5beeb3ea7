import { formatPercent } from "../../numbers/mod.ts";
import type { RepairReport } from "../report.ts";

/**
 * Which way to take, and why, in a line.
 *
 * @param report What a repair came to.
 * @returns The line; nothing where there is no choice.
 */
export function adviceText(
  { ways, advised }: Pick<RepairReport, "ways" | "advised">,
): string | undefined {
  if (ways.length < 2) return undefined;
  const { withoutLeak, mass } = ways.find(({ way }) => way === advised)!.figures;
  const says = [
    ...withoutLeak ? [`${formatPercent(withoutLeak.after.estimate)} right without the leak`] : [],
    ...mass ? [`${formatPercent(mass.after.estimate)} of the relevance on it`] : [],
    ...withoutLeak && withoutLeak.change.high < 0 ? ["less accurate than before"] : [],
  ];
  return `${advised}, with ${says.join(", ")}`;
}
