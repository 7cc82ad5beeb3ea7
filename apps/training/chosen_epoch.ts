import { formatPercent } from "@heatword/core/counts";
import { firstReading, type OnProgress, openReader, type TextReader } from "@heatword/core";
import type { EpochReport } from "@heatword/core/word-cnn";
import type { CompactDocument, TrainingCorpus } from "@heatword/datasets/corpus";
import { holdOut } from "./held_out.ts";
import type { TrainingContext } from "./context.ts";
import { loadKept } from "./kept.ts";

/** What is kept with a model whose epoch was chosen, of how it was trained. */
export interface EpochRecord<H> {
  /** The epoch that was best on the held-out documents. */
  readonly bestEpoch: number;
  /** How each epoch did, with the held-out documents held out. */
  readonly history: readonly EpochReport[];
  /** All hyper-parameters. */
  readonly hyperparameters: H;
  /** The seed. */
  readonly seed: number;
  /** How many documents were held out while the epoch was chosen. */
  readonly heldOut: number;
  /** How many documents the final model learned from. */
  readonly documents: number;
}

/** A model whose epoch was chosen, and how it came about. */
export interface ChosenModel<M, H> {
  /** The model. */
  readonly model: M;
  /** The folder it is in. */
  readonly folder: string;
  /** What the training found, as it is kept with the model. */
  readonly training: EpochRecord<H>;
}

/** What every training is told. */
export interface EpochTraining<D> {
  readonly classes: readonly string[];
  readonly documents: readonly D[];
  readonly heldOut?: readonly D[];
  readonly lastEpoch?: number;
  readonly seed: number;
  readonly threads: number;
  readonly reader: TextReader;
  readonly checkpoint: string;
  readonly onProgress: OnProgress;
}

/** How a kind of model is trained and kept. */
export interface EpochTrainer<M, D, H> {
  /** The name of the kind, as files in the cache have it. */
  readonly kind: string;
  /** A digest of everything that shapes the model. */
  readonly key: string;
  /** What stands before notices. @default {""} */
  readonly label?: string;
  /** What is learned of a document. */
  readonly labelled: (document: CompactDocument) => D;
  readonly train: (training: EpochTraining<D>) => Promise<{
    readonly model: M;
    readonly bestEpoch: number;
    readonly history: readonly EpochReport[];
    readonly hyperparameters: H;
  }>;
  readonly load: (folder: string) => Promise<{
    readonly model: M;
    readonly training: Readonly<Record<string, unknown>>;
  }>;
  readonly save: (
    folder: string,
    model: M,
    about: { readonly training: Readonly<Record<string, unknown>> },
  ) => Promise<void>;
}

/**
 * Trains a model, or takes it out of the cache. The epoch is chosen on documents that are held out;
 * then all documents are learned up to that epoch. A run that was stopped resumes after its last
 * completed epoch.
 *
 * @param corpus What to train on.
 * @param trainer How this kind of model is trained and kept.
 * @param context How to train.
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function trainToChosenEpoch<M, D, H>(
  corpus: TrainingCorpus,
  { kind, key, label = "", labelled, train, load, save }: EpochTrainer<M, D, H>,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<ChosenModel<M, H>> {
  const { recipe, seed, workers, cache, onProgress, reading = firstReading } = context;
  const folder = `${cache}/models/${kind}-${key}`;
  const kept = await loadKept(() => load(folder));
  if (kept) {
    onNotice(`${label}from the cache`);
    return { model: kept.model, folder, training: kept.training as unknown as EpochRecord<H> };
  }
  const [learned, heldOut] = holdOut(corpus, recipe.heldOut).map((part) => part.map(labelled));
  const checkpoints = `${cache}/checkpoints/${kind}-${key}`;
  const common = (end: string, task: string) => ({
    classes: corpus.classes,
    seed,
    threads: workers,
    checkpoint: `${checkpoints}-${end}`,
    onProgress: (progress: Parameters<OnProgress>[0]) => onProgress({ ...progress, task }),
  });
  const reader = await openReader(reading);
  const choice = heldOut!.length === 0 ? undefined : await train({
    ...common("choice", "Training to choose the epoch"),
    reader,
    documents: learned!,
    heldOut: heldOut!,
  });
  const final = await train({
    ...common("final", "Training on all documents"),
    reader,
    documents: corpus.train.map(labelled),
    ...(choice && { lastEpoch: choice.bestEpoch }),
  });
  const { model } = final;
  const { bestEpoch, history, hyperparameters } = choice ?? final;
  const training: EpochRecord<H> = {
    bestEpoch,
    history,
    hyperparameters,
    seed,
    heldOut: heldOut!.length,
    documents: corpus.train.length,
  };
  await save(folder, model, { training: { ...training } });
  for (const end of ["choice", "final"]) {
    await Deno.remove(`${checkpoints}-${end}`, { recursive: true }).catch(() => {});
  }
  const best = history[bestEpoch - 1]?.heldOut?.accuracy;
  if (best !== undefined) {
    onNotice(`${label}held-out accuracy ${formatPercent(best)} at epoch ${bestEpoch}`);
  }
  return { model, folder, training };
}
