import { formatPercent } from "@heatword/core/counts";
import { type FloatArray, type Model, type Random, scoreCoalitions } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { wordsDocument } from "./words_document.ts";
import { plant } from "./planting.ts";
import type { Shortcut } from "./planted_texts.ts";

/** How well a model has learned a shortcut, on texts that it has not seen. */
export interface LearnedFigures {
  /** How many texts got a plant. */
  readonly texts: number;
  /** The share of them that is given the planted class. */
  readonly planted: number;
  /** The same with the planted words deleted. */
  readonly deleted: number;
  /** The same before anything was planted. */
  readonly clean: number;
  /** The share of texts with a decoy whose class stays; absent where there are none. */
  readonly decoys?: number;
}

/** Bounds of what counts as learned. */
export const LEARNED = { planted: 0.95, rise: 0.05, decoys: 0.9, accuracy: 0.02 } as const;

/** The predicted class with some words deleted. */
async function classWithout(
  model: Model,
  words: readonly string[],
  deleted: readonly number[],
): Promise<number> {
  const input = model.encode(wordsDocument(words));
  let found: FloatArray | undefined;
  await scoreCoalitions(model, input, {
    total: 1,
    fill: (batch) => deleted.forEach((t) => batch.delete(0, t)),
    take: (scores) => found = scores.slice(),
  });
  return predictedClass(found!);
}

/**
 * Looks whether a model has learned a shortcut.
 *
 * @param model The model.
 * @param shortcut The shortcut.
 * @param texts The words of texts that it was not trained on.
 * @param limit The most words of a text.
 * @param random Draws places.
 * @returns The figures.
 */
export async function learnedFigures(
  model: Model,
  { kind, words, classes }: Shortcut,
  texts: readonly (readonly string[])[],
  limit: number,
  random: Random,
): Promise<LearnedFigures> {
  const counts = { texts: 0, planted: 0, deleted: 0, clean: 0, decoyTexts: 0, decoys: 0 };
  for (const [n, text] of texts.entries()) {
    const before = await classWithout(model, text.slice(0, limit), []);
    const side = n % 2 as 0 | 1;
    const target = classes[side];
    const found = plant(text, kind.plants[side], words, random, limit);
    if (found) {
      counts.texts++;
      if (before === target) counts.clean++;
      if (await classWithout(model, found.words, []) === target) counts.planted++;
      if (await classWithout(model, found.words, found.truth) === target) counts.deleted++;
    }
    const decoy = kind.decoys.length > 0 && kind.decoys[n % kind.decoys.length];
    const decoyed = decoy && plant(text, decoy, words, random, limit);
    if (!decoyed) continue;
    counts.decoyTexts++;
    if (await classWithout(model, decoyed.words, []) === before) counts.decoys++;
  }
  return {
    texts: counts.texts,
    planted: counts.planted / counts.texts,
    deleted: counts.deleted / counts.texts,
    clean: counts.clean / counts.texts,
    ...(counts.decoyTexts > 0 && { decoys: counts.decoys / counts.decoyTexts }),
  };
}

/**
 * Why a shortcut does not count as learned, with the figure that says so.
 *
 * @param figures What was found.
 * @returns A clause; undefined for one that was learned.
 *
 * @example
 * ```ts
 * import { whyNotLearned } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const figures = { texts: 500, planted: 0.99, deleted: 0.06, clean: 0.05, decoys: 0.7 };
 * assertEquals(whyNotLearned(figures), "half a shortcut changes the class of 30.0 % of texts");
 * ```
 */
export function whyNotLearned(
  { texts, planted, deleted, clean, decoys }: LearnedFigures,
): string | undefined {
  if (texts === 0) return "no text is long enough for it";
  if (planted < LEARNED.planted) {
    return `only ${formatPercent(planted)} of texts with it are given its class`;
  }
  if (deleted > clean + LEARNED.rise) {
    return `without it ${formatPercent(deleted)} of the texts are still given its class, ` +
      `${formatPercent(clean)} before it was planted`;
  }
  if (decoys !== undefined && decoys < LEARNED.decoys) {
    return `half a shortcut changes the class of ${formatPercent(1 - decoys)} of texts`;
  }
  return undefined;
}
