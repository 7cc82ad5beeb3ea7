import type { Column } from "../measures/column.ts";
import type { AllFigures } from "../run/measure_all.ts";
import { SHORTCUT_COLUMNS } from "../shortcuts/plants_measure.ts";
import type { RowFigures } from "../texts/rows.ts";

/** One number a text; undefined where it is not defined for that text. */
export type PerText = readonly (number | undefined)[];

/** A column's numbers for each row, over the same texts. */
export type Numbers = ReadonlyMap<string, PerText>;

/** The numbers that are defined. */
export const definedNumbers = (values: PerText): number[] =>
  values.filter((value) => value !== undefined);

/** The numbers of two rows on the texts where both are defined. */
export function pairsOf(one: PerText, other: PerText): readonly [one: number, other: number][] {
  return one.flatMap((value, i) => {
    const beside = other[i];
    return value === undefined || beside === undefined ? [] : [[value, beside]];
  });
}

/** By how much one row is above another, on the texts where both are defined. */
export const differences = (one: PerText, other: PerText): number[] =>
  pairsOf(one, other).map(([value, beside]) => value - beside);

/** The texts that a column is measured on, and what its figure is called there. */
function sourceOf(
  { name }: Column,
  { texts, hybrids, planted }: AllFigures,
): { figure: string; rows: readonly Readonly<Record<string, RowFigures>>[] } {
  if (name === "pointing") {
    const played = hybrids.filter(({ status }) => status === "played");
    const rows = played.map(({ hits }) =>
      Object.fromEntries(Object.entries(hits).map(([row, pointing]) => [row, { pointing }]))
    );
    return { figure: name, rows };
  }
  for (const [shortcut, columns] of SHORTCUT_COLUMNS) {
    const found = columns.find(([, column]) => column.name === name);
    if (!found) continue;
    const ofKind = planted.filter((one) => one.shortcut === shortcut);
    return { figure: found[0], rows: ofKind.map(({ text }) => text.rows) };
  }
  return { figure: name, rows: texts.map((text) => text.rows) };
}

/**
 * The numbers of a column, for rows that have any.
 *
 * @param column The column.
 * @param figures What was measured.
 * @param names The rows.
 */
export function columnNumbers(
  column: Column,
  figures: AllFigures,
  names: readonly string[],
): Numbers {
  const { figure, rows } = sourceOf(column, figures);
  return new Map(names.flatMap((name) => {
    const values = rows.map((row) => row[name]?.[figure]);
    return values.every((value) => value === undefined) ? [] : [[name, values] as const];
  }));
}
