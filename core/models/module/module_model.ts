import { assertModel } from "../../define_model.ts";
import { importDefault } from "../../import_default.ts";
import type { Model } from "../../model.ts";
import { type ModelKind, modelKinds } from "../../model_kind.ts";
import { pluginsOf } from "../../plugins.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import { isFunctionModel, modelFromFunction } from "../text/function_model.ts";

/** What a default export that is not a model is, as far as that can be told. */
function kindInstead(exported: unknown): string | undefined {
  try {
    return pluginsOf(exported)[0]!.kind;
  } catch {
    return undefined;
  }
}

/**
 * Makes a model of the default export of a module.
 *
 * @param exported What `defineModel` or `modelFromFunction` made, or what the latter takes; or a promise
 * of that.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {TypeError} If it is none.
 */
export async function modelOfExport(
  exported: unknown,
  resources: TokenizerResources = {},
): Promise<Model> {
  const found = await exported;
  if (isFunctionModel(found)) return await modelFromFunction(found, resources);
  assertModel(found);
  return found;
}

/**
 * Opens a model that is written down in a module: its default export is what `defineModel` or
 * `modelFromFunction` made, or what the latter takes. The module runs with the program's permissions:
 * open only what you trust.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or its default export is not a model.
 */
export async function openModule(
  path: string,
  resources: TokenizerResources = {},
): Promise<Model> {
  const exported = await importDefault(path, "model");
  try {
    return await modelOfExport(exported, resources);
  } catch (error) {
    const kind = kindInstead(exported);
    const reason = kind === undefined
      ? (error as Error).message.replace(/^Cannot take the model: /, "")
      : `its default export is not a model but ${
        kind === "explainer" ? "an" : "a"
      } ${kind}: name it with --plugin`;
    throw new TypeError(`Cannot load model "${path}": ${reason}`, { cause: error });
  }
}

/** Models that are written down in a module. */
export const moduleKind: ModelKind = modelKinds.register({
  name: "module",
  description:
    "A .ts, .js or .mjs file whose default export is a model, or has classes and predict",
  async recognises(spec) {
    if (!/\.m?[jt]s$/.test(spec)) return false;
    // A folder may be called so, too.
    return !(await Deno.stat(spec).catch(() => undefined))?.isDirectory;
  },
  open: openModule,
});
