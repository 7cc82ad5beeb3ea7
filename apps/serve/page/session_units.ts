import {
  type Document,
  type Explainer,
  type Input,
  type Model,
  type OptionValues,
  type Relevance,
  type Target,
  type Unit,
} from "@heatword/core";
import { unitsOf } from "@heatword/datasets/units";
import {
  assertUnits,
  explainUnits,
  groupDocument,
  type Grouped,
} from "@heatword/eval/explanations";
import type { Grouping } from "@heatword/eval/explanations";
import type { PageUnit, Words } from "./protocol.ts";
import { wordsOfCharacters } from "./units.ts";

/** Whether a model reads characters, not words. */
export function readsCharacters(model: Model): boolean {
  return model.read("abc").tokens.length === 3;
}

/** How words, or characters, are grouped. */
export function groupingOf(unit: Exclude<PageUnit, "token">, characters: boolean): Grouping {
  const split = unit === "word" && characters
    ? wordsOfCharacters
    : (document: Document): readonly Unit[] => unitsOf(document, unit);
  return { name: unit, split };
}

/** A document in groups, without some of its words. */
export function groupedWithout(
  model: Model,
  document: Document,
  grouping: Grouping,
  deleted: readonly number[],
): Grouped {
  const grouped = groupDocument(model, document, grouping);
  if (deleted.length === 0) return grouped;
  const gone = new Set(deleted);
  const { units } = grouped.units;
  const isGone = ({ from, to }: Unit) => {
    for (let t = from; t < to; t++) if (!gone.has(t)) return false;
    return true;
  };
  const whole = units.flatMap((unit, u) => isGone(unit) ? [u] : []);
  const size = whole.reduce((sum, u) => sum + units[u]!.to - units[u]!.from, 0);
  // A model's own input of units knows no words: parts of units go from that of the words alone.
  const { own, ...rest } = grouped.units;
  const kept = size === gone.size && own ? { own: model.withoutWords(own, whole) } : {};
  const input: Input = model.withoutWords(grouped.input, deleted);
  return { ...grouped, input, units: { ...rest, ...kept, whole: input, absent: whole } };
}

/** Explains groups; see {@linkcode explainUnits}. */
export async function explainGroups(
  grouped: Grouped,
  explainer: Explainer,
  targets: readonly Target[],
  options: OptionValues,
  name: string,
): Promise<readonly Relevance[]> {
  assertUnits([{ explainer, options }], name);
  return await explainUnits(grouped, explainer, targets, options);
}

/** The groups in place of the words. */
export function wordsOfGroups(words: Words, { tokens }: Document, units: readonly Unit[]): Words {
  return {
    ...words,
    starts: Int32Array.from(units, ({ start }) => start),
    ends: Int32Array.from(units, ({ end }) => end),
    unknown: new Uint8Array(units.length),
    members: units.map(({ from, to }) => tokens.slice(from, to).map(({ start }) => start)),
  };
}
