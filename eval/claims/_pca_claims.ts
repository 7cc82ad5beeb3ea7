import type { PanelResult } from "../pca/evaluate_panels.ts";
import { type Claim, unchecked } from "./claim.ts";

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

/** A claim about the silhouettes of some panels; not checked where one of them is missing. */
function order(
  panels: ReadonlyMap<string, number>,
  ids: readonly string[],
  id: string,
  claim: string,
  paper: string,
  holds: (values: number[]) => boolean,
): Claim {
  const values = ids.map((panel) => panels.get(panel));
  if (values.length === 0 || values.some((value) => value === undefined)) {
    return unchecked(id, claim, paper, `needs the panels ${ids.join(", ")}`);
  }
  return {
    id,
    claim,
    paper,
    ours: Object.fromEntries(ids.map((panel, i) => [panel, values[i]!])),
    pass: holds(values as number[]),
  };
}

/** The claims about Fig. 3, by the silhouette of the top-level categories in the plane. */
export function pcaClaims(results: readonly PanelResult[]): Claim[] {
  const panels = new Map(
    results.filter(({ plane }) => Number.isFinite(plane.mean))
      .map(({ panel, plane }) => [panel.id, plane.mean]),
  );
  const byClass = new Map(
    results.flatMap(({ panel, classes }) => classes ? [[panel.id, classes.mean]] : []),
  );
  const sum = panels.get("sum");
  const ids = [...new Set([...Object.keys(findings), ...results.map(({ panel }) => panel.id)])];
  const figures = ids.filter((panel) => panel !== "tf-idf").map((panel): Claim => {
    const id = `pca.silhouette.${panel}`;
    const label = results.find((result) => result.panel.id === panel)?.panel.label ?? panel;
    const paper = findings[panel] ?? null;
    const claim = panel === "sum"
      ? "SUM: silhouette of the categories in the plane, the lowest of all panels"
      : `${label}: silhouette of the categories in the plane, higher than that of SUM`;
    const value = panels.get(panel);
    if (value === undefined) {
      return unchecked(id, claim, paper, "no such panel, or fewer than two categories");
    }
    if (sum === undefined) return { id, claim, paper, ours: value, pass: null };
    const others = [...panels].filter(([name]) => !baselines.includes(name))
      .map(([, other]) => other);
    const pass = panel === "sum" ? others.every((other) => other > sum) : value > sum;
    return { id, claim, paper, ours: value, pass };
  });
  const others = ids.filter((panel) => panel in findings && panel !== "sum");
  return [
    ...figures,
    order(
      panels,
      ["sum", ...others],
      "pca.order.all-above-sum",
      "All five relevance panels separate the categories better than SUM",
      "all beat SUM",
      ([base, ...values]) => values.every((value) => value > base!),
    ),
    order(
      panels,
      ["lrp-ew", "lrp", "sa-ew", "sa", "sa-l2", "sum"],
      "pca.order.lrp-ew-best",
      "Element-wise LRP separates the categories best of all panels",
      "LRP e.w.: clear-cut clusters",
      ([best, ...values]) => values.every((value) => value < best!),
    ),
    order(
      byClass,
      ["lrp-ew", "lrp", "sa-ew", "sa", "sa-l2", "sum"],
      "pca.classes.lrp-ew-best",
      "Element-wise LRP separates the single classes best of all panels (silhouette of the classes)",
      "LRP e.w.: clear-cut clusters",
      ([best, ...values]) => values.every((value) => value < best!),
    ),
    order(
      panels,
      ["sa-ew", "sa"],
      "pca.order.sa-ew-above-sa",
      "Element-wise SA separates the categories better than SA by word",
      "slightly better",
      ([elementwise, words]) => elementwise! > words!,
    ),
    order(
      panels,
      ["lrp", "sa", "sum"],
      "pca.order.lrp-like-sa",
      "By word, LRP and SA look alike: their silhouettes are closer to each other than either is " +
        "to that of SUM",
      "look alike",
      ([lrp, sa, base]) =>
        Math.abs(lrp! - sa!) < Math.min(Math.abs(lrp! - base!), Math.abs(sa! - base!)),
    ),
    order(
      panels,
      ["sa", "sa-l2", "sum"],
      "pca.order.sa-l2-between",
      "SA (l2) lies between SUM and SA",
      "clusters partly overlap",
      ([sa, l2, base]) => l2! < sa! && l2! > base!,
    ),
    ...(panels.has("tf-idf")
      ? [order(
        panels,
        ["tf-idf", "sum", "sa-l2"],
        "pca.order.tf-idf-like-sum",
        "TF-IDF looks like SUM: its silhouette is closer to that of SUM than to that of SA (l2), the " +
          "weakest of the relevance panels",
        "looked the same",
        ([tfIdf, sum, l2]) => Math.abs(tfIdf! - sum!) < Math.abs(tfIdf! - l2!),
      )]
      : []),
  ];
}
