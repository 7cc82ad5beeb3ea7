/**
 * Plugins from files: explainers, tokenizers and kinds of models.
 *
 * @module
 */
import { importDefault } from "./import_default.ts";
import {
  type Plugin,
  type PluginKind,
  pluginsOf,
  type PluginTypes,
  registerPlugins,
} from "./plugins.ts";

async function read(path: string | URL): Promise<{ refuse(why: unknown): Error; found: unknown }> {
  const refuse = (why: unknown) =>
    new TypeError(
      `Cannot load plugin "${path}": ${why instanceof Error ? why.message : why}`,
      why instanceof Error ? { cause: why } : {},
    );
  const found = await importDefault(path, "plugin");
  return { refuse, found };
}

/**
 * Reads plugins from a file without registering them: the default export of a module, a plugin or an
 * array of several.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @returns The plugins with their kinds.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or its default export is not a plugin.
 */
export async function readPlugins(path: string | URL): Promise<Plugin[]> {
  const { refuse, found } = await read(path);
  try {
    return pluginsOf(found);
  } catch (error) {
    throw refuse(error);
  }
}

/**
 * Reads the plugins of one kind from a file, as {@linkcode readPlugins} does.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @param kind Which kind.
 * @returns The plugins of that kind, at least one.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or its default export holds no such plugin.
 */
export async function readPluginsOf<K extends PluginKind>(
  path: string | URL,
  kind: K,
): Promise<PluginTypes[K][]> {
  const plugins = await readPlugins(path);
  const wanted = plugins.filter((one) => one.kind === kind);
  if (wanted.length > 0) return wanted.map(({ plugin }) => plugin as PluginTypes[K]);
  const held = [...new Set(plugins.map((one) => one.kind))].join(" and ");
  throw new TypeError(`Cannot load plugin "${path}": it holds no ${kind}, but: ${held}`);
}

/**
 * Loads plugins from a file outside the project and registers them, so that every program knows them
 * by their names. The file is a module that runs with the program's permissions: load only what you
 * trust.
 *
 * @param path The file, relative to the working directory, or a `file:` URL. Its default export is a
 * plugin of any kind, or an array of several.
 * @returns The plugins with their kinds.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, its default export is not a plugin, or a name is taken.
 */
export async function loadPlugin(path: string | URL): Promise<Plugin[]> {
  const { refuse, found } = await read(path);
  try {
    return registerPlugins(found);
  } catch (error) {
    throw refuse(error);
  }
}
