import { readFile } from "../files.ts";
import type { Model } from "../model.ts";
import { loadWordCnn } from "./word_cnn/format/load.ts";
import { loadTfjsModel } from "./tfjs/load.ts";

/**
 * Tells the format of the model in a folder.
 *
 * @param folder The folder.
 * @returns The `format` that its model.json names, `layers-model` for TensorFlow.js; nothing where
 * it names none.
 */
export async function modelFormat(folder: string): Promise<string | undefined> {
  try {
    const { format } = JSON.parse(
      new TextDecoder().decode(await readFile(`${folder}/model.json`)),
    );
    return typeof format === "string" ? format : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Loads the model in a folder, be it one that `saveWordCnn` wrote or a TensorFlow.js LayersModel.
 *
 * @param folder The folder.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function openModel(folder: string): Promise<Model> {
  const place = folder.replace(/(?<=.)\/+$/, "");
  if (await modelFormat(place) === "layers-model") return await loadTfjsModel(place);
  return (await loadWordCnn(place)).model;
}
