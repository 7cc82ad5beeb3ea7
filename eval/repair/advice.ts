import type { Figures } from "./figures.ts";
import type { WayReport } from "./report.ts";

/** Accuracies, and shares of relevance, that differ by no more are as good as equal. */
const MARGIN = 0.01;

const accuracyOf = ({ withoutLeak }: Figures) => withoutLeak?.after.estimate ?? 0;
/** Where no text that is measured has the leak, nothing stands on it. */
const massOf = ({ mass }: Figures) => mass?.after.estimate ?? 0;

/**
 * Which way to take by its figures: of the ways whose accuracy without the leak is within a standard
 * error of the best, or within a point, those that leave the least relevance on the leak, or at most a
 * point more; of these the first.
 *
 * @param ways The ways, and what they came to, the one that is preferred first.
 * @returns One of them.
 * @throws {RangeError} If there are none.
 */
export function advisedWay<W extends Pick<WayReport, "way" | "figures">>(ways: readonly W[]): W {
  if (ways.length === 0) throw new RangeError("Cannot advise one of no ways");
  const best = Math.max(...ways.map(({ figures }) => accuracyOf(figures)));
  const texts = ways[0]!.figures.withoutLeak?.texts ?? 1;
  const margin = Math.max(MARGIN, Math.sqrt(best * (1 - best) / texts));
  const accurate = ways.filter(({ figures }) => accuracyOf(figures) >= best - margin);
  const least = Math.min(...accurate.map(({ figures }) => massOf(figures)));
  return accurate.find(({ figures }) => massOf(figures) <= least + MARGIN)!;
}
