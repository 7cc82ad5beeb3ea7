import { type Document, getExplainer, type Model } from "@heatword/core";
import { explainDocument } from "@heatword/eval/explanations";
import type { Explanation } from "@heatword/eval/render";
import type { Wanted } from "./protocol.ts";
import { groupingOf } from "./session_units.ts";

/**
 * The explanations that a file is made of.
 *
 * @param model The model.
 * @param document The text as it reads it.
 * @param wanted What is asked, and what the file tells of the text.
 * @param deleted The positions of the deleted words.
 * @param characters Whether the model reads characters, not words.
 */
export async function explanationsOf(
  model: Model,
  document: Document,
  { questions, id, label, model: name, unit = "token" }: Wanted,
  deleted: readonly number[],
  characters: boolean,
): Promise<Explanation[]> {
  const named = {
    ...document,
    ...(id !== undefined && { id }),
    ...(label !== undefined && { label }),
  };
  const explanations: Explanation[] = [];
  for (const { explainer, options, target } of questions) {
    explanations.push(
      ...await explainDocument(model, named, {
        explainers: [{ explainer: getExplainer(explainer), options }],
        targets: [target],
        deleted,
        ...(unit !== "token" && { grouping: groupingOf(unit, characters) }),
      }),
    );
  }
  return name === undefined ? explanations : explanations.map((one) => ({ model: name, ...one }));
}
