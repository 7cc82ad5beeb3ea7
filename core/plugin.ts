import { type OptionSpecs, readOptions } from "./options.ts";

/** Names a plugin that may have no name. */
const shown = (name: unknown) => typeof name === "string" ? `"${name}"` : "without a name";

/**
 * Checks what all kinds of plugins have: that it is an object with a name and a description.
 *
 * @param kind What it should be, e.g. `explainer`.
 * @param candidate The plugin.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertPluginName(kind: string, candidate: unknown): void {
  const plugin = candidate as { readonly name?: unknown; readonly description?: unknown };
  const refuse = (what: string) =>
    new TypeError(`Cannot take ${kind} ${shown(plugin?.name)}: ${what}`);
  if (typeof plugin !== "object" || plugin === null) throw refuse("it is not an object");
  if (typeof plugin.name !== "string") throw refuse('"name" must be a string');
  if (!/^[a-z][a-z0-9-]*$/.test(plugin.name)) throw refuse('"name" takes a-z, 0-9 and hyphens');
  if (typeof plugin.description !== "string") throw refuse('"description" must be a string');
}

/**
 * Checks the options of a plugin: that their defaults are allowed.
 *
 * @param kind What it is, e.g. `explainer`.
 * @param plugin The plugin.
 * @throws {TypeError} If there are no options, or a default is not allowed.
 */
export function assertOptionSpecs(
  kind: string,
  { name, options }: { readonly name: string; readonly options: OptionSpecs },
): void {
  const refuse = (what: string) => new TypeError(`Cannot take ${kind} "${name}": ${what}`);
  if (typeof options !== "object" || options === null) throw refuse('"options" must be an object');
  try {
    readOptions(
      options,
      Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
    );
  } catch (error) {
    throw refuse(`a default is not allowed: ${(error as Error).message}`);
  }
}
