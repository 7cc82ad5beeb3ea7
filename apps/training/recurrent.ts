import {
  type CellKind,
  loadRecurrent,
  type RecurrentClassifier,
  type RecurrentHyperparameters,
  saveRecurrent,
  trainRecurrent,
} from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import type { NamedVectors } from "@heatword/datasets/vectors";
import { type ChosenModel, type EpochRecord, trainToChosenEpoch } from "./chosen_epoch.ts";
import type { TrainingContext } from "./context.ts";
import { recurrentRecipe } from "./recipe.ts";
import { rowsFor, scaledToNorm, vectorsKey } from "./model.ts";

/** What is kept with a recurrent classifier of how it was trained. */
export type RecurrentRecord = EpochRecord<RecurrentHyperparameters>;

/** What a person said of a recurrent classifier. */
export interface RecurrentChoice {
  /** The cell. */
  readonly cell: CellKind;
  /** Whether it reads in both directions. */
  readonly bidirectional: boolean;
  /** Units of a direction. */
  readonly units?: number;
  /** Chance that what is read out of a unit is left out while it learns. */
  readonly dropout?: number;
  /** Passes over the documents. */
  readonly epochs?: number;
}

/** The norm that word vectors are scaled to. */
export const RECURRENT_NORM = 3;

/**
 * Trains a recurrent classifier on word vectors that stay as they are, or takes it out of the cache;
 * see {@linkcode trainToChosenEpoch}.
 *
 * @param corpus What to train on.
 * @param words The word vectors.
 * @param choice Which one.
 * @param context How.
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function getRecurrent(
  corpus: TrainingCorpus,
  words: NamedVectors,
  choice: RecurrentChoice,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<ChosenModel<RecurrentClassifier, RecurrentHyperparameters>> {
  const { recipe, reading } = context;
  const hyperparameters = { ...recurrentRecipe(corpus.train, reading !== undefined), ...choice };
  const { vocabulary, rowsOf } = rowsFor(words);
  const vectors = plainVectors(scaledToNorm(words, RECURRENT_NORM), words.dimensions);
  const about = ["recurrent", 1, RECURRENT_NORM, hyperparameters, recipe.heldOut];
  return await trainToChosenEpoch(
    corpus,
    {
      kind: "recurrent",
      key: vectorsKey(about, corpus, words, context),
      label: `${choice.bidirectional ? "bi" : ""}${choice.cell}: `,
      labelled: rowsOf,
      train: (training) => trainRecurrent({ ...training, vocabulary, vectors, hyperparameters }),
      load: loadRecurrent,
      save: saveRecurrent,
    },
    context,
    onNotice,
  );
}
