import type { Model, Random } from "@heatword/core";
import { type LinearModel, loadLinear } from "@heatword/core/linear";
import { kindOfModel, linearKind, wordCnnKind } from "@heatword/core/models";
import { loadWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import {
  linearModels,
  type MadeShortcuts,
  networks,
  type PlantedModels,
  type PlantsWork,
  type TrainingRecord,
} from "./_planted_models.ts";
import type { Settings } from "./_settings.ts";

/** What can be trained like a model. */
export interface Trainable {
  /** How many words side by side the model looks at. */
  readonly reach: number;
  /** The network that is trained with other seeds and other word dropout; nothing where none is. */
  readonly network?: WordCnn;
  /** Whether the model has a word in its vocabulary. */
  knows(word: string): boolean;
  /** What the model tells of its training. */
  recorded(): Promise<TrainingRecord>;
  /** Trains models with and without shortcuts. */
  plant(
    work: PlantsWork,
    made: MadeShortcuts,
    settings: Settings,
    random: Random,
  ): Promise<PlantedModels>;
}

function likeNetwork(path: string, network: WordCnn): Trainable {
  return {
    reach: Math.max(...network.convolutions.map(({ width }) => width)),
    network,
    knows: (word) => network.vocabulary.row(word) >= 0,
    recorded: async () => (await loadWordCnn(path)).training as TrainingRecord,
    plant: (work, made, settings, random) => networks(work, network, made, settings, random),
  };
}

function likeLinear(path: string, linear: LinearModel): Trainable {
  return {
    // It has pairs of words.
    reach: 2,
    knows: () => false,
    recorded: async () => (await loadLinear(path)).training as TrainingRecord,
    plant: (work, made, _settings, random) => linearModels(work, linear, made, random),
  };
}

/**
 * Finds what can be trained like a model.
 *
 * @param path What was given as the model.
 * @param model The model that stands there.
 * @returns Nothing for models that are not trained here.
 */
export async function trainableOf(path: string, model: Model): Promise<Trainable | undefined> {
  const kind = await kindOfModel(path);
  // What these kinds open is known.
  if (kind === wordCnnKind) return likeNetwork(path, model as WordCnn);
  return kind === linearKind ? likeLinear(path, model as LinearModel) : undefined;
}
