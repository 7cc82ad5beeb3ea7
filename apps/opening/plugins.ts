import { loadPlugin } from "@heatword/core/plugin";

/**
 * Registers all that the programs know by name: the explainers and tokenizers that come with the
 * project, and the plugins.
 *
 * @param plugins Files of plugins, of any kinds.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it holds no plugin, or a name is taken.
 */
export async function loadPlugins(plugins: readonly string[]): Promise<void> {
  // First what may not be given another meaning.
  await import("@heatword/explainers");
  await import("@heatword/datasets/tokenizers");
  await import("@heatword/core/models");
  for (const plugin of plugins) await loadPlugin(plugin);
}

/**
 * Loads plugins where a program makes sure that it overwrites nothing: before without the models, and
 * once more after with them, as only a plugin may know a model of its kind, and its files.
 *
 * @param plugins Files of plugins.
 * @param check Throws where something would be overwritten; is told whether models can be found yet.
 */
export async function loadPluginsApart(
  plugins: readonly string[],
  check: (withModels: boolean) => Promise<void>,
): Promise<void> {
  await check(plugins.length === 0);
  await loadPlugins(plugins);
  if (plugins.length > 0) await check(true);
}
