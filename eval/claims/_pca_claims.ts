import type { PanelResult } from "../pca/evaluate_panels.ts";
import { PairedBootstrap } from "../statistics/paired_bootstrap.ts";
import { type Claim, unchecked } from "./claim.ts";
import { compare } from "./_comparison.ts";

const findings: Readonly<Record<string, string>> = {
  "lrp-ew": "clear-cut clusters",
  "lrp": "clusters, like SA",
  "sa-ew": "slightly better separated than SA",
  "sa": "clusters, like LRP",
  "sa-l2": "partly overlapping dense clusters",
  "sum": "worst of all",
};

/** The panels that are not weighted by relevance. */
const baselines = ["sum", "tf-idf"];

/** A number that is above 0 where a claim holds, from the silhouettes of some panels. */
type MarginOf = (silhouettes: number[]) => number;

/** Judges a claim about the silhouettes of some panels; it is not checked where one is missing. */
type Judge = (
  ids: readonly string[],
  id: string,
  claim: string,
  paper: string | null,
  margins: readonly MarginOf[],
) => Claim;

/** The silhouettes of panels over the same documents, compared document by document. */
function judgeOf(
  panels: ReadonlyMap<string, { readonly mean: number; readonly influence: Float64Array }>,
  seed: number,
): Judge {
  const names = [...panels.keys()];
  const all = [...panels.values()];
  const bootstrap = new PairedBootstrap(all.map(({ influence }) => influence), { seed });
  return (ids, id, claim, paper, margins) => {
    const columns = ids.map((panel) => names.indexOf(panel));
    if (ids.length < 2 || columns.includes(-1)) {
      return unchecked(id, claim, paper, `needs the panels ${ids.join(", ")}`);
    }
    const judged = margins.map((margin) => {
      const { low, high } = bootstrap.interval((means) => margin(columns.map((c) => means[c]!)));
      const interval = [low, high] as const;
      return { difference: margin(columns.map((c) => all[c]!.mean)), interval };
    });
    const { figures, pass } = compare(judged, bootstrap.units);
    const silhouettes = ids.map((panel, i) => [panel, all[columns[i]!]!.mean] as const);
    return { id, claim, paper, ours: { ...Object.fromEntries(silhouettes), ...figures }, pass };
  };
}

/** For claims that the first panel lies above (or below) all others. */
const aboveOthers = (count: number): MarginOf[] =>
  Array.from({ length: count - 1 }, (_, i) => (values) => values[0]! - values[i + 1]!);
const belowOthers = (count: number): MarginOf[] =>
  Array.from({ length: count - 1 }, (_, i) => (values) => values[i + 1]! - values[0]!);

/** How much closer a silhouette is to one than to another. */
const closer = (own: number, one: number, other: number) =>
  Math.abs(own - other) - Math.abs(own - one);

/** The claims about Fig. 3, by the silhouette of the top-level categories in the plane. */
export function pcaClaims(results: readonly PanelResult[], seed: number): Claim[] {
  const separated = results.filter(({ plane }) => Number.isFinite(plane.mean));
  const panels = new Map(separated.map(({ panel, plane, influence }) => [
    panel.id,
    { mean: plane.mean, influence: influence.plane },
  ]));
  const order = judgeOf(panels, seed);
  const classOrder = judgeOf(
    new Map(
      results.flatMap(({ panel, classes, influence }) =>
        classes && influence.classes && Number.isFinite(classes.mean)
          ? [[panel.id, { mean: classes.mean, influence: influence.classes }]]
          : []
      ),
    ),
    seed,
  );
  const ids = [...new Set([...Object.keys(findings), ...results.map(({ panel }) => panel.id)])];
  const relevance = [...panels.keys()].filter((name) => !baselines.includes(name));
  const figures = ids.filter((panel) => panel !== "tf-idf").map((panel): Claim => {
    const id = `pca.silhouette.${panel}`;
    const label = results.find((result) => result.panel.id === panel)?.panel.label ?? panel;
    const paper = findings[panel] ?? null;
    const claim = panel === "sum"
      ? "SUM: silhouette of the categories in the plane, the lowest of all panels"
      : `${label}: silhouette of the categories in the plane, higher than that of SUM`;
    const own = panels.get(panel);
    if (own === undefined) {
      return unchecked(id, claim, paper, "no such panel, or fewer than two categories");
    }
    if (!panels.has("sum")) return { id, claim, paper, ours: own.mean, pass: null };
    if (panel !== "sum") return order([panel, "sum"], id, claim, paper, aboveOthers(2));
    return order(["sum", ...relevance], id, claim, paper, belowOthers(relevance.length + 1));
  });
  const others = ids.filter((panel) => panel in findings && panel !== "sum");
  const paperPanels = ["lrp-ew", "lrp", "sa-ew", "sa", "sa-l2", "sum"];
  return [
    ...figures,
    order(
      ["sum", ...others],
      "pca.order.all-above-sum",
      "All five relevance panels separate the categories better than SUM",
      "all beat SUM",
      belowOthers(others.length + 1),
    ),
    order(
      paperPanels,
      "pca.order.lrp-ew-best",
      "Element-wise LRP separates the categories best of all panels",
      "LRP e.w.: clear-cut clusters",
      aboveOthers(paperPanels.length),
    ),
    classOrder(
      paperPanels,
      "pca.classes.lrp-ew-best",
      "Element-wise LRP separates the single classes best of all panels (silhouette of the classes)",
      "LRP e.w.: clear-cut clusters",
      aboveOthers(paperPanels.length),
    ),
    order(
      ["sa-ew", "sa"],
      "pca.order.sa-ew-above-sa",
      "Element-wise SA separates the categories better than SA by word",
      "slightly better",
      aboveOthers(2),
    ),
    order(
      ["lrp", "sa", "sum"],
      "pca.order.lrp-like-sa",
      "By word, LRP and SA look alike: their silhouettes are closer to each other than either is " +
        "to that of SUM",
      "look alike",
      [
        ([lrp, sa, sum]) => closer(lrp!, sa!, sum!),
        ([lrp, sa, sum]) => closer(sa!, lrp!, sum!),
      ],
    ),
    order(
      ["sa", "sa-l2", "sum"],
      "pca.order.sa-l2-between",
      "SA (l2) lies between SUM and SA",
      "clusters partly overlap",
      [([sa, l2]) => sa! - l2!, ([, l2, sum]) => l2! - sum!],
    ),
    ...(panels.has("tf-idf")
      ? [order(
        ["tf-idf", "sum", "sa-l2"],
        "pca.order.tf-idf-like-sum",
        "TF-IDF looks like SUM: its silhouette is closer to that of SUM than to that of SA (l2), the " +
          "weakest of the relevance panels",
        "looked the same",
        [([tfIdf, sum, l2]) => closer(tfIdf!, sum!, l2!)],
      )]
      : []),
  ];
}
