import { holm } from "../../statistics/holm.ts";
import { meanOf } from "../../statistics/mean.ts";
import { signFlipTest } from "../../statistics/sign_flip.ts";
import type { VerdictFigures } from "../verdict/verdict.ts";
import { definedNumbers, differences, type Numbers } from "./column_numbers.ts";
import { estimateOf, type EstimateOptions } from "./estimates.ts";
import { highOverModels, pOverModels } from "./over_models.ts";

/**
 * What the rule of verdicts asks of one column: how far each row is above chance and below the best
 * row. Pairs are texts where both rows are defined; with five models or more the p-values are those
 * over models where these are larger.
 *
 * @param numbers The column, by row.
 * @param explainers The rows that compete.
 * @param options The seed of resamples and flips.
 * @param models The column of each of several models.
 * @returns The figures of each row that has any.
 */
export function verdictFigures(
  numbers: Numbers,
  explainers: readonly string[],
  options: EstimateOptions,
  models: readonly Numbers[],
): ReadonlyMap<string, VerdictFigures> {
  const rows = explainers.flatMap((name) => {
    const values = numbers.get(name);
    return values ? [{ name, values, mean: meanOf(definedNumbers(values)) }] : [];
  });
  const chance = numbers.get("random order");
  const best = rows.toSorted((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1))[0];
  const figures = new Map<string, VerdictFigures>();
  if (!best) return figures;
  // Models that have not learned a shortcut have no numbers in its column.
  const eachModel = (one: string, other: string) =>
    models.flatMap((ofModel) => {
      const [values, others] = [ofModel.get(one), ofModel.get(other)];
      return values && others ? [differences(values, others)] : [];
    });
  const test = (one: string, other: string) =>
    pOverModels(
      signFlipTest(differences(numbers.get(one)!, numbers.get(other)!), options),
      eachModel(one, other),
    );
  const pRandom = holm(rows.map(({ name }) => chance ? test(name, "random order") : 1));
  const others = rows.filter((row) => row !== best);
  const pBest = holm(others.map(({ name }) => test(best.name, name)));
  rows.forEach(({ name, values, mean }, i) => {
    const gap = estimateOf(differences(best.values, values), "mean", options);
    const gaps = eachModel(best.name, name);
    figures.set(name, {
      documents: definedNumbers(values).length,
      estimate: mean,
      gainOverRandom: chance ? mean - meanOf(definedNumbers(chance)) : 0,
      pRandom: pRandom[i]!,
      pBest: name === best.name ? 1 : pBest[others.findIndex((row) => row.name === name)]!,
      gapHigh: Math.max(gap.high ?? Infinity, highOverModels(gaps)),
    });
  });
  return figures;
}
