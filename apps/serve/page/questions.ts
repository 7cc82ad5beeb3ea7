import type { ModelInfo, PageUnit, Question } from "./protocol.ts";
import { splitTarget } from "./state.ts";
import { unitChoices } from "./units.ts";

/** Why the predicted class, by an explainer. */
export const usualQuestion = (explainer: string): Question => {
  return { explainer, target: "predicted", options: {} };
};

/**
 * A question as a model can be asked it: by the same explainer where it can do with that, and for the
 * same class where it has it.
 *
 * @param question The question.
 * @param info What is known of the model.
 */
export function fittingQuestion(
  { explainer, target, options }: Question,
  { classes, explainers, usual }: Pick<ModelInfo, "classes" | "explainers" | "usual">,
): Question {
  const known = ["", "predicted", "runner-up", ...classes];
  const fits = splitTarget(target, classes).every((part) => known.includes(part));
  const can = explainers.some(({ name }) => name === explainer);
  return {
    ...(can ? { explainer, options } : { explainer: usual[0], options: {} }),
    target: fits ? target : "predicted",
  };
}

/**
 * What a model's words are grouped into, where a unit is chosen: the next larger that the page knows
 * for its words, or characters.
 *
 * @param unit What is chosen.
 * @param info What is known of the model.
 */
export function fittingUnit(
  unit: PageUnit,
  { readsCharacters }: Pick<ModelInfo, "readsCharacters">,
): PageUnit {
  if (unitChoices(readsCharacters).some(({ value }) => value === unit)) return unit;
  // Words are the smallest of those that read words, and phrases no more than a sentence of characters.
  return unit === "word" ? "token" : "sentence";
}
