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
  /** How many texts were held out to choose that epoch by. */
  readonly heldOut?: number;
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
  /** Texts to choose that epoch by, and those to learn from meanwhile. @default {`lastEpoch`} */
  choose?(): {
    readonly documents: readonly MarkedWords[];
    readonly heldOut: readonly MarkedWords[];
  };
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
 * @returns The model, and the epoch up to which it learned.
 */
export async function retrained(
  retraining: Retraining,
): Promise<{ readonly model: WordCnn; readonly bestEpoch: number }> {
  const { like, folder, hyperparameters, seed, workers, task } = retraining;
  const load = async () => {
    const { model, training } = await loadWordCnn(folder);
    return { model, bestEpoch: training.bestEpoch as number };
  };
  const kept = await loadKept(load);
  if (kept) return kept;
  const { vocabulary = like.vocabulary, vectors = like.vectors } = await retraining.begin?.() ??
    retraining;
  const checkpoints: string[] = [];
  const train = (
    documents: readonly MarkedWords[],
    task: string,
    end: string,
    more: { readonly heldOut?: readonly MarkedWords[]; readonly lastEpoch?: number },
  ) => {
    const checkpoint = `${folder}-${end}`;
    checkpoints.push(checkpoint);
    const rowsOf = ({ label, words, marked }: MarkedWords) => ({
      label,
      rows: Int32Array.from(words, (word) => vocabulary.row(word)),
      ...(marked && { marked }),
    });
    return trainWordCnn({
      classes: like.classes,
      vocabulary,
      vectors,
      hyperparameters,
      seed,
      threads: workers,
      reader: like.reader,
      documents: documents.map(rowsOf),
      ...(retraining.start && { start: retraining.start }),
      ...(more.lastEpoch !== undefined && { lastEpoch: more.lastEpoch }),
      ...(more.heldOut && { heldOut: more.heldOut.map(rowsOf) }),
      ...(!hyperparameters.vectorRate && { checkpoint }),
      onProgress: (progress) => retraining.onProgress({ ...progress, task }),
    });
  };
  const choice = retraining.choose?.();
  const chosen = choice &&
    await train(choice.documents, `${task}: choosing the epoch`, "choice", {
      heldOut: choice.heldOut,
    });
  const lastEpoch = chosen?.bestEpoch ?? retraining.lastEpoch;
  const { model, history } = await train(retraining.documents(), task, "checkpoint", {
    ...(lastEpoch !== undefined && { lastEpoch }),
  });
  const type = like.vectors.type === "int8" && !hyperparameters.vectorRate ? "int8" : "float32";
  await saveWordCnn(folder, model, {
    vectors: type,
    training: { hyperparameters, seed, bestEpoch: history.length },
  });
  for (const path of checkpoints) await Deno.remove(path, { recursive: true }).catch(() => {});
  return await load();
}
