import { type Document, getExplainer, type Model } from "@heatword/core";
import type { SharedWordCnn } from "@heatword/core/word-cnn";
import { configure } from "./explainers.ts";
import type { Request } from "@heatword/eval/explanations";
import { loadModel } from "./model.ts";
import type { Settings } from "./settings.ts";
import { splitTargets } from "../cli/target_list.ts";
import type { Source } from "./source.ts";

/** A model that is ready, with the explainers and targets that were asked for, all checked. */
export interface Workbench {
  /** The model. */
  readonly model: Model;
  /** What to explain, and how. */
  readonly request: Request;
  /** Turns a text into words as the model was trained on them. */
  toDocument(source: Source): Document;
}

/** Registers the explainers, those of plugins too. */
export async function loadExplainers(plugins: readonly string[]): Promise<void> {
  const { loadPlugin } = await import("@heatword/explainers");
  for (const plugin of plugins) await loadPlugin(plugin);
}

/**
 * Gets everything ready that does not depend on the text.
 *
 * @param settings What to explain, and how.
 * @param shared The model of another thread, to be used instead of loading it.
 * @throws {Error} If an explainer, an option or a target is unknown, or there is no model.
 */
export async function openWorkbench(
  settings: Settings,
  shared?: SharedWordCnn,
): Promise<Workbench> {
  await loadExplainers(settings.plugins);
  const explainers = configure(settings.explainers.map(getExplainer), settings.options);
  const { model, toDocument } = await loadModel(settings, shared);
  const targets = splitTargets(settings.targets, model.classes);
  return {
    model,
    toDocument,
    request: { explainers, targets, ledger: settings.ledger },
  };
}
