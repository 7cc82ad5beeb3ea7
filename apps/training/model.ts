import { firstReading, type OnProgress, openReader, type TextReading } from "@heatword/core";
import {
  type EpochReport,
  type Hyperparameters,
  loadWordCnn,
  plainVectors,
  saveWordCnn,
  trainWordCnn,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { lowerCaseWords, resolveVectors, wantedForms } from "@heatword/datasets/vectors";
import type { NamedVectors } from "@heatword/datasets/vectors";
import { createHash, type Hash } from "node:crypto";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { holdOut } from "./held_out.ts";

/** How everything is trained that is trained. */
export interface Recipe {
  /** Options of skip-gram that differ from their defaults. */
  readonly skipgram: Readonly<Record<string, number>>;
  /** The norm that word vectors are scaled to; as they come out of skip-gram, norms vary widely. */
  readonly norm: number;
  /** Hyper-parameters of the classifier that differ from their defaults. */
  readonly hyperparameters: Partial<Hyperparameters>;
  /** The part of the training documents that is held out to choose the epoch by. */
  readonly heldOut: number;
}

/** A classifier and how it came about. */
export interface TrainedModel {
  /** The model. */
  readonly model: WordCnn;
  /** The folder it is in. */
  readonly folder: string;
  /** What the training found, as it is kept with the model. */
  readonly training: TrainingRecord;
}

/** What is kept with a model of how it was trained. */
export interface TrainingRecord {
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

/** What the training needs beside the corpus. */
export interface TrainingContext {
  /** How to train. */
  readonly recipe: Recipe;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
  /** The folder for checkpoints and models. */
  readonly cache: string;
  /** How texts become words. @default {as those of 20Newsgroups} */
  readonly reading?: TextReading;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

function* documentsOf(compact: Iterable<CompactDocument>) {
  for (const document of compact) yield toDocument(document);
}

/**
 * Gets word vectors: trained on the training documents, out of the cache, or from a file, of which
 * only the words of the corpus are kept.
 */
export async function getVectors(
  corpus: TrainingCorpus,
  spec: string,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<{ vectors: NamedVectors; path: string }> {
  const { recipe, seed, workers, cache, onProgress } = context;
  return await resolveVectors(spec, {
    ...recipe.skipgram,
    seed,
    workers,
    cacheDir: cache,
    onProgress,
    onNotice: (note) => onNotice(`word vectors: ${note}`),
    texts: () => lowerCaseWords(documentsOf(corpus.train)),
    ...(spec !== "skipgram" && {
      wanted: new Set([
        ...wantedForms(documentsOf(corpus.train)),
        ...wantedForms(documentsOf(corpus.test)),
      ]),
    }),
  });
}

/** Scales every vector to one norm; a zero vector stays. */
export function scaledToNorm({ matrix, dimensions }: NamedVectors, norm: number): Float32Array {
  const scaled = new Float32Array(matrix.length);
  for (let start = 0; start < matrix.length; start += dimensions) {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += matrix[start + d]! ** 2;
    const factor = squares === 0 ? 0 : norm / Math.sqrt(squares);
    for (let d = 0; d < dimensions; d++) scaled[start + d] = matrix[start + d]! * factor;
  }
  return scaled;
}

/**
 * Begins a digest of everything that shapes a model.
 *
 * @param about What it is, and its settings; any JSON.
 * @param corpus What it is trained on.
 * @param context Seed, and how texts become words.
 */
export function startDigest(
  about: readonly unknown[],
  corpus: TrainingCorpus,
  { seed, reading }: Pick<TrainingContext, "seed" | "reading">,
): Hash {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([...about, seed, corpus.classes]));
  if (reading) hash.update(JSON.stringify(reading));
  for (const { label, words } of corpus.train) hash.update(`${label} ${words}\n`);
  if (corpus.validation) hash.update(`${corpus.validation.length} to choose by\n`);
  for (const { label, words } of corpus.validation ?? []) hash.update(`${label} ${words}\n`);
  return hash;
}

/** The first characters of a digest, as names of files have them. */
export function endDigest(hash: Hash): string {
  return hash.digest("hex").slice(0, 20);
}

function modelKey(corpus: TrainingCorpus, vectors: NamedVectors, context: TrainingContext): string {
  const hash = startDigest(["word-cnn", 1, context.recipe], corpus, context);
  hash.update(vectors.words.join("\n"));
  hash.update(
    new Uint8Array(vectors.matrix.buffer, vectors.matrix.byteOffset, vectors.matrix.byteLength),
  );
  return endDigest(hash);
}

/**
 * Trains the classifier, or takes it out of the cache. The epoch is chosen on documents that are
 * held out; then all documents are learned up to that epoch. A run that was stopped resumes
 * after its last completed epoch.
 *
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function getModel(
  corpus: TrainingCorpus,
  words: NamedVectors,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<TrainedModel> {
  const { recipe, seed, workers, cache, onProgress } = context;
  const key = modelKey(corpus, words, context);
  const folder = `${cache}/models/word-cnn-${key}`;
  try {
    const { model, training } = await loadWordCnn(folder);
    onNotice("from the cache");
    return { model, folder, training: training as unknown as TrainingRecord };
  } catch (error) {
    // A damaged model is trained again; whatever else is wrong would be wrong then too.
    if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
  }
  const vocabulary = new Vocabulary(words.words);
  const rowsOf = (document: CompactDocument) => ({
    label: document.label,
    rows: Int32Array.from(toDocument(document).tokens, ({ text }) => vocabulary.row(text)),
  });
  const documents = corpus.train.map(rowsOf);
  const [learned, heldOut] = holdOut(corpus, recipe.heldOut).map((part) => part.map(rowsOf));
  const common = {
    classes: corpus.classes,
    vocabulary,
    vectors: plainVectors(scaledToNorm(words, recipe.norm), words.dimensions),
    hyperparameters: recipe.hyperparameters,
    seed,
    threads: workers,
    reader: await openReader(context.reading ?? firstReading),
  };
  const checkpoints = `${cache}/checkpoints/word-cnn-${key}`;
  const choice = await trainWordCnn({
    ...common,
    onProgress: (progress) => onProgress({ ...progress, task: "Training to choose the epoch" }),
    documents: learned!,
    heldOut: heldOut!,
    checkpoint: `${checkpoints}-choice`,
  });
  const { model } = await trainWordCnn({
    ...common,
    onProgress: (progress) => onProgress({ ...progress, task: "Training on all documents" }),
    documents,
    lastEpoch: choice.bestEpoch,
    checkpoint: `${checkpoints}-final`,
  });
  const training: TrainingRecord = {
    bestEpoch: choice.bestEpoch,
    history: choice.history,
    hyperparameters: choice.hyperparameters,
    seed,
    heldOut: heldOut!.length,
    documents: documents.length,
  };
  await saveWordCnn(folder, model, { training: training as unknown as Record<string, unknown> });
  for (const end of ["choice", "final"]) {
    await Deno.remove(`${checkpoints}-${end}`, { recursive: true }).catch(() => {});
  }
  const best = choice.history[choice.bestEpoch - 1]?.heldOut?.accuracy;
  if (best !== undefined) {
    onNotice(`held-out accuracy ${(100 * best).toFixed(1)} % at epoch ${choice.bestEpoch}`);
  }
  return { model, folder, training };
}
