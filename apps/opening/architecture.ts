import type { Model } from "@heatword/core";
import {
  charCnnKind,
  kindOfModel,
  linearKind,
  recurrentKind,
  wordCnnKind,
} from "@heatword/core/models";
import type { RecurrentClassifier } from "@heatword/core/recurrent";

/**
 * The architecture of a model that `train` made, as its `--architecture` calls it.
 *
 * @param path What was given as the model.
 * @param model The model that stands there.
 * @returns Nothing for other models; `bigru` for what only the library trains.
 */
export async function architectureOf(path: string, model: Model): Promise<string | undefined> {
  const kind = await kindOfModel(path);
  if (kind === recurrentKind) {
    // What this kind opens is known.
    const { shape: { cell, bidirectional } } = model as RecurrentClassifier;
    return `${bidirectional ? "bi" : ""}${cell}`;
  }
  return [wordCnnKind, charCnnKind, linearKind].find((one) => one === kind)?.name;
}
