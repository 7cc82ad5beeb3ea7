import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { explainDocument } from "@heatword/eval/explanations";
import type { Explanation } from "@heatword/eval/render";
import { madeDocument, madeModel } from "./_made_model.ts";

/** Explains a text by the made model. */
export async function madeExplanations(
  text: string,
  { explainers = ["lrp"], targets = ["predicted"], words = 400, ledger = false } = {},
): Promise<Explanation[]> {
  return await explainDocument(madeModel(), madeDocument(text, words), {
    explainers: explainers.map((name) => ({ explainer: getExplainer(name), options: {} })),
    targets,
    ledger,
  });
}
