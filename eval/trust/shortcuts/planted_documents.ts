import { type Document, type Model, Random } from "@heatword/core";
import { predictedClass } from "../../classification/predicted_class.ts";
import { wordsDocument } from "./words_document.ts";
import { plant } from "./planting.ts";
import type { Shortcut } from "./planted_texts.ts";

/** A text with a shortcut that decides its class, for explainers to point at. */
export interface PlantedDocument {
  /** The kind of the shortcut. */
  readonly shortcut: Shortcut["kind"]["name"];
  /** The place of the text among those that were tried; the same for any model. */
  readonly candidate: number;
  /** The text. */
  readonly document: Document;
  /** The positions of the planted words. */
  readonly truth: readonly number[];
}

/** Texts with a shortcut, and how many of those tried do not follow it. */
export interface ChosenPlanted {
  /** The texts. */
  readonly documents: readonly PlantedDocument[];
  /** How many texts were not given the class of the shortcut. */
  readonly missed: number;
}

/**
 * Plants a shortcut into texts, one after the other, until so many are given its class.
 *
 * @param model A model that has learned the shortcut.
 * @param shortcut The shortcut.
 * @param texts The words of texts that the model was not trained on.
 * @param most How many are wanted.
 * @param limit The most words of a text.
 * @param random Draws places.
 * @returns The texts, and how many were tried in vain.
 */
export async function choosePlanted(
  model: Model,
  { kind, words, classes }: Shortcut,
  texts: readonly (readonly string[])[],
  most: number,
  limit: number,
  random: Random,
): Promise<ChosenPlanted> {
  const documents: PlantedDocument[] = [];
  let missed = 0;
  for (let candidate = 0; candidate < texts.length && documents.length < most; candidate++) {
    const side = candidate % 2 as 0 | 1;
    const places = random.fork(candidate);
    const found = plant(texts[candidate]!, kind.plants[side], words, places, limit);
    if (!found) continue;
    const document = wordsDocument(found.words);
    if (predictedClass(await model.scores(model.encode(document))) === classes[side]) {
      documents.push({ shortcut: kind.name, candidate, document, truth: found.truth });
    } else missed++;
  }
  return { documents, missed };
}
