import { Random } from "../../../random.ts";
import { readTrainingCheckpoint, writeTrainingCheckpoint } from "../../training_checkpoint.ts";
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

/** How long timers and signals may have to wait, in milliseconds. */
const TURN = 100;
/** Sets of numbers of a checkpoint: the state of the trainer, and the weights of the best epoch. */
const SETS = 4;

/** The epoch that was best on the held-out documents, the first of equals; without any, the last. */
function bestOf(history: readonly EpochReport[]): number {
  const accuracies = history.map(({ heldOut }) => heldOut?.accuracy);
  if (accuracies.includes(undefined)) return history.length;
  return 1 + accuracies.indexOf(Math.max(...accuracies as number[]));
}

/** Reports progress, lets timers and signals have their turn, and stops where one says so. */
function watchEpoch(
  { documents, onProgress, signal }: TrainRecurrentOptions,
  lastEpoch: number,
  history: readonly EpochReport[],
) {
  const epoch = history.length;
  const held = history.at(-1)?.heldOut;
  let turn = performance.now();
  return async (done: number, { loss, accuracy }: EpochReport["train"]) => {
    signal?.throwIfAborted();
    onProgress?.({
      task: "Training",
      done: epoch * documents.length + done,
      total: lastEpoch * documents.length,
      unit: "documents",
      figures: {
        epoch: epoch + 1,
        epochs: lastEpoch,
        loss,
        accuracy,
        ...(held && { heldOutAccuracy: held.accuracy }),
      },
    });
    if (performance.now() - turn < TURN) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    turn = performance.now();
  };
}

/**
 * Trains a recurrent classifier by Adam, with backpropagation through time over whole windows of
 * texts, clipped gradients, and dropout of words and of what is read out of the units. What a word
 * adds to the gates is computed once for the distinct words of a batch.
 *
 * The same options and seed give the same bytes, on any machine and with any number of threads.
 *
 * @param options What to train and how.
 * @returns The model of the best epoch.
 * @throws {RangeError} If there are no documents, or a hyper-parameter, a class or a row is out of
 * range.
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
  const { threads = navigator.hardwareConcurrency, checkpoint, onEpoch } = options;
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
    const saved = checkpoint
      ? await readTrainingCheckpoint<EpochReport>(
        checkpoint,
        run,
        Array.from({ length: SETS }, () => trainer.length),
      )
      : undefined;
    const history: EpochReport[] = [];
    let best: Float32Array;
    if (saved && saved.history.length <= lastEpoch) {
      history.push(...saved.history);
      trainer.state = saved.sets.slice(0, -1);
      best = saved.sets.at(-1)!;
    } else {
      trainer.weights = initialWeights(shape, random.fork(0));
      best = trainer.state[0]!;
    }
    while (history.length < lastEpoch) {
      const epoch = history.length;
      const onBatch = watchEpoch(options, lastEpoch, history);
      const train = await trainer.epoch(documents, epoch, random.fork(epoch + 1), onBatch);
      const report: EpochReport = {
        epoch: epoch + 1,
        train,
        ...(heldOut.length > 0 && { heldOut: trainer.evaluate(heldOut) }),
      };
      history.push(report);
      const { state } = trainer;
      if (bestOf(history) === history.length) best = state[0]!;
      if (checkpoint) {
        await writeTrainingCheckpoint(checkpoint, { run, history, sets: [...state, best] });
      }
      onEpoch?.(report);
    }
    const model = new RecurrentClassifier({
      ...network,
      classes,
      vocabulary,
      vectors,
      weights: unpadded(shape, best),
      ...(reader && { reader }),
    });
    return { model, bestEpoch: bestOf(history), history, hyperparameters };
  } finally {
    trainer.stop();
  }
}
