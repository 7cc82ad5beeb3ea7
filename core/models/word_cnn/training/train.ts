import type { OnProgress } from "../../../progress.ts";
import { Random } from "../../../random.ts";
import { readCheckpoint, writeCheckpoint } from "./_checkpoint.ts";
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

/** How long timers and signals may have to wait, in milliseconds. */
const TURN = 100;

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
 * @throws {RangeError} If there are no documents, or a hyper-parameter, a class or a row is out of
 * range.
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
    const learned = hyperparameters.vectorRate ? [numbers, vectors.size, numbers] : [];
    const saved = checkpoint ? await readCheckpoint(checkpoint, run, shape, learned) : undefined;
    const history: EpochReport[] = saved ? saved.history.slice(0, lastEpoch) : [];
    if (balance > 0) {
      const labels = documents.map(({ label }) => label);
      trainer.classWeights = classWeights(labels, classes.length, balance);
    }
    let best: NetworkWeights;
    if (saved && saved.history.length <= lastEpoch) {
      const [weights, velocity, average] = saved.sets as [
        NetworkWeights,
        NetworkWeights,
        NetworkWeights,
      ];
      trainer.state = { weights, velocity, average };
      best = saved.sets[3]!;
      if (saved.vectors) {
        const [values, squares] = saved.vectors as [Float32Array, Float32Array];
        trainer.vectorState = { values, squares };
      }
    } else {
      history.length = 0;
      trainer.initialize(random.fork(0), options.start);
      best = trainer.model;
    }
    let bestVectors = saved?.vectors && history.length > 0
      ? plainVectors(saved.vectors[2]!, vectors.dimensions)
      : trainer.vectors;
    const bestEpoch = () => {
      if (heldOut.length === 0) return history.length;
      const accuracies = history.map((report) => report.heldOut!.accuracy);
      return 1 + accuracies.indexOf(Math.max(...accuracies));
    };
    const total = lastEpoch * documents.length;
    let turn = performance.now();
    for (let epoch = history.length; epoch < lastEpoch; epoch++) {
      const held = history.at(-1)?.heldOut;
      const train = await trainer.epoch(
        documents,
        epoch,
        random.fork(epoch + 1),
        async (done, { loss, accuracy }) => {
          signal?.throwIfAborted();
          onProgress?.({
            task: "Training",
            done: epoch * documents.length + done,
            total,
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
        },
      );
      const report: EpochReport = {
        epoch: epoch + 1,
        train,
        ...(heldOut.length > 0 && { heldOut: trainer.evaluate(heldOut) }),
      };
      history.push(report);
      if (bestEpoch() === history.length) [best, bestVectors] = [trainer.model, trainer.vectors];
      if (checkpoint) {
        const { weights, velocity, average } = trainer.state;
        const sets = [weights, velocity, average, best];
        const { vectorState } = trainer;
        const ofVectors = vectorState && {
          vectors: [
            vectorState.values,
            vectorState.squares,
            Float32Array.from(vectorsToArray(bestVectors)),
          ],
        };
        await writeCheckpoint(checkpoint, { run, history, sets, ...ofVectors }, shape);
      }
      onEpoch?.(report);
    }
    const { reader } = options;
    const model = new WordCnn({
      ...best,
      classes,
      vocabulary,
      vectors: bestVectors,
      convolutions,
      ...(reader && { reader }),
    });
    return { model, bestEpoch: bestEpoch(), history, hyperparameters };
  } finally {
    trainer.stop();
  }
}
