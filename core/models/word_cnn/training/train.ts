import type { OnProgress } from "../../../progress.ts";
import { Random } from "../../../random.ts";
import { type EpochSteps, trainEpochs } from "../../train_epochs.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./_checkpoint.ts";
import type { TextReader } from "../../../text_reader.ts";
import { Trainer } from "./_trainer.ts";
import { checkLabelledRows, digestOfRun, type LabelledRows } from "./labelled_rows.ts";
import {
  classWeights,
  convolutionsFor,
  type Hyperparameters,
  readHyperparameters,
} from "./hyperparameters.ts";
import { checkWeights, type NetworkWeights } from "../parameters.ts";
import type { Vocabulary } from "../vocabulary.ts";
import { WordCnn } from "../word_cnn.ts";
import { type EmbeddingTable, plainVectors, vectorsToArray } from "../../embedding_table.ts";

import type { EpochReport } from "./epoch_report.ts";

export type { EpochReport } from "./epoch_report.ts";
export type { LabelledRows, Metrics } from "./labelled_rows.ts";

/** What to train and how. */
export interface TrainOptions {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The words; row i of `vectors` belongs to word i. */
  readonly vocabulary: Vocabulary;
  /** The word vectors; they are not changed: those of the model are new ones where they are trained. */
  readonly vectors: EmbeddingTable;
  /** The documents to learn from. */
  readonly documents: readonly LabelledRows[];
  /** Documents to choose the best epoch by; without any, the last epoch is taken. */
  readonly heldOut?: readonly LabelledRows[];
  /** Hyper-parameters that differ from {@linkcode defaultHyperparameters}. */
  readonly hyperparameters?: Partial<Hyperparameters>;
  /** Weights to start from, of the sizes that the hyper-parameters say. @default {drawn} */
  readonly start?: NetworkWeights;
  /** Stop after this epoch, though the schedule is for more. @default {hyperparameters.epochs} */
  readonly lastEpoch?: number;
  /** Where the random numbers start. @default {1} */
  readonly seed?: number;
  /** Number of threads; makes no difference to the result. @default {navigator.hardwareConcurrency} */
  readonly threads?: number;
  /** A file for checkpoints; a killed run that is started again resumes after its last completed epoch. */
  readonly checkpoint?: string;
  /** Called with progress after each batch. */
  readonly onProgress?: OnProgress;
  /** Called after each epoch. */
  readonly onEpoch?: (report: EpochReport) => void;
  /** How the model will read texts. @default {words are what blanks separate} */
  readonly reader?: TextReader;
  /** Ends the training early, with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** A trained model, and how it came about. */
export interface TrainResult {
  /** The model of the best epoch. */
  readonly model: WordCnn;
  /** The epoch that was best on the held-out documents, the first of equals; without any, the last. */
  readonly bestEpoch: number;
  /** All epochs. */
  readonly history: readonly EpochReport[];
  /** All hyper-parameters. */
  readonly hyperparameters: Hyperparameters;
}

/** A digest of everything that shapes a run, apart from when it ends. */
async function runDigest(
  { vectors, documents, heldOut = [], seed = 1, classes, start }: TrainOptions,
  hyperparameters: Hyperparameters,
): Promise<string> {
  const about = { hyperparameters, seed, classes, held: heldOut.length };
  const weights = Object.values(start ?? {});
  return await digestOfRun(about, [...documents, ...heldOut], vectors, weights);
}

/**
 * Trains a word-CNN by mini-batch gradient descent with momentum, an L2 penalty and dropout on the
 * pooled filters. A step projects the distinct words of its batch onto the filters once, and takes
 * the gradient back only to the two words that each filter won on.
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
 * import { plainVectors, trainWordCnn, Vocabulary } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * const { model } = await trainWordCnn({
 *   classes: ["space", "motorcycles"],
 *   vocabulary: new Vocabulary(["orbit", "moon", "ride", "helmet"]),
 *   vectors: plainVectors(Float32Array.of(1, 0, 1, 0.1, 0, 1, 0.1, 1), 2),
 *   documents: [{ rows: [0, 1], label: 0 }, { rows: [2, 3], label: 1 }],
 *   hyperparameters: { filters: 8, epochs: 20 },
 *   threads: 1,
 * });
 * const scores = model.scores(model.inputFromRows([1, 0]));
 * assertEquals(scores[0]! > scores[1]!, true);
 * ```
 */
export async function trainWordCnn(options: TrainOptions): Promise<TrainResult> {
  const { classes, vocabulary, vectors, documents, heldOut = [], seed = 1, signal } = options;
  const { threads = navigator.hardwareConcurrency, checkpoint, onProgress, onEpoch } = options;
  const hyperparameters = readHyperparameters(options.hyperparameters);
  const lastEpoch = Math.min(options.lastEpoch ?? Infinity, hyperparameters.epochs);
  if (documents.length === 0) throw new RangeError("Cannot train: there are no documents");
  checkLabelledRows(documents, "training", classes.length, vectors.size);
  checkLabelledRows(heldOut, "held-out", classes.length, vectors.size);
  const { balance = 0 } = hyperparameters;
  const convolutions = convolutionsFor(hyperparameters);
  const shape = {
    dimensions: vectors.dimensions,
    filters: hyperparameters.filters,
    classes: classes.length,
    convolutions,
  };
  if (options.start) checkWeights(options.start, shape);
  const run = checkpoint ? await runDigest(options, hyperparameters) : "";
  const random = new Random(seed);
  const trainer = await Trainer.start(vectors, classes.length, hyperparameters, threads);
  try {
    const numbers = vectors.size * vectors.dimensions;
    const ofWords = [
      ...(hyperparameters.vectorRate ? [numbers, vectors.size, numbers] : []),
      ...(trainer.wordRelevance ? [vectors.size] : []),
    ];
    if (balance > 0) {
      const labels = documents.map(({ label }) => label);
      trainer.classWeights = classWeights(labels, classes.length, balance);
    }
    let [best, bestVectors] = [trainer.model, trainer.vectors];
    const keepBest = () => void ([best, bestVectors] = [trainer.model, trainer.vectors]);
    const steps: EpochSteps<Checkpoint> = {
      begin: () => {
        trainer.initialize(random.fork(0), options.start);
        keepBest();
      },
      read: (path) => readCheckpoint(path, run, shape, ofWords),
      resume: ({ sets, ofWords = [] }) => {
        const [weights, velocity, average, ofBest] = sets;
        trainer.state = { weights: weights!, velocity: velocity!, average: average! };
        best = ofBest!;
        if (trainer.wordRelevance) trainer.wordRelevance.means = ofWords.at(-1)!;
        if (!hyperparameters.vectorRate) return;
        const [values, squares, ofBestEpoch] = ofWords;
        trainer.vectorState = { values: values!, squares: squares! };
        bestVectors = plainVectors(ofBestEpoch!, vectors.dimensions);
      },
      learn: (epoch, onBatch) => trainer.epoch(documents, epoch, random.fork(epoch + 1), onBatch),
      evaluate: () => trainer.evaluate(heldOut),
      keepBest,
      write: async (path, history) => {
        const { state: { weights, velocity, average }, vectorState } = trainer;
        const ofWords = [
          ...(vectorState
            ? [
              vectorState.values,
              vectorState.squares,
              Float32Array.from(vectorsToArray(bestVectors)),
            ]
            : []),
          ...(trainer.wordRelevance ? [trainer.wordRelevance.means] : []),
        ];
        const sets = [weights, velocity, average, best];
        await writeCheckpoint(path, { run, history, sets, ofWords }, shape);
      },
    };
    const { history, bestEpoch } = await trainEpochs(steps, {
      documents: documents.length,
      isHeldOut: heldOut.length > 0,
      ...{ lastEpoch, checkpoint, onProgress, onEpoch, signal },
    });
    const { reader } = options;
    const model = new WordCnn({
      ...best,
      classes,
      vocabulary,
      vectors: bestVectors,
      convolutions,
      ...(reader && { reader }),
    });
    return { model, bestEpoch, history, hyperparameters };
  } finally {
    trainer.stop();
  }
}
