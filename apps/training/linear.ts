import { firstReading, openReader, type TextReading } from "@heatword/core";
import {
  crossValidate,
  type LabelledWords,
  type LinearModel,
  trainLinear,
  type TriedChoice,
} from "@heatword/core/linear";
import {
  type CompactDocument,
  toDocument,
  type TrainingCorpus,
  wholeDocument,
} from "@heatword/datasets/corpus";
import { predictedClass } from "@heatword/eval/classification";
import { holdOut } from "./held_out.ts";
import type { TrainingContext } from "./model.ts";

/** A linear model and how it came about. */
export interface TrainedLinear {
  /** The model. */
  readonly model: LinearModel;
  /** What the training found, as it is kept with the model. */
  readonly training: LinearRecord;
}

/** What is kept with a linear model of how it was trained. */
export interface LinearRecord {
  /**
   * Everything that was tried, in cross-validation or by the validation part of a split, the best first;
   * that is what was taken.
   */
  readonly crossValidation: readonly TriedChoice[];
  /** Accuracy on the documents by which a word-CNN's epoch is chosen, where both were compared. */
  readonly heldOutAccuracy?: number;
  /** The seed. */
  readonly seed: number;
  /** How many documents it learned from. */
  readonly documents: number;
}

const labelled = (document: CompactDocument): LabelledWords => ({
  label: document.label,
  words: toDocument(document).tokens.map(({ text }) => text),
});

/** A linear model takes all words of a text. */
function withoutLimit({ maxWords: _, truncatingSide: __, ...reading }: TextReading): TextReading {
  return reading;
}

/** The class that a linear model gives each document, all of whose words it sees. */
export function predictLinear(model: LinearModel, documents: readonly CompactDocument[]): number[] {
  return documents.map((document) =>
    predictedClass(model.scores(model.encode(toDocument(wholeDocument(document)))))
  );
}

/**
 * Trains a linear model; its features and its penalty are chosen by cross-validation on the training
 * documents.
 *
 * @param corpus What to train on.
 * @param context Seed and progress.
 * @param compare Whether to measure it, too, on the documents that word-CNNs are chosen by, with
 * those held out.
 * @param chosen What was tried of other documents, to be taken here too. @default {it is tried anew}
 * @returns The model.
 */
export async function getLinear(
  corpus: TrainingCorpus,
  context: TrainingContext,
  compare: boolean,
  chosen?: readonly TriedChoice[],
): Promise<TrainedLinear> {
  const { recipe, seed, onProgress, reading = firstReading } = context;
  const { classes, validation } = corpus;
  const reader = await openReader(withoutLimit(reading));
  const documents = corpus.train.map(labelled);
  const crossValidation = chosen ?? crossValidate(
    documents,
    classes.length,
    seed,
    onProgress,
    validation?.map(wholeDocument).map(labelled),
  );
  const { features, cost } = crossValidation[0]!;
  const common = { classes, features, cost, reader };
  let heldOutAccuracy: number | undefined;
  if (compare) {
    const [learned, heldOut] = holdOut(corpus, recipe.heldOut);
    const model = trainLinear({ ...common, documents: learned.map(labelled) });
    const predictions = predictLinear(model, heldOut);
    const right = heldOut.filter(({ label }, i) => label === predictions[i]).length;
    heldOutAccuracy = right / heldOut.length;
  }
  return {
    model: trainLinear({ ...common, documents }),
    training: {
      crossValidation,
      ...(heldOutAccuracy !== undefined && { heldOutAccuracy }),
      seed,
      documents: documents.length,
    },
  };
}
