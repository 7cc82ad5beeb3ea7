import { formatNumber } from "../numbers/format_number.ts";
import { explainerLabel } from "../pca/panels.ts";
import { fixed, percent } from "../report/html_elements.ts";
import { FEWEST_JUDGED } from "../statistics/fewest_judged.ts";
import type { BeyondData, MeasuredModel, MeasuredTask } from "./beyond_data.ts";
import { compareExplainers, type Comparison } from "./compare.ts";

/** A table as texts. */
export interface TextTable {
  /** What it shows, in a sentence. */
  readonly caption: string;
  /** The names of its columns. */
  readonly columns: readonly string[];
  /** Its rows. */
  readonly rows: readonly (readonly string[])[];
}

const groups = ["correct", "wrong"] as const;

const titles = {
  correct: "classified correctly, most relevant words deleted first (a low area is good)",
  wrong: "classified wrongly, words that speak most against the class first (a high area is good)",
};

function accuracyTable({ name, train, classes, models }: MeasuredTask): TextTable {
  return {
    caption:
      `${name}, ${classes} classes, ${train.toLocaleString("en")} training documents: test ` +
      "accuracy, and how far the relevances of LRP are from summing to the score",
    columns: ["model", "accuracy", "standard error", "documents", "LRP mean", "LRP max"],
    rows: models.map(({ name, accuracy, standardError, documents, conservation }) => {
      const lrp = conservation.find(({ explainer }) => explainer === "lrp");
      return [
        name,
        percent(accuracy, 2),
        percent(standardError, 2),
        documents.toLocaleString("en"),
        lrp ? formatNumber(lrp.mean) : "–",
        lrp ? formatNumber(lrp.worst) : "–",
      ];
    }),
  };
}

/** A difference with its interval. */
const shownDifference = ({ difference, interval: [low, high] }: Comparison) =>
  `${fixed(difference)} [${fixed(low)}, ${fixed(high)}]`;

function verdictOf({ deletion }: MeasuredModel, index: number): string[] {
  const found = compareExplainers(deletion[index]!, "lrp", "sa");
  return found ? [shownDifference(found), found.better] : ["–", "–"];
}

/** LRP against each other explainer than SA, of which the tables before tell. */
function othersTable({ name, models }: MeasuredTask, explainers: readonly string[]): TextTable {
  const others = explainers.filter((one) => !["lrp", "sa", "random"].includes(one));
  const names = [...others, "random"];
  return {
    caption: `${name}: by how much LRP is better in area than each other explainer, with 95 % ` +
      "intervals (below 0 the other is better)",
    columns: ["model", "documents at first", ...names.map(explainerLabel)],
    rows: models.flatMap((model) =>
      groups.map((group, index) => [
        model.name,
        group,
        ...names.map((one) => {
          const found = compareExplainers(model.deletion[index]!, "lrp", one);
          return found ? shownDifference(found) : "–";
        }),
      ])
    ),
  };
}

function deletionTable(
  { name, models, minLength, deletions, runs }: MeasuredTask,
  explainers: readonly string[],
  group: typeof groups[number],
): TextTable {
  const index = groups.indexOf(group);
  const names = [...explainers.filter((one) => one !== "random"), "random"];
  return {
    caption: `${name}, documents of ${minLength} words or more that are ${titles[group]}: mean ` +
      `accuracy over 0 to ${deletions} deleted words, ${runs} random runs`,
    columns: ["model", "documents", ...names.map(explainerLabel), "LRP better by", "LRP above SA"],
    rows: models.map((model) => {
      const { documents, curves, random } = model.deletion[index]!;
      const area = (one: string) =>
        one === "random" ? random.area : curves.find(({ name }) => name === one)?.area ?? NaN;
      return [
        model.name,
        documents.toLocaleString("en"),
        ...names.map((one) => fixed(area(one))),
        ...verdictOf(model, index),
      ];
    }),
  };
}

/**
 * What was measured, as tables: of each task one of accuracies and sums, one of each experiment, and one
 * of LRP against the other explainers.
 *
 * @param data What was measured.
 */
export function beyondTables({ tasks, explainers }: BeyondData): TextTable[] {
  return tasks.flatMap((task) => [
    accuracyTable(task),
    ...groups.map((group) => deletionTable(task, explainers, group)),
    othersTable(task, explainers),
  ]);
}

const list = new Intl.ListFormat("en");

/**
 * The answer to whether LRP beats SA there too, in sentences.
 *
 * @param data What was measured.
 */
export function beyondAnswer({ tasks }: BeyondData): string {
  const found = tasks.flatMap((task) =>
    task.models.flatMap((model) =>
      groups.flatMap((group, index) => {
        const better = compareExplainers(model.deletion[index]!, "lrp", "sa")?.better;
        return better ? [{ better, name: `${model.name} (${task.name}, ${group})` }] : [];
      })
    )
  );
  if (found.length === 0) return "LRP and SA were not both measured.";
  const of = (better: string) => found.filter((one) => one.better === better);
  const names = (better: string) => list.format(of(better).map(({ name }) => name));
  return `LRP is above SA in ${of("yes").length} of ${found.length} experiments` +
    (of("no").length > 0 ? `; SA is above LRP in ${of("no").length}: ${names("no")}` : "") +
    (of("open").length > 0
      ? `; ${
        of("open").length
      } are open, the interval holds 0 or there are fewer than ${FEWEST_JUDGED} documents: ${
        names("open")
      }`
      : "") +
    ".";
}

/**
 * The tables for a terminal.
 *
 * @param data What was measured.
 */
export function beyondText(data: BeyondData): string {
  const shown = beyondTables(data).map(({ caption, columns, rows }) => {
    const all = [columns, ...rows];
    const widths = columns.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
    const lines = all.map((row) =>
      row.map((cell, c) => c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)).join("  ")
    );
    return [caption, ...lines].join("\n");
  });
  return [...shown, beyondAnswer(data)].join("\n\n");
}
