import { firstReading, openReader } from "@heatword/core";
import {
  alphabetOf,
  type CharCnn,
  loadCharCnn,
  saveCharCnn,
  trainCharCnn,
} from "@heatword/core/char-cnn";
import type { EpochReport, Hyperparameters } from "@heatword/core/word-cnn";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { holdOut } from "./held_out.ts";
import { endDigest, startDigest, type TrainingContext } from "./model.ts";

/** A char-CNN and how it came about. */
export interface TrainedCharCnn {
  /** The model. */
  readonly model: CharCnn;
  /** The folder it is in. */
  readonly folder: string;
  /** What the training found, as it is kept with the model. */
  readonly training: CharCnnRecord;
}

/** What is kept with a char-CNN of how it was trained. */
export interface CharCnnRecord {
  /** The epoch that was best on the held-out documents. */
  readonly bestEpoch: number;
  /** How each epoch did, with the held-out documents held out. */
  readonly history: readonly EpochReport[];
  /** All hyper-parameters. */
  readonly hyperparameters: Hyperparameters;
  /** The seed. */
  readonly seed: number;
  /** How many documents were held out while the epoch was chosen. */
  readonly heldOut: number;
  /** How many documents the final model learned from. */
  readonly documents: number;
}

/** A character that the training documents have less often is not learned. */
const MIN_COUNT = 2;
/** Most characters of a word that are seen, the blank after it included. */
const LONGEST = 32;

const labelled = (document: CompactDocument) => ({
  label: document.label,
  words: toDocument(document).tokens.map(({ text }) => text),
});

/** The sizes of a char-CNN for these documents, as far as they are not always the same. */
function sizesFor(documents: readonly CompactDocument[], { reading }: TrainingContext) {
  // Characters that are words of their own have no blanks between them.
  const blanks = reading?.tokenizer !== "characters";
  let longest = 1;
  for (const { words } of documents) {
    for (const word of words.split(" ")) longest = Math.max(longest, [...word].length);
  }
  return {
    width: 7,
    dimensions: 16,
    blanks,
    wordLength: Math.min(LONGEST, longest + Number(blanks)),
  };
}

/**
 * Trains a char-CNN, or takes it out of the cache. The epoch is chosen on documents that are held out;
 * then all documents are learned up to that epoch. A run that was stopped resumes after its last
 * completed epoch.
 *
 * @param corpus What to train on.
 * @param filters How many filters, where it was said.
 * @param context How.
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function getCharCnn(
  corpus: TrainingCorpus,
  filters: number | undefined,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<TrainedCharCnn> {
  const { recipe, seed, workers, cache, onProgress } = context;
  const hyperparameters = {
    epochs: recipe.hyperparameters.epochs!,
    ...(filters !== undefined && { filters }),
  };
  const sizes = sizesFor(corpus.train, context);
  const about = ["char-cnn", 1, sizes, hyperparameters, recipe.heldOut];
  const key = endDigest(startDigest(about, corpus, context));
  const folder = `${cache}/models/char-cnn-${key}`;
  try {
    const { model, training } = await loadCharCnn(folder);
    onNotice("char-cnn: from the cache");
    return { model, folder, training: training as unknown as CharCnnRecord };
  } catch (error) {
    // A damaged model is trained again; whatever else is wrong would be wrong then too.
    if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
  }
  const [learned, heldOut] = holdOut(corpus, recipe.heldOut).map((part) => part.map(labelled));
  const common = {
    classes: corpus.classes,
    alphabet: alphabetOf(corpus.train.map(({ words }) => `${words} `), { minCount: MIN_COUNT }),
    ...sizes,
    hyperparameters,
    seed,
    threads: workers,
    reader: await openReader(context.reading ?? firstReading),
  };
  const checkpoints = `${cache}/checkpoints/char-cnn-${key}`;
  const choice = await trainCharCnn({
    ...common,
    onProgress: (progress) => onProgress({ ...progress, task: "Training to choose the epoch" }),
    documents: learned!,
    heldOut: heldOut!,
    checkpoint: `${checkpoints}-choice`,
  });
  const { model } = await trainCharCnn({
    ...common,
    onProgress: (progress) => onProgress({ ...progress, task: "Training on all documents" }),
    documents: corpus.train.map(labelled),
    lastEpoch: choice.bestEpoch,
    checkpoint: `${checkpoints}-final`,
  });
  const training: CharCnnRecord = {
    bestEpoch: choice.bestEpoch,
    history: choice.history,
    hyperparameters: choice.hyperparameters,
    seed,
    heldOut: heldOut!.length,
    documents: corpus.train.length,
  };
  await saveCharCnn(folder, model, { training: training as unknown as Record<string, unknown> });
  for (const end of ["choice", "final"]) {
    await Deno.remove(`${checkpoints}-${end}`, { recursive: true }).catch(() => {});
  }
  const best = choice.history[choice.bestEpoch - 1]?.heldOut?.accuracy;
  if (best !== undefined) {
    onNotice(
      `char-cnn: held-out accuracy ${(100 * best).toFixed(1)} % at epoch ${choice.bestEpoch}`,
    );
  }
  return { model, folder, training };
}
