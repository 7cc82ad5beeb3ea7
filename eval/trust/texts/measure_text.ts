import { type Document, getExplainer, type Model } from "@heatword/core";
import { meanOf } from "../../statistics/mean.ts";
import { agreement } from "../agreement/agreement.ts";
import { documentVectors } from "../neighbours/document_vectors.ts";
import { measuresOf } from "../measures/registry.ts";
import type { MeasuredText } from "./measured_text.ts";
import { type KnownOfText, openText } from "./open_text.ts";
import type { Row, RowFigures } from "./rows.ts";
import type { TrustPlan } from "./trust_plan.ts";

/** What was measured of one text. */
export interface TextFigures {
  /** Its name, where it has one. */
  readonly id?: string;
  /** How many words it has. */
  readonly words: number;
  /** The class that was explained: the predicted one. */
  readonly target: number;
  /** The class that it has, where that is known and one of the model's. */
  readonly label?: number;
  /** For each row the text as a vector, where that is measured; float32 in base64. */
  readonly vectors?: Readonly<Record<string, string>>;
  /** Whether its limits are exact, where there are any. */
  readonly hasExactLimits?: boolean;
  /** Rows whose AOPC lay outside of the limits that the beam found. */
  readonly beyondLimits: number;
  /** The figures of each explainer and control. */
  readonly rows: Readonly<Record<string, RowFigures>>;
  /** How far explainers agree, for each pair in the order of the plan: first with second, … */
  readonly agreements: readonly PairFigures[];
}

/** How far two explainers agree on a text. */
export interface PairFigures {
  /** Kendall's τ-b; undefined where the second is constant. */
  readonly tauB: number | undefined;
  /** The share of the ten largest words that both have. */
  readonly overlap: number | undefined;
  /** The share of the ten largest words that both have with the same sign, where both give signs. */
  readonly signOverlap: number | undefined;
  /** The share of words with the same sign, where both give signs. */
  readonly signs: number | undefined;
}

/** Every pair of the first rows, each with those after it. */
function pairsOf(rows: readonly Row[]): PairFigures[] {
  const isSigned = ({ name }: Row) => getExplainer(name).tags.signed;
  return rows.flatMap((a, i) =>
    rows.slice(i + 1).map((b) => {
      const { tauB, overlap, ...signs } = agreement(a.relevance, b.relevance);
      const unsigned = { signOverlap: undefined, signs: undefined };
      return { tauB, overlap, ...isSigned(a) && isSigned(b) ? signs : unsigned };
    })
  );
}

/** The means of the figures of several runs; undefined where one of them is. */
function meanFigures(runs: readonly RowFigures[]): RowFigures {
  return Object.fromEntries(
    Object.keys(runs[0]!).map((name) => {
      const values = runs.map((figures) => figures[name]).filter((value) => value !== undefined);
      return [name, values.length === runs.length ? meanOf(values) : undefined];
    }),
  );
}

/** How many rows have an AOPC outside of the limits that were found. */
async function countBeyond(text: MeasuredText): Promise<number> {
  const limits = await text.limits("score");
  if (!limits) return 0;
  // As far as float32 tells two sums apart.
  const slack = 1e-6 * Math.max(1, Math.abs(await text.full("score")));
  return (await text.curves()).filter(({ score: { comp } }) =>
    comp > limits.upper + slack || comp < limits.lower - slack
  ).length;
}

/**
 * Measures explanations of the predicted class of one text. The figures but for milliseconds depend
 * on nothing but the arguments.
 *
 * @param model The model.
 * @param document The text.
 * @param index Its place among all; gives it randomness of its own.
 * @param plan What to measure.
 * @param known What is known of the text besides.
 * @param signal Stops it.
 * @returns The figures of each explainer and control.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 * @throws {RangeError} If a score or a relevance is not finite.
 */
export async function measureText(
  model: Model,
  document: Document,
  index: number,
  plan: TrustPlan,
  known: KnownOfText = {},
  signal?: AbortSignal,
): Promise<TextFigures> {
  const measures = measuresOf(plan.measures);
  const names = measures.map(({ name }) => name);
  const hasLimits = names.includes("naopc");
  const hasGreedy = measures.some(({ columns }) =>
    columns.some(({ aspect }) => aspect === "deletion")
  );
  const about = { ...known, hasLimits, hasGreedy };
  const text = await openText(model, document, index, plan, about, signal);
  const columns: (readonly RowFigures[])[] = [];
  for (const { figures, reasonAgainst } of measures) {
    if (figures && reasonAgainst?.(model) === undefined) columns.push(await figures(text));
  }
  const runs = new Map<string, RowFigures[]>();
  text.rows.forEach(({ name }, r) => {
    const own = Object.assign({}, ...columns.map((figures) => figures[r]!)) as RowFigures;
    runs.set(name, [...runs.get(name) ?? [], own]);
  });
  const limits = hasLimits ? await text.limits("score") : undefined;
  const label = document.label === undefined ? -1 : model.classes.indexOf(document.label);
  const vectors = names.includes("epi") ? documentVectors(text) : undefined;
  const firstRuns = plan.explainers.map((name) => text.rows.find((row) => row.name === name)!);
  return {
    ...(document.id !== undefined && { id: document.id }),
    words: text.words,
    target: text.target,
    ...(label >= 0 && { label }),
    ...(vectors && { vectors }),
    ...(limits && { hasExactLimits: limits.isExact }),
    beyondLimits: hasLimits ? await countBeyond(text) : 0,
    rows: Object.fromEntries([...runs].map(([name, figures]) => [name, meanFigures(figures)])),
    agreements: names.includes("agreement") ? pairsOf(firstRuns) : [],
  };
}
