import { FEWEST_JUDGED } from "../../statistics/fewest_judged.ts";

/** A column that verdicts are drawn from. */
export interface VerdictColumn {
  /** Its name. */
  readonly name: string;
  /** Whether it knows what decided, or looks at what the model does. */
  readonly kind: "truth" | "behaviour";
  /** The row that is its yardstick and so no competitor. */
  readonly control?: string;
}

/** The version of the columns and of the rule; named beside every verdict. */
export const VERDICT_VERSION = 1;

/** The columns, in their order. None is added or dropped after the numbers are seen. */
export const VERDICT_COLUMNS: readonly VerdictColumn[] = [
  { name: "shapley", kind: "truth", control: "shapley" },
  { name: "token", kind: "truth" },
  { name: "tokenInContext", kind: "truth" },
  { name: "orderedPair", kind: "truth" },
  { name: "pointing", kind: "truth" },
  { name: "naopcComp", kind: "behaviour" },
  { name: "naopcSuff", kind: "behaviour" },
  { name: "fFidelity", kind: "behaviour" },
  { name: "infidelity", kind: "behaviour" },
];

/** What was measured of one explainer in one column. */
export interface VerdictFigures {
  /** On how many documents. */
  readonly documents: number;
  /** The estimate; higher is better. */
  readonly estimate: number;
  /** How much above the random row. */
  readonly gainOverRandom: number;
  /** The p-value of that gain, adjusted. */
  readonly pRandom: number;
  /** The p-value of the gap to the best row, adjusted. */
  readonly pBest: number;
  /** The upper end of the interval of that gap. */
  readonly gapHigh: number;
}

/** A row that is judged; controls are not. */
export interface VerdictRow {
  /** The explainer. */
  readonly name: string;
  /** What was measured, by column. */
  readonly columns: Readonly<Record<string, VerdictFigures>>;
  /** The upper end of the entropy's rise under shuffled weights, where that was measured. */
  readonly emprtHigh?: number | null;
}

/** Bounds of the rule. */
export interface VerdictOptions {
  /** A gap below this counts for nothing. @default {0.05} */
  readonly margin?: number;
  /** p-values below this are significant. @default {0.05} */
  readonly level?: number;
  /** A column of fewer documents counts as not measured. @default {FEWEST_JUDGED} */
  readonly few?: number;
  /** The columns. @default {VERDICT_COLUMNS} */
  readonly columns?: readonly VerdictColumn[];
}

/** The answer: may this explainer be trusted for this model? */
export type Answer = "yes" | "yes, but" | "with care" | "open" | "no" | "unjudged";

/** A verdict and what decided it. */
export interface Verdict {
  /** The explainer. */
  readonly name: string;
  /** The answer. */
  readonly verdict: Answer;
  /** The column that decided. */
  readonly column?: string;
  /** The row that it lost against. */
  readonly against?: string;
}

/** How one row stands in one measured column. */
interface Standing {
  readonly column: VerdictColumn;
  readonly state: "level" | "lost" | "open";
  readonly gap: number;
  readonly best: string;
  readonly isAboveRandom: boolean;
}

/**
 * The verdict on each explainer, by a rule that was fixed before any number was seen. The first that
 * holds: without a truth, `unjudged`; a truth no better than random, `no`; not dependent on the
 * weights, `no`; behind the best in a truth, `with care`; perhaps behind, `open`; behind in a
 * behaviour, `yes, but`; else `yes`. Of several gaps the largest is named.
 *
 * @param rows What was measured of each explainer, controls left out.
 * @param options Bounds of the rule.
 * @returns One verdict a row.
 *
 * @example
 * ```ts
 * import { verdicts } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const figures = { documents: 100, gainOverRandom: 0.5, pRandom: 0.001 };
 * const found = verdicts([
 *   { name: "lrp", columns: { pointing: { ...figures, estimate: 0.9, pBest: 1, gapHigh: 0 } } },
 *   { name: "sa", columns: { pointing: { ...figures, estimate: 0.7, pBest: 0.001, gapHigh: 0.3 } } },
 * ]);
 * assertEquals(found.map(({ verdict }) => verdict), ["yes", "with care"]);
 * ```
 */
export function verdicts(
  rows: readonly VerdictRow[],
  { margin = 0.05, level = 0.05, few = FEWEST_JUDGED, columns = VERDICT_COLUMNS }: VerdictOptions =
    {},
): Verdict[] {
  const measured = (row: VerdictRow, { name }: VerdictColumn) => {
    const figures = row.columns[name];
    return figures !== undefined && figures.documents >= few ? figures : undefined;
  };
  const bestOf = (column: VerdictColumn) =>
    rows.filter((row) => row.name !== column.control && measured(row, column) !== undefined)
      .toSorted((a, b) =>
        measured(b, column)!.estimate - measured(a, column)!.estimate || (a.name < b.name ? -1 : 1)
      )[0];
  const standingOf = (row: VerdictRow, column: VerdictColumn): Standing[] => {
    const figures = measured(row, column);
    const best = bestOf(column);
    if (figures === undefined || best === undefined || row.name === column.control) return [];
    const gap = measured(best, column)!.estimate - figures.estimate;
    const isLevel = best === row || figures.gapHigh < margin;
    const isLost = gap >= margin && figures.pBest < level;
    return [{
      column,
      gap,
      best: best.name,
      state: isLevel ? "level" : isLost ? "lost" : "open",
      isAboveRandom: figures.gainOverRandom > 0 && figures.pRandom < level,
    }];
  };
  return rows.map((row) => {
    const standings = columns.flatMap((column) => standingOf(row, column));
    return { name: row.name, ...judge(standings, row.emprtHigh ?? undefined) };
  });
}

function judge(standings: readonly Standing[], emprtHigh?: number): Omit<Verdict, "name"> {
  const truths = standings.filter(({ column }) => column.kind === "truth");
  if (truths.length === 0) return { verdict: "unjudged" };
  const chance = truths.find(({ isAboveRandom }) => !isAboveRandom);
  if (chance) return { verdict: "no", column: chance.column.name, against: "random" };
  if (emprtHigh !== undefined && emprtHigh < 0) return { verdict: "no", column: "emprt" };
  const worst = (kind: VerdictColumn["kind"], state: Standing["state"]) =>
    standings.filter((standing) => standing.column.kind === kind && standing.state === state)
      .reduce<Standing | undefined>((a, b) => a === undefined || b.gap > a.gap ? b : a, undefined);
  const named = (verdict: Answer, { column, best }: Standing) => {
    return { verdict, column: column.name, against: best };
  };
  const lost = worst("truth", "lost");
  if (lost) return named("with care", lost);
  const open = worst("truth", "open");
  if (open) return named("open", open);
  const behind = worst("behaviour", "lost");
  return behind ? named("yes, but", behind) : { verdict: "yes" };
}
