import { formatPercent } from "@heatword/core/counts";
import type { Document, OnProgress } from "@heatword/core";
import { defaultHyperparameters, type WordCnn } from "@heatword/core/word-cnn";
import { findCache } from "@heatword/datasets/folders";
import { predictedClass } from "@heatword/eval/classification";
import {
  fFidelityMeasure,
  measuresOf,
  NEEDED_WORD_DROPOUT,
  type NotMeasured,
} from "@heatword/eval/trust";
import { modelKey } from "../training/model_key.ts";
import type { MeasuredModel, TrainingSource } from "./_models.ts";
import { hyperparametersOf, retrained } from "../training/retrained.ts";
import type { Settings } from "./_settings.ts";

/** Passes over the training texts; few, so that the copy stays near to the model. */
const EPOCHS = 3;
/** The part of the model's learning rate that is left at the end of a training. */
const RATE = 0.1;
/** Below this agreement the copy is another model, and explanations of one say nothing of the other. */
const LEAST_AGREEMENT = 0.95;

/** What F-Fidelity asks for scores. */
export interface Tuned {
  /** A copy that has seen texts with words missing; nothing where the model itself has. */
  readonly copy?: WordCnn;
  /** What tells it from other copies. */
  readonly key?: string;
  /** What is worth telling of it. */
  readonly note?: string;
  /** Why there is none. */
  readonly missing?: NotMeasured;
}

/** How often two models agree, and how often each is right. */
function compare(model: WordCnn, copy: WordCnn, documents: readonly Document[]) {
  const found = documents.map((document) => {
    const [own, other] = [model, copy].map((one) =>
      one.classes[predictedClass(one.scores(one.encode(document)))]
    );
    return [own === other, own === document.label, other === document.label].map(Number);
  });
  return [0, 1, 2].map((look) =>
    found.reduce((sum, looks) => sum + looks[look]!, 0) / found.length
  ) as [agreement: number, accuracy: number, ofCopy: number];
}

/**
 * Finds what F-Fidelity asks for scores: the model, where it was trained with words missing, else a
 * copy of it that is trained on so.
 *
 * @param one The model.
 * @param source The texts to train on.
 * @param documents Texts to compare the copy with the model on.
 * @param settings How many threads, the seed, and where models are kept.
 * @param onProgress Called with progress.
 */
export async function tunedFor(
  one: MeasuredModel,
  source: TrainingSource,
  documents: readonly Document[],
  settings: Settings,
  onProgress: OnProgress,
): Promise<Tuned> {
  const { name: measure } = fFidelityMeasure;
  if (!measuresOf(settings.measures).includes(fFidelityMeasure)) return {};
  const none = (why: string): Tuned => ({ missing: { measure, why: `not checked: ${why}` } });
  const model = one.trainable?.network;
  if (model === undefined) {
    return none(
      "whether it has seen texts with words missing only a word-CNN of this project tells",
    );
  }
  const recorded = await one.trainable!.recorded();
  const own = recorded.hyperparameters?.wordDropout ?? 0;
  if (own >= NEEDED_WORD_DROPOUT) {
    return {
      note: `F-Fidelity asks the model itself: it was trained ` +
        `with word dropout ${own}.`,
    };
  }
  const found = await source.texts();
  if ("why" in found) return none(found.why);
  const { vectorRate: _, averaging: __, ...recipe } = hyperparametersOf(model, recorded);
  const hyperparameters = {
    ...recipe,
    epochs: EPOCHS,
    rate: RATE * (recipe.rate ?? defaultHyperparameters.rate),
    wordDropout: NEEDED_WORD_DROPOUT,
  };
  const { seed, workers } = settings;
  const key = await modelKey(
    { purpose: { tuned: 1 }, texts: found.texts, files: one.files, onProgress },
    { hyperparameters, seed },
  );
  const { model: copy } = await retrained({
    like: model,
    start: model.weights,
    hyperparameters,
    seed,
    workers,
    documents: () => source.words(found.texts),
    folder: `${findCache(settings.cache)}/trust/models/tuned-${key}`,
    task: "Training a copy with words missing",
    onProgress,
  });
  const [agreement, accuracy, ofCopy] = compare(model, copy, documents);
  const told = `the copy of the model that was trained on with words missing agrees with it on ${
    formatPercent(agreement)
  } of the texts; ${formatPercent(accuracy)} are classified correctly by the model, ${
    formatPercent(ofCopy)
  } by the copy`;
  if (agreement < LEAST_AGREEMENT) return none(told);
  return { copy, key, note: `F-Fidelity: ${told}.` };
}
