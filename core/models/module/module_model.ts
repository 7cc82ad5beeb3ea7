import { assertModel } from "../../define_model.ts";
import { importDefault } from "../../import_default.ts";
import type { Model } from "../../model.ts";
import { type ModelKind, modelKinds } from "../../model_kind.ts";
import { pluginsOf } from "../../plugins.ts";

/** What a default export that is not a model is, as far as that can be told. */
function kindInstead(exported: unknown): string | undefined {
  try {
    return pluginsOf(exported)[0]!.kind;
  } catch {
    return undefined;
  }
}

/**
 * Opens a model that is written down in a module: its default export is what `defineModel` made. The
 * module runs with the program's permissions: open only what you trust.
 *
 * @param path The file, relative to the working directory, or a `file:` URL.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {TypeError} If it is not a module, or its default export is not a model.
 */
export async function openModule(path: string): Promise<Model> {
  const exported = await importDefault(path, "model");
  try {
    assertModel(exported);
    return exported;
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
  description: "A .ts, .js or .mjs file whose default export is a model made by defineModel",
  async recognises(spec) {
    if (!/\.m?[jt]s$/.test(spec)) return false;
    // A folder may be called so, too.
    return !(await Deno.stat(spec).catch(() => undefined))?.isDirectory;
  },
  open: openModule,
});
