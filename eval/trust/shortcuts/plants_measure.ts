import type { Column } from "../measures/column.ts";
import type { Measure } from "../measures/measure.ts";
import { ranksOfTruth } from "./ranks_of_truth.ts";
import { SHORTCUT_KINDS, type ShortcutKind } from "./shortcut_kinds.ts";

const SOURCE = "Bastings et al. 2022";

/** The columns of a kind: what a figure of a planted text is called, and its column. */
function columnsOf({ name, title, about }: ShortcutKind): [string, Column][] {
  const shared = { aspect: "shortcuts", better: "lower", source: SOURCE } as const;
  return [
    ["precision", {
      name,
      title,
      about: `in texts with ${about}, the share of these words among as many of most relevance`,
      better: "higher",
      source: SOURCE,
      kind: "truth",
    }],
    ["coverRank", {
      ...shared,
      name: `${name}CoverRank`,
      title: `${title}: cover rank`,
      about: `in texts with ${about}, how many words one reads, the most relevant first, until ` +
        "these have been seen",
    }],
    ["meanRank", {
      ...shared,
      name: `${name}MeanRank`,
      title: `${title}: mean rank`,
      about: `in texts with ${about}, the mean rank of these words`,
    }],
  ];
}

/** For each kind of shortcut the columns that the figures of its texts fill. */
export const SHORTCUT_COLUMNS: ReadonlyMap<string, readonly [figure: string, column: Column][]> =
  new Map(SHORTCUT_KINDS.map((kind) => [kind.name, columnsOf(kind)]));

/** How far explanations point to words that a model was made to decide by; on texts of their own. */
export const plantsMeasure: Measure = {
  name: "plants",
  about: "pointing to words that a model was trained to decide by",
  needs: "a word-CNN or a linear model of the project, and texts to train on",
  columns: SHORTCUT_KINDS.flatMap((kind) => columnsOf(kind).map(([, column]) => column)),
  figures: ({ rows, truth }) =>
    Promise.resolve(
      rows.map(({ relevance }) => truth ? { ...ranksOfTruth(relevance, truth) } : {}),
    ),
};
