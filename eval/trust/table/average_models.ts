import { meanOf } from "../../statistics/mean.ts";
import type { HybridFigures } from "../hybrids/measure_hybrid.ts";
import type { AllFigures } from "../run/measure_all.ts";
import type { PlantedFigures } from "../shortcuts/measure_planted.ts";
import type { PairFigures, TextFigures } from "../texts/measure_text.ts";
import type { RowFigures } from "../texts/rows.ts";

type Figures = Readonly<Record<string, number | undefined>>;

/** Leaves what is defined in all. */
function commonFigures<F extends object>(all: readonly F[]): F[] {
  const names = Object.keys(all[0]!) as (keyof F)[];
  const shared = names.filter((name) => all.every((figures) => figures[name] !== undefined));
  return all.map((figures) =>
    Object.fromEntries(names.map((name) => [
      name,
      shared.includes(name) ? figures[name] : undefined,
    ])) as F
  );
}

function alignText(all: readonly TextFigures[]): TextFigures[] {
  const names = Object.keys(all[0]!.rows).filter((name) => all.every(({ rows }) => rows[name]));
  const rows = names.map((name) => commonFigures(all.map((text) => text.rows[name]!)));
  const pairs = all[0]!.agreements.map((_, p) =>
    commonFigures<PairFigures>(all.map(({ agreements }) => agreements[p]!))
  );
  return all.map((text, m) => ({
    ...text,
    rows: Object.fromEntries(names.map((name, r) => [name, rows[r]![m]!])),
    agreements: pairs.map((pair) => pair[m]!),
  }));
}

const keyOf = ({ shortcut, candidate }: PlantedFigures) => `${shortcut} ${candidate}`;

/**
 * Texts with shortcuts that take part for each of the models that have learned the shortcut; a model
 * that has none of a shortcut's texts has not learned it, and takes no part there.
 */
function alignPlanted(models: readonly AllFigures[]): PlantedFigures[][] {
  const found = models.map(({ planted }) => new Map(planted.map((one) => [keyOf(one), one])));
  const kinds = new Set(models.flatMap(({ planted }) => planted.map(({ shortcut }) => shortcut)));
  const aligned: PlantedFigures[][] = models.map(() => []);
  for (const kind of kinds) {
    const learned = [...models.keys()].filter((m) =>
      models[m]!.planted.some(({ shortcut }) => shortcut === kind)
    );
    for (const one of models[learned[0]!]!.planted.filter(({ shortcut }) => shortcut === kind)) {
      const all = learned.map((m) => found[m]!.get(keyOf(one)));
      if (all.some((other) => other === undefined)) continue;
      const texts = alignText(all.map((other) => other!.text));
      learned.forEach((m, i) => aligned[m]!.push({ ...one, text: texts[i]! }));
    }
  }
  return aligned;
}

/**
 * Leaves of what was measured with several models what was measured with all of them, so that each
 * has the same texts: hybrid texts that all played, texts with a shortcut that all follow that have
 * learned it, figures that are defined in all.
 *
 * @param models What was measured with each model, of the same texts.
 */
export function alignModels(models: readonly AllFigures[]): AllFigures[] {
  const texts = models[0]!.texts.map((_, i) => alignText(models.map(({ texts }) => texts[i]!)));
  const hybrids = models[0]!.hybrids.map((_, i): HybridFigures[] => {
    const all = models.map(({ hybrids }) => hybrids[i]!);
    const odd = all.find(({ status }) => status !== "played");
    return odd ? all.map(() => odd) : all;
  });
  const planted = alignPlanted(models);
  return models.map((_, m) => ({
    texts: texts.map((text) => text[m]!),
    hybrids: hybrids.map((hybrid) => hybrid[m]!),
    planted: planted[m]!,
  }));
}

function meanFigures<F extends Figures>(all: readonly F[]): F {
  return Object.fromEntries(
    Object.keys(all[0]!).map((name) => {
      const values = all.map((figures) => figures[name]);
      return [name, values.includes(undefined) ? undefined : meanOf(values as number[])];
    }),
  ) as F;
}

function meanText(all: readonly TextFigures[]): TextFigures {
  const rows = Object.keys(all[0]!.rows).map((name): [string, RowFigures] => [
    name,
    meanFigures(all.map((text) => text.rows[name]!)),
  ]);
  return {
    ...all[0]!,
    beyondLimits: Math.max(...all.map(({ beyondLimits }) => beyondLimits)),
    rows: Object.fromEntries(rows),
    agreements: all[0]!.agreements.map((_, p) =>
      meanFigures(all.map(({ agreements }) => ({ ...agreements[p]! })))
    ),
  };
}

/** Texts with shortcuts, each the mean over the models that have learned the shortcut. */
function meanPlanted(aligned: readonly AllFigures[]): PlantedFigures[] {
  const groups = Map.groupBy(aligned.flatMap(({ planted }) => planted), keyOf);
  return [...groups.values()].map((all) => {
    return { ...all[0]!, text: meanText(all.map(({ text }) => text)) };
  });
}

/**
 * The means over models of what was measured with each.
 *
 * @param aligned What was measured with each model; see {@linkcode alignModels}.
 */
export function averageModels(aligned: readonly AllFigures[]): AllFigures {
  const [first] = aligned;
  if (aligned.length === 1) return first!;
  return {
    texts: first!.texts.map((_, i) => meanText(aligned.map(({ texts }) => texts[i]!))),
    hybrids: first!.hybrids.map((hybrid, i) => {
      const hits = aligned.map(({ hybrids }) => hybrids[i]!.hits);
      return hybrid.status === "played" ? { ...hybrid, hits: meanFigures(hits) } : hybrid;
    }),
    planted: meanPlanted(aligned),
  };
}
