import { assertExplainer, type Explainer, registerExplainer } from "@heatword/core";

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0]!.replace(/^Cannot take/, "cannot take");
}

/**
 * Reads an explainer from a file without registering it: the default export of a module.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @returns The explainer.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or its default export is not an explainer.
 */
export async function readPlugin(path: string | URL): Promise<Explainer> {
  // Loaded here, so that programs in a browser, which take no plugin, can have the other explainers.
  const { isAbsolute, resolve } = await import("node:path");
  const { fileURLToPath, pathToFileURL } = await import("node:url");
  const given = String(path);
  const file = given.startsWith("file:") ? fileURLToPath(given) : given;
  const whole = isAbsolute(file) ? file : resolve(Deno.cwd(), file);
  const refuse = (why: string) => new TypeError(`Cannot load plugin "${given}": ${why}`);
  try {
    if (!(await Deno.stat(whole)).isFile) throw refuse("it is not a file");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot find plugin "${given}": there is no such file`);
  }
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(whole).href);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  if (module.default === undefined) {
    throw refuse('it has no default export; write "export default" before its explainer');
  }
  try {
    assertExplainer(module.default);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  return module.default;
}

/**
 * Loads an explainer from a file outside the project and registers it, so that everything that
 * takes explainers knows it by its name. The file is a module that runs with the program's
 * permissions: load only what you trust.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @returns The explainer.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, its default export is not an explainer, or its name
 * is taken.
 */
export async function loadPlugin(path: string | URL): Promise<Explainer> {
  const explainer = await readPlugin(path);
  try {
    return registerExplainer(explainer);
  } catch (error) {
    throw new TypeError(`Cannot load plugin "${path}": the name "${explainer.name}" is taken`, {
      cause: error,
    });
  }
}
