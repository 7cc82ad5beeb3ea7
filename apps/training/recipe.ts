import { defaultHyperparameters, type Hyperparameters } from "@heatword/core/word-cnn";
import {
  defaultRecurrentHyperparameters,
  type RecurrentHyperparameters,
} from "@heatword/core/recurrent";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { readVectorSpec } from "@heatword/datasets/vector-spec";
import type { Recipe } from "./context.ts";

/** How a whole run trains; chosen on held-out training documents. */
export const fullRecipe: Recipe = {
  skipgram: {},
  norm: 3,
  hyperparameters: {
    epochs: 12,
    schedule: "cosine",
    wordDropout: 0.8,
    labelSmoothing: 0.1,
    l2: 5e-4,
    randomWindow: true,
  },
  heldOut: 0.15,
};

/** Passes over 20Newsgroups with joined vectors: their larger network goes on learning for longer. */
const JOINED_EPOCHS = 20;

/** Whether word vectors have several parts. */
function areJoined(vectors: string): boolean {
  const { trained, file } = readVectorSpec(vectors);
  return trained.length + (file === undefined ? 0 : 1) > 1;
}

/**
 * How a whole run trains with some word vectors.
 *
 * @param vectors As of `--vectors`.
 */
export function fullRecipeFor(vectors: string): Recipe {
  if (!areJoined(vectors)) return fullRecipe;
  const hyperparameters = { ...fullRecipe.hyperparameters, epochs: JOINED_EPOCHS };
  return { ...fullRecipe, hyperparameters };
}

/**
 * How many words skip-gram leaves out for being frequent. The recipe's 1e-5 was chosen on the three
 * million words of 20Newsgroups; a smaller corpus has too few words to leave so many out.
 */
function subsampleFor(documents: readonly CompactDocument[]): number {
  const words = documents.reduce((sum, { length }) => sum + length, 0);
  return Math.min(1e-3, Math.max(1e-5, 30 / Math.max(1, words)));
}

/** Steps of the descent that a small corpus gets, below which the classifier learns next to nothing. */
const MIN_STEPS = 300;
/** Passes that no corpus gets more of unless it is asked for. */
const MAX_EPOCHS = 100;

/**
 * How often the documents are passed over. The recipe's number was chosen on 20Newsgroups, which has
 * 150 steps a pass; two hundred texts have three.
 */
function epochsFor(
  documents: readonly CompactDocument[],
  usual: number,
  batch = defaultHyperparameters.batch,
): number {
  const learned = (1 - fullRecipe.heldOut) * documents.length;
  const stepsAPass = Math.ceil(learned / batch);
  const min = Math.min(MAX_EPOCHS, Math.ceil(MIN_STEPS / Math.max(1, stepsAPass)));
  return Math.max(usual, min);
}

/** Passes of a recurrent classifier over 20Newsgroups. */
const RECURRENT_EPOCHS = 6;

/**
 * How recurrent classifiers are trained: what differs from the defaults. In long articles many words
 * may be left out, in short texts few.
 *
 * @param documents The documents to learn from.
 * @param isOwn Whether they are own texts, and not 20Newsgroups.
 */
export function recurrentRecipe(
  documents: readonly CompactDocument[],
  isOwn: boolean,
): Partial<RecurrentHyperparameters> & { readonly epochs: number } {
  const { batch } = defaultRecurrentHyperparameters;
  return {
    epochs: epochsFor(documents, RECURRENT_EPOCHS, batch),
    rate: 0.003,
    wordDropout: isOwn ? 0.3 : 0.7,
  };
}

/**
 * The recipe for documents of any kind: as for 20Newsgroups, with more passes and fewer words left
 * out where there is less to learn from.
 *
 * @param documents The documents to learn from.
 * @param given Hyper-parameters that were asked for, and the word vectors. @default {skip-gram}
 */
export function recipeFor(
  documents: readonly CompactDocument[],
  given: Partial<Pick<Hyperparameters, "epochs" | "filters" | "guidedDropout">> & {
    readonly vectors?: string;
  } = {},
): Recipe {
  const usual = fullRecipeFor(given.vectors ?? "skipgram").hyperparameters.epochs!;
  const { epochs = epochsFor(documents, usual), filters, guidedDropout } = given;
  const subsample = subsampleFor(documents);
  return {
    ...fullRecipe,
    skipgram: { ...fullRecipe.skipgram, ...(subsample > 1.1e-5 && { subsample }) },
    hyperparameters: {
      ...fullRecipe.hyperparameters,
      epochs,
      ...(filters !== undefined && { filters }),
      ...(guidedDropout && { guidedDropout }),
    },
  };
}
