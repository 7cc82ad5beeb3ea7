import type { Model } from "../model.ts";
import { loadWordCnn } from "./word_cnn/format/load.ts";
import { isGraphModel, loadTfjsModel } from "./tfjs/load.ts";

/**
 * Tells the format of the model in a folder.
 *
 * @param folder The folder.
 * @returns The `format` that its model.json names, `layers-model` or `graph-model` for TensorFlow.js;
 * where it names none, what its topology is that of; nothing where it is no model.
 */
export async function modelFormat(folder: string): Promise<string | undefined> {
  try {
    const json = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
    if (typeof json.format === "string") return json.format;
    return isGraphModel(json) ? "graph-model" : json.modelTopology ? "layers-model" : undefined;
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
  const format = await modelFormat(place);
  if (format === "layers-model" || format === "graph-model") return await loadTfjsModel(place);
  return (await loadWordCnn(place)).model;
}
