import { getExplainer, type Model } from "@heatword/core";
import type { SharedModel } from "@heatword/core/models";
import { assertUnits, type Request } from "@heatword/eval/explanations";
import { splitTargets } from "../cli/target_list.ts";
import { chosenExplainers } from "@heatword/eval/explanations";
import { configure } from "./explainers.ts";
import { groupingOf } from "./grouping.ts";
import { loadModel } from "./model.ts";
import { loadPlugins } from "./plugins.ts";
import type { Settings } from "./settings.ts";

/** A model that is ready, with the explainers and targets that were asked for, all checked. */
export interface Workbench {
  /** The model. */
  readonly model: Model;
  /** What to explain, and how. */
  readonly request: Request;
  /** What people should know, a line each. */
  readonly notes: readonly string[];
}

/**
 * Gets everything ready that does not depend on the text.
 *
 * @param settings What to explain, and how.
 * @param shared The model of another thread, to be used instead of loading it.
 * @throws {Error} If an explainer, an option or a target is unknown, or there is no model.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 */
export async function openWorkbench(
  settings: Settings,
  shared?: SharedModel,
): Promise<Workbench> {
  const { plugins, options, ledger, unit } = settings;
  await loadPlugins(plugins);
  // What is misspelt is reported before a large model is loaded.
  if (settings.explainers) {
    const named = configure(settings.explainers.map(getExplainer), options);
    if (unit) assertUnits(named, unit);
  }
  const notes: string[] = [];
  const onNotice = (note: string) => notes.push(note);
  const model = await loadModel(settings, onNotice, shared);
  const chosen = chosenExplainers(
    settings.explainers,
    ["lrp"],
    model,
    onNotice,
    unit !== undefined,
  );
  const explainers = configure(chosen, options);
  if (unit) assertUnits(explainers, unit);
  const grouping = unit && await groupingOf(unit);
  const targets = splitTargets(settings.targets, model.classes);
  return { model, notes, request: { explainers, targets, ledger, ...(grouping && { grouping }) } };
}
