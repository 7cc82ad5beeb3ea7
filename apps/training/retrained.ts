import type { OnProgress } from "@heatword/core";
import type { LabelledWords } from "@heatword/core/linear";
import {
  type EmbeddingTable,
  type Hyperparameters,
  loadWordCnn,
  type NetworkWeights,
  saveWordCnn,
  trainWordCnn,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { loadKept } from "./kept.ts";
import { fullRecipe } from "./recipe.ts";

/** What a word-CNN tells of its training, as far as it does. */
export interface Recorded {
  /** Its hyper-parameters. */
  readonly hyperparameters?: Partial<Hyperparameters>;
  /** The epoch up to which it learned. */
  readonly bestEpoch?: number;
  /** Its seed. */
  readonly seed?: number;
  /** How it was repaired, which training anew by its settings does not do again. */
  readonly repaired?: unknown;
}

/**
 * The hyper-parameters of a word-CNN: those it tells, else the project's recipe with its filters.
 *
 * @param model The model.
 * @param recorded What it tells of its training.
 */
export function hyperparametersOf(
  { filters, convolutions }: WordCnn,
  { hyperparameters = fullRecipe.hyperparameters }: Recorded,
): Partial<Hyperparameters> {
  return { ...hyperparameters, filters, widths: convolutions.map(({ width }) => width) };
}

/** A text to learn from, and which of its words are marked. */
export interface MarkedWords extends LabelledWords {
  /** For each word 1 where its relevance is penalised, else 0. @default {none is} */
  readonly marked?: readonly number[];
}

/** A word-CNN to train that reads texts as another does. */
export interface Retraining {
  /** The other one. */
  readonly like: WordCnn;
  /** The words that it is to know. @default {those of the other one} */
  readonly vocabulary?: Vocabulary;
  /** Their vectors. @default {those of the other one} */
  readonly vectors?: EmbeddingTable;
  /** Makes both; only called when there is something to train. @default {as they say} */
  begin?(): Promise<
    { readonly vocabulary: Vocabulary; readonly vectors: EmbeddingTable } | undefined
  >;
  /** How to train. */
  readonly hyperparameters: Partial<Hyperparameters>;
  /** The weights to start from. @default {drawn by the seed} */
  readonly start?: NetworkWeights;
  /** The epoch to stop after, though the schedule is for more. */
  readonly lastEpoch?: number;
  /** The seed. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
  /** The texts; only asked for when there is something to train. */
  documents(): readonly MarkedWords[];
  /** The folder where it is kept. */
  readonly folder: string;
  /** What progress is called. */
  readonly task: string;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/**
 * Trains a word-CNN, or takes it from where it was kept. What is given back always comes from
 * there, so that it is the same the first time and any other. A training that was stopped goes on
 * after its last epoch.
 *
 * @param retraining What to train.
 */
export async function retrained(retraining: Retraining): Promise<WordCnn> {
  const { like, folder, hyperparameters, lastEpoch, seed, workers, task } = retraining;
  const kept = await loadKept(() => loadWordCnn(folder));
  if (kept) return kept.model;
  const { vocabulary = like.vocabulary, vectors = like.vectors } = await retraining.begin?.() ??
    retraining;
  const checkpoint = `${folder}-checkpoint`;
  const { model, history } = await trainWordCnn({
    classes: like.classes,
    vocabulary,
    vectors,
    hyperparameters,
    seed,
    threads: workers,
    reader: like.reader,
    documents: retraining.documents().map(({ label, words, marked }) => ({
      label,
      rows: Int32Array.from(words, (word) => vocabulary.row(word)),
      ...(marked && { marked }),
    })),
    ...(retraining.start && { start: retraining.start }),
    ...(lastEpoch !== undefined && { lastEpoch }),
    ...(!hyperparameters.vectorRate && { checkpoint }),
    onProgress: (progress) => retraining.onProgress({ ...progress, task }),
  });
  const type = like.vectors.type === "int8" && !hyperparameters.vectorRate ? "int8" : "float32";
  await saveWordCnn(folder, model, {
    vectors: type,
    training: { hyperparameters, seed, bestEpoch: history.length },
  });
  await Deno.remove(checkpoint, { recursive: true }).catch(() => {});
  return (await loadWordCnn(folder)).model;
}
