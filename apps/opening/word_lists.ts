import { listExplainers } from "@heatword/core";
import type { WordLists } from "../cli/completions.ts";
import { defined } from "../cli/flag.ts";
import { needsOfData, needsOfFiles, needsOfModel, requirePermissions } from "../cli/permissions.ts";
import { loadModel } from "./model.ts";
import { loadPlugins } from "./plugins.ts";

/** What the words depend on. */
interface Named {
  /** What was given as the model, when one was named. */
  readonly model?: string | undefined;
  /** The data folder, when one was named. */
  readonly data?: string | undefined;
  /** Files of plugins. */
  readonly plugin?: readonly string[];
}

/** The classes of the model; none when there is no model yet. */
async function classes({ model, data }: Named): Promise<readonly string[]> {
  try {
    return (await loadModel(defined({ model, data }), () => {})).classes;
  } catch {
    return [];
  }
}

/**
 * The words that completions offer: the explainers that there are now.
 *
 * @param named Plugins, which may have more.
 */
export async function explainerNames({ plugin = [] }: Named): Promise<WordLists> {
  requirePermissions(needsOfFiles("read", { "Option --plugin": plugin }));
  await loadPlugins(plugin);
  return { explainers: listExplainers().map(({ name }) => name) };
}

/**
 * The words that completions offer: the explainers, and what can be explained, that there are now.
 *
 * @param named The model, and plugins.
 */
export async function explainersAndTargets(named: Named): Promise<WordLists> {
  requirePermissions([...needsOfModel(named.model), ...needsOfData(named.data)]);
  // A plugin may open the model.
  const explainers = await explainerNames(named);
  return {
    ...explainers,
    targets: [...await classes(named), "predicted", "runner-up", "all"],
  };
}
