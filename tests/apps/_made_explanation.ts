import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { explainDocument } from "../../eval/explanations/explanation.ts";
import type { Explanation } from "../../eval/render/mod.ts";
import { madeDocument, madeModel } from "./_made_model.ts";

/** Explains a text by the made model. */
export function madeExplanations(
  text: string,
  { explainers = ["lrp"], targets = ["predicted"], words = 400, ledger = false } = {},
): Explanation[] {
  return explainDocument(madeModel(), madeDocument(text, words), {
    explainers: explainers.map((name) => ({ explainer: getExplainer(name), options: {} })),
    targets,
    ledger,
  });
}
