import { placeInLoaded, rememberLoaded } from "./loaded_files.ts";

function whatFailed(error: unknown): string {
  const firstLine = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
  const place = placeInLoaded(error);
  return place === undefined ? firstLine : `${firstLine} (${place})`;
}

/**
 * Imports a module and gives its default export.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @param what What it should be, for messages, e.g. `plugin`.
 * @returns The default export.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or has no default export.
 */
export async function importDefault(path: string | URL, what: string): Promise<unknown> {
  // Here and not above, so that a page can be made of what imports this file.
  const [{ isAbsolute, resolve }, { fileURLToPath, pathToFileURL }] = await Promise.all([
    import("node:path"),
    import("node:url"),
  ]);
  const given = String(path);
  const file = given.startsWith("file:") ? fileURLToPath(given) : given;
  const whole = isAbsolute(file) ? file : resolve(Deno.cwd(), file);
  const refuse = (why: string) => new TypeError(`Cannot load ${what} "${given}": ${why}`);
  try {
    if (!(await Deno.stat(whole)).isFile) throw refuse("it is not a file");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot find ${what} "${given}": there is no such file`);
  }
  const { href } = pathToFileURL(whole);
  rememberLoaded(href, given);
  let module: { default?: unknown };
  try {
    module = await import(href);
  } catch (error) {
    throw refuse(whatFailed(error));
  }
  if (module.default === undefined) {
    throw refuse(`it has no default export; write "export default" before the ${what}`);
  }
  return module.default;
}
