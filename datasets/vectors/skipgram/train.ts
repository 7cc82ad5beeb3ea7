import { NamedVectors } from "../named_vectors.ts";
import { readCheckpoint, writeCheckpoint } from "./_checkpoint.ts";
import { numberWords } from "../numbered_text.ts";
import { type Place, SkipgramTrainer } from "./_trainer.ts";
import { skipgramDefaults, type TrainSkipgramOptions } from "./options.ts";
import { trainingText } from "../training_text.ts";

/** How long timers and signals may have to wait, in milliseconds. */
const TURN = 100;

/** Where a training that is killed or stopped leaves what it needs to resume. */
export interface SkipgramCheckpoint {
  /** The file. */
  readonly path: string;
  /** What tells this training from others: a digest of text and options. */
  readonly run: string;
  /** Seconds of training from one checkpoint to the next. @default {30} */
  readonly every?: number;
}

/**
 * Trains word vectors by skip-gram with negative sampling (Mikolov et al., "Distributed
 * Representations of Words", 2013), on all processors.
 *
 * For each word w that is not left out, the vectors v of the words around it are moved up the gradient
 * of Σ_v [ln σ(v · o_w) + Σ_k ln σ(−v · o_k)], and the output rows o of the word and of `negatives`
 * noise words k, which all of its contexts share (Ji et al., "Parallelizing Word2Vec in Shared and
 * Distributed Memory", 2016), likewise. Words are left out with word2vec's chance for their share of
 * the text; noise words are drawn by the square root of theirs, as fastText does. A fixed number of
 * parts of the text is learned from at the same time, and what each has moved is added up in a fixed
 * order: the same texts and options give the same bytes on every machine, with any number of workers.
 *
 * @param texts The words of each text; words of two texts are never each other's context.
 * @param options How to train.
 * @returns The vectors of all words seen at least `minCount` times, the most frequent first, `[V, D]`.
 * @throws {RangeError} If an option makes no sense, no word is frequent enough, or the vectors need
 * more than the 4 GiB of a memory.
 * @throws {SyntaxError} If a word is empty or holds white space.
 *
 * @example
 * ```ts
 * import { trainSkipgram } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = [["the", "moon", "and", "the", "sun"], ["the", "moon"]];
 * const vectors = await trainSkipgram(texts, { dimensions: 4, minCount: 2, subsample: 1 });
 * assertEquals(vectors.words, ["the", "moon"]);
 * assertEquals(vectors.matrix.length, 2 * 4);
 * ```
 */
export function trainSkipgram(
  texts: Iterable<readonly string[]>,
  options: TrainSkipgramOptions = {},
): Promise<NamedVectors> {
  return trainOnText(trainingText(texts), options);
}

/**
 * As {@linkcode trainSkipgram}, on lines that {@linkcode trainingText} wrote.
 *
 * @param text The lines.
 * @param options How to train.
 * @param checkpoint Where to resume from, and where to write how far it is: now and then, and when the
 * signal stops it. @default {nothing is written}
 * @throws {SyntaxError} If the checkpoint is damaged.
 */
export async function trainOnText(
  text: Uint8Array,
  options: TrainSkipgramOptions,
  checkpoint?: SkipgramCheckpoint,
): Promise<NamedVectors> {
  const full = skipgramDefaults(options);
  const { workers = navigator.hardwareConcurrency, onProgress } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`Cannot train with workers ${workers}: give a positive whole number`);
  }
  options.signal?.throwIfAborted();
  const numbered = numberWords(text, full.minCount);
  const { words, total } = numbered;
  if (words.length === 0) {
    throw new RangeError(`Cannot train word vectors: no word is there ${full.minCount} times`);
  }
  const report = (epochs: number, loss?: number) =>
    onProgress?.({
      task: "Training word vectors",
      done: Math.round(epochs * total),
      total: total * full.epochs,
      unit: "words",
      ...(loss !== undefined && { figures: { loss } }),
    });
  report(0);
  const trainer = await SkipgramTrainer.start(numbered, full, workers);
  try {
    const place = await begin(trainer, checkpoint);
    await pursue(trainer, place, options, checkpoint, report);
    report(full.epochs);
    return new NamedVectors(words, trainer.vectors(), full.dimensions);
  } finally {
    trainer.stop();
  }
}

/** Takes the rows out of a checkpoint, or draws the first ones; how far the training is then. */
async function begin(trainer: SkipgramTrainer, checkpoint?: SkipgramCheckpoint): Promise<Place> {
  const { path, run } = checkpoint ?? {};
  const place = path !== undefined && run !== undefined
    ? await readCheckpoint(path, trainer, run)
    : undefined;
  if (place) return place;
  trainer.initialize();
  return { epoch: 0, round: 0 };
}

/** Trains to the end; lets timers and signals have their turn, and tells how far it is. */
async function pursue(
  trainer: SkipgramTrainer,
  place: Place,
  { signal }: TrainSkipgramOptions,
  checkpoint: SkipgramCheckpoint | undefined,
  report: (epochs: number, loss: number) => void,
): Promise<void> {
  const every = 1000 * (checkpoint?.every ?? 30);
  let turn = performance.now();
  let saved = turn;
  let [loss, pairs] = [0, 0];
  for (const { epoch, round, done, ...found } of trainer.rounds(place)) {
    loss += found.loss;
    pairs += found.pairs;
    if (performance.now() - turn < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (checkpoint && (signal?.aborted || performance.now() - saved >= every)) {
      await writeCheckpoint(checkpoint.path, trainer, checkpoint.run, { epoch, round });
      saved = performance.now();
    }
    signal?.throwIfAborted();
    report(done, loss / Math.max(1, pairs));
    [loss, pairs] = [0, 0];
    turn = performance.now();
  }
}
