import type { Document, Model } from "@heatword/core";
import { fFidelityMeasure } from "../f_fidelity/f_fidelity_measure.ts";
import { MEASURES } from "../measures/registry.ts";
import { measureText, type TextFigures } from "../texts/measure_text.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";
import type { PlantedDocument } from "./planted_documents.ts";
import { plantsMeasure } from "./plants_measure.ts";

/** What was measured of a text with a shortcut. */
export interface PlantedFigures extends Pick<PlantedDocument, "shortcut" | "candidate"> {
  /** Where explanations put the shortcut, and the cheap measures of the same text. */
  readonly text: TextFigures;
}

/** The measures of a text with a shortcut: those that look at what the model does. */
function measuresOfPlanted({ measures }: TrustPlan): string[] {
  return MEASURES.filter(({ name, columns }) =>
    name === plantsMeasure.name ||
    columns.some(({ kind, aspect }) => kind === "behaviour" || aspect === "deletion") &&
      // The model with shortcuts has not seen texts with words missing.
      name !== fFidelityMeasure.name && (measures === undefined || measures.includes(name))
  ).map(({ name }) => name);
}

/**
 * Measures explanations of a text with a shortcut.
 *
 * @param model The model that has learned the shortcut.
 * @param planted The text.
 * @param document The same text.
 * @param index Its place among all; gives it randomness of its own.
 * @param plan Which explainers take part, and the seed.
 */
export async function measurePlanted(
  model: Model,
  { shortcut, candidate, truth }: Omit<PlantedDocument, "document">,
  document: Document,
  index: number,
  plan: TrustPlan,
): Promise<PlantedFigures> {
  const own = { ...plan, measures: measuresOfPlanted(plan) };
  return { shortcut, candidate, text: await measureText(model, document, index, own, { truth }) };
}
