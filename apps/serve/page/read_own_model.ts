import type { Model, TokenizerResources } from "@heatword/core";
import { readLinear } from "@heatword/core/linear";
import { readWordCnn } from "@heatword/core/word-cnn";
import type { ModelFiles } from "./protocol.ts";

/** Whether model.json names the format of linear models. */
function isLinear(header: Uint8Array | undefined): boolean {
  try {
    return JSON.parse(new TextDecoder().decode(header)).format === "heatword-linear";
  } catch {
    // What is wrong with it, its reader says.
    return false;
  }
}

/** Reads a model of this project, a word-CNN or a linear one, from the files of its folder. */
export async function readOwnModel(
  files: ModelFiles,
  resources: TokenizerResources = {},
): Promise<Model> {
  const read = isLinear(files.get("model.json")) ? readLinear : readWordCnn;
  const { model } = await read((name) => {
    const content = files.get(name);
    if (content) return Promise.resolve(content);
    throw new SyntaxError(`Cannot read the model: the file "${name}" is missing`);
  }, resources);
  return model;
}
