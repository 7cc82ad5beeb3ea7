import { kindOfModel, tfjsKind, wordCnnKind } from "@heatword/core/models";
import { saveTfjsModel } from "@heatword/core/tfjs";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { keepApart } from "./cli/keep_apart.ts";
import { modelPath, type ModelSettings } from "./opening/model.ts";

/**
 * Exports a word-CNN as a TensorFlow.js LayersModel.
 *
 * @param settings Which model.
 * @param out The folder to write.
 * @throws {TypeError} If the model is of another kind.
 */
export async function exportModel(settings: ModelSettings, out: string): Promise<void> {
  const path = await modelPath(settings);
  const kind = await kindOfModel(path);
  if (kind === tfjsKind) {
    throw new TypeError(`Cannot export "${path}": it is a TensorFlow.js model already`);
  }
  if (kind !== undefined && kind !== wordCnnKind) {
    throw new TypeError(
      `Cannot export "${path}": only word-CNNs of "deno task train" can be, not a model of the ` +
        `kind "${kind.name}"`,
    );
  }
  await keepApart([{ path: out, what: "the export" }], [{ path, what: "the model" }]);
  const { model } = await loadWordCnn(path);
  await saveTfjsModel(out, model);
}
