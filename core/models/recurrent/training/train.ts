import { Random } from "../../../random.ts";
import { type EpochSteps, trainEpochs } from "../../train_epochs.ts";
import {
  readTrainingCheckpoint,
  type TrainingCheckpoint,
  writeTrainingCheckpoint,
} from "../../training_checkpoint.ts";
import type { EpochReport } from "../../word_cnn/training/epoch_report.ts";
import { checkLabelledRows, digestOfRun } from "../../word_cnn/training/labelled_rows.ts";
import type { TrainOptions } from "../../word_cnn/training/train.ts";
import type { RecurrentShape } from "../parameters.ts";
import { RecurrentClassifier } from "../recurrent_classifier.ts";
import { readRecurrentHyperparameters, type RecurrentHyperparameters } from "./hyperparameters.ts";
import { initialWeights } from "./_initial_weights.ts";
import { RecurrentTrainer } from "./_trainer.ts";
import { unpadded } from "./_weights.ts";

/** What to train and how; the word vectors stay as they are. */
export interface TrainRecurrentOptions extends Omit<TrainOptions, "hyperparameters" | "start"> {
  /** Hyper-parameters that differ from {@linkcode defaultRecurrentHyperparameters}. */
  readonly hyperparameters?: Partial<RecurrentHyperparameters>;
}

/** A trained model, and how it came about. */
export interface TrainRecurrentResult {
  /** The model of the best epoch. */
  readonly model: RecurrentClassifier;
  /** The epoch that was best on the held-out documents, the first of equals; without any, the last. */
  readonly bestEpoch: number;
  /** All epochs. */
  readonly history: readonly EpochReport[];
  /** All hyper-parameters. */
  readonly hyperparameters: RecurrentHyperparameters;
}

/** Sets of numbers of a checkpoint: the state of the trainer, and the weights of the best epoch. */
const SETS = 4;

/**
 * Trains a recurrent classifier by Adam, with backpropagation through time over whole windows of
 * texts, clipped gradients, and dropout of words and of what is read out of the units. What a word
 * adds to the gates is computed once for the distinct words of a batch.
 *
 * The same options and seed give the same bytes, on any machine and with any number of threads.
 *
 * @param options What to train and how.
 * @returns The model of the best epoch.
 * @throws {RangeError} If there are no documents, a hyper-parameter, a class or a row is out of range,
 * or the checkpoint is beyond the last epoch, and what was best until then is gone.
 * @throws {SyntaxError} If the checkpoint is damaged.
 *
 * @example
 * ```ts
 * import { trainRecurrent } from "@heatword/core/recurrent";
 * import { plainVectors, Vocabulary } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * // Only the order tells the classes apart.
 * const { model } = await trainRecurrent({
 *   classes: ["rising", "falling"],
 *   vocabulary: new Vocabulary(["low", "high"]),
 *   vectors: plainVectors(Float32Array.of(1, 0, 0, 1), 2),
 *   documents: [{ rows: [0, 1], label: 0 }, { rows: [1, 0], label: 1 }],
 *   hyperparameters: { units: 8, epochs: 60, rate: 0.05, dropout: 0, wordDropout: 0 },
 *   threads: 1,
 * });
 * const [rising, falling] = model.scores(model.inputFromRows([0, 1]));
 * assertEquals(rising! > falling!, true);
 * ```
 */
export async function trainRecurrent(
  options: TrainRecurrentOptions,
): Promise<TrainRecurrentResult> {
  const { classes, vocabulary, vectors, documents, heldOut = [], seed = 1, reader } = options;
  const { threads = navigator.hardwareConcurrency, checkpoint, onProgress, onEpoch, signal } =
    options;
  const hyperparameters = readRecurrentHyperparameters(options.hyperparameters);
  const { cell, units, bidirectional, readout } = hyperparameters;
  const lastEpoch = Math.min(options.lastEpoch ?? Infinity, hyperparameters.epochs);
  if (documents.length === 0) throw new RangeError("Cannot train: there are no documents");
  checkLabelledRows(documents, "training", classes.length, vectors.size);
  checkLabelledRows(heldOut, "held-out", classes.length, vectors.size);
  const network = { cell, units, bidirectional, readout };
  const shape: RecurrentShape = {
    ...network,
    dimensions: vectors.dimensions,
    classes: classes.length,
  };
  const about = { recurrent: 1, hyperparameters, seed, classes, held: heldOut.length };
  const run = checkpoint ? await digestOfRun(about, [...documents, ...heldOut], vectors) : "";
  const random = new Random(seed);
  const trainer = await RecurrentTrainer.start(vectors, shape, hyperparameters, threads);
  try {
    let best = trainer.state[0]!;
    const keepBest = () => void (best = trainer.state[0]!);
    const lengths = Array.from({ length: SETS }, () => trainer.length);
    const steps: EpochSteps<TrainingCheckpoint<EpochReport>> = {
      begin: () => {
        trainer.weights = initialWeights(shape, random.fork(0));
        keepBest();
      },
      read: (path) => readTrainingCheckpoint(path, run, lengths),
      resume: ({ sets }) => {
        trainer.state = sets.slice(0, -1);
        best = sets.at(-1)!;
      },
      learn: (epoch, onBatch) => trainer.epoch(documents, epoch, random.fork(epoch + 1), onBatch),
      evaluate: () => trainer.evaluate(heldOut),
      keepBest,
      write: (path, history) =>
        writeTrainingCheckpoint(path, { run, history, sets: [...trainer.state, best] }),
    };
    const { history, bestEpoch } = await trainEpochs(steps, {
      documents: documents.length,
      isHeldOut: heldOut.length > 0,
      ...{ lastEpoch, checkpoint, onProgress, onEpoch, signal },
    });
    const model = new RecurrentClassifier({
      ...network,
      classes,
      vocabulary,
      vectors,
      weights: unpadded(shape, best),
      ...(reader && { reader }),
    });
    return { model, bestEpoch, history, hyperparameters };
  } finally {
    trainer.stop();
  }
}
