import type { Model, TokenizerResources } from "@heatword/core";
import { readWordCnn } from "@heatword/core/word-cnn";
import type { ModelFiles } from "./protocol.ts";

/** Reads a word-CNN from the files of its folder. */
export async function readWordCnnFiles(
  files: ModelFiles,
  resources: TokenizerResources = {},
): Promise<Model> {
  const { model } = await readWordCnn((name) => {
    const content = files.get(name);
    if (content) return Promise.resolve(content);
    throw new SyntaxError(`Cannot read the model: the file "${name}" is missing`);
  }, resources);
  return model;
}
