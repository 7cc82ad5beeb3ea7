import { type Document, type Model, type OnProgress, type Random, wordLimit } from "@heatword/core";
import {
  type LabelledWords,
  type LinearModel,
  loadLinear,
  saveLinear,
  trainLinear,
  type TriedChoice,
} from "@heatword/core/linear";
import {
  type Hyperparameters,
  plainVectors,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import type { LabelledText } from "@heatword/datasets/tables";
import { plantShortcuts, type Shortcut, withDrawnVectors } from "@heatword/eval/trust";
import { loadKept } from "../training/kept.ts";
import { modelKey } from "../training/model_key.ts";
import { hyperparametersOf, type Recorded, retrained } from "../training/retrained.ts";
import type { Settings } from "./_settings.ts";

/** So many copies of texts get a plant of each kind, and as many a decoy, but from and to a share. */
const COPIES = { count: 600, least: 0.06, most: 0.2 };
/** A smaller network shows as well what explainers find, and costs minutes. */
const MOST_FILTERS = 300;
/** Passes over the training texts; more of few texts, so that there are enough steps. */
const EPOCHS = 8;
const LEAST_STEPS = 300;
const MOST_EPOCHS = 100;
/** What a linear model learns by that does not tell how it was trained. */
const USUAL_CHOICE = { features: ["words", "pairs"], cost: 10 } as const;

/** What a model tells of its training, whatever its kind. */
export type TrainingRecord = Recorded & { readonly crossValidation?: readonly TriedChoice[] };

/** What shortcuts are planted into, for which model. */
export interface PlantsWork {
  /** The classes of the model. */
  readonly classes: readonly string[];
  /** The files that it stands in. */
  readonly files: readonly string[];
  /** What it tells of its training. */
  readonly recorded: TrainingRecord;
  /** Its place among all that are measured. */
  readonly place: number;
  /** The texts to train on. */
  readonly texts: readonly LabelledText[];
  /** The same as words; only asked for when there is something to train. */
  words(): readonly LabelledWords[];
  /** The texts to look at and to explain, as the model reads them. */
  readonly evaluated: readonly Document[];
  /** Where models are kept. */
  readonly cache: string;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/** The models with and without shortcuts. */
export interface PlantedModels {
  /** The one with shortcuts. */
  readonly planted: Model;
  /** Where it stands. */
  readonly folder: string;
  /** The one without. */
  readonly without: Model;
  /** The most words of a text that they see. */
  readonly limit: number;
}

/** How networks with and without shortcuts are trained. */
function plantedRecipe(
  model: WordCnn,
  recorded: Recorded,
  texts: number,
): Partial<Hyperparameters> {
  const { vectorRate: _, ...own } = hyperparametersOf(model, recorded);
  const { batch = 64 } = own;
  const steps = Math.max(1, Math.ceil(texts / batch));
  return {
    ...own,
    filters: Math.min(MOST_FILTERS, model.filters),
    epochs: Math.min(MOST_EPOCHS, Math.max(EPOCHS, Math.ceil(LEAST_STEPS / steps))),
    // A plant of which a word is left out would teach that half of it is enough.
    wordDropout: 0,
  };
}

/** A digest of all that shapes a model. */
const keyOf = ({ classes, ...work }: PlantsWork, settled: object): Promise<string> =>
  modelKey({ purpose: { plants: 1 }, ...work }, { classes, ...settled });

/** The shortcuts, and all their words. */
export interface MadeShortcuts {
  /** The shortcuts. */
  readonly shortcuts: readonly Shortcut[];
  /** Their words. */
  readonly names: readonly string[];
}

/** Of how many texts there is a copy with a plant, and with a decoy. */
function sharesOf(texts: number) {
  const share = Math.min(COPIES.most, Math.max(COPIES.least, COPIES.count / texts));
  return { plants: share, decoys: share };
}

/**
 * Trains networks with and without shortcuts, or takes them from the cache.
 *
 * @param work The texts.
 * @param model The network whose like is trained.
 * @param made The shortcuts.
 * @param settings The seed, and how many threads.
 * @param random Draws vectors and places.
 */
export async function networks(
  work: PlantsWork,
  model: WordCnn,
  { shortcuts, names }: MadeShortcuts,
  { seed, workers }: Settings,
  random: Random,
): Promise<PlantedModels> {
  const { recorded, texts, cache, onProgress, place } = work;
  const hyperparameters = plantedRecipe(model, recorded, texts.length);
  const { window = wordLimit() } = hyperparameters;
  const common = { like: model, hyperparameters, workers, onProgress };
  const limit = Math.min(window, wordLimit());
  // One is enough for all: it only tells what accuracy the recipe reaches.
  const settled = { hyperparameters, seed };
  const { model: without } = await retrained({
    ...common,
    seed,
    documents: work.words,
    folder: `${cache}/trust/models/plain-${await keyOf(work, settled)}`,
    task: "Training a model without shortcuts",
  });
  const shares = sharesOf(texts.length);
  const shaping = { ...settled, place, shares, shortcuts };
  const vectors = withDrawnVectors(model.vectors, names.length, random.fork(3));
  const folder = `${cache}/trust/models/planted-${await keyOf(work, shaping)}`;
  const { model: planted } = await retrained({
    ...common,
    seed: seed + place,
    vocabulary: new Vocabulary([...model.vocabulary.words, ...names]),
    vectors: plainVectors(vectors, model.dimensions),
    documents: () => plantShortcuts(work.words(), shortcuts, shares, limit, random.fork(4)),
    folder,
    task: "Training the same with shortcuts",
  });
  return { planted, folder, without, limit };
}

/**
 * Trains linear models with and without shortcuts, or takes them from the cache.
 *
 * @param work The texts.
 * @param model The model whose like is trained.
 * @param made The shortcuts.
 * @param random Draws places.
 */
export async function linearModels(
  work: PlantsWork,
  model: LinearModel,
  { shortcuts }: MadeShortcuts,
  random: Random,
): Promise<PlantedModels> {
  const { recorded, texts, cache, onProgress } = work;
  const { features, cost } = recorded.crossValidation?.[0] ?? USUAL_CHOICE;
  const kept = async (folder: string, task: string, documents: () => readonly LabelledWords[]) => {
    const found = await loadKept(() => loadLinear(folder));
    if (found) return found.model;
    onProgress({ task, done: 0, total: 1, unit: "models" });
    const { classes, reader } = model;
    const choice = { features, cost, classes, reader };
    await saveLinear(folder, trainLinear({ ...choice, documents: documents() }), {});
    onProgress({ task, done: 1, total: 1, unit: "models" });
    return (await loadLinear(folder)).model;
  };
  const settled = { features, cost };
  const without = await kept(
    `${cache}/trust/models/plain-${await keyOf(work, settled)}`,
    "Training a model without shortcuts",
    work.words,
  );
  const shares = sharesOf(texts.length);
  const folder = `${cache}/trust/models/planted-${await keyOf(work, {
    ...settled,
    shares,
    shortcuts,
  })}`;
  const planted = await kept(
    folder,
    "Training the same with shortcuts",
    () => plantShortcuts(work.words(), shortcuts, shares, Infinity, random.fork(4)),
  );
  return { planted, folder, without, limit: Infinity };
}
