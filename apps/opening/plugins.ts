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
