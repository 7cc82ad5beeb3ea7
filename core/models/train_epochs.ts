import type { OnProgress } from "../progress.ts";
import type { EpochReport } from "./word_cnn/training/epoch_report.ts";
import type { Metrics } from "./word_cnn/training/labelled_rows.ts";

/** How a training goes from epoch to epoch. */
export interface EpochOptions {
  /** How many documents are learned from in each epoch. */
  readonly documents: number;
  /** Whether documents are held out, by which the best epoch is chosen. */
  readonly isHeldOut: boolean;
  /** Stop after this epoch. */
  readonly lastEpoch: number;
  /** A file for checkpoints. */
  readonly checkpoint?: string | undefined;
  /** Called with progress after each batch. */
  readonly onProgress?: OnProgress | undefined;
  /** Called after each epoch. */
  readonly onEpoch?: ((report: EpochReport) => void) | undefined;
  /** Ends the training early, with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** What is done in an epoch, and with what came of it. */
export interface EpochSteps<C extends { readonly history: readonly EpochReport[] }> {
  /** Begins with nothing learned; what there is then is the best so far. */
  begin(): void;
  /** Reads the checkpoint; nothing where there is none, or it is of another run. */
  read(checkpoint: string): Promise<C | undefined>;
  /** Takes up what a checkpoint has: the state after its last epoch, and what was best. */
  resume(checkpoint: C): void;
  /** Learns from all documents once; `onBatch` is told how many are done, and how well. */
  learn(
    epoch: number,
    onBatch: (done: number, metrics: Metrics) => Promise<void>,
  ): Promise<Metrics>;
  /** Classifies the held-out documents. */
  evaluate(): Metrics;
  /** Takes what is learned now as the best. */
  keepBest(): void;
  /** Writes a checkpoint. */
  write(checkpoint: string, history: readonly EpochReport[]): Promise<void>;
}

/** How long timers and signals may have to wait, in milliseconds. */
const TURN = 100;

/** The epoch that was best on the held-out documents, the first of equals; without any, the last. */
function bestOf(history: readonly EpochReport[], isHeldOut: boolean): number {
  if (!isHeldOut) return history.length;
  const accuracies = history.map(({ heldOut }) => heldOut!.accuracy);
  return 1 + accuracies.indexOf(Math.max(...accuracies));
}

/** Reports progress, lets timers and signals have their turn, and stops where one says so. */
function watchEpoch(
  { documents, lastEpoch, onProgress, signal }: EpochOptions,
  history: readonly EpochReport[],
) {
  const epoch = history.length;
  const held = history.at(-1)?.heldOut;
  let turn = performance.now();
  return async (done: number, { loss, accuracy }: Metrics) => {
    signal?.throwIfAborted();
    onProgress?.({
      task: "Training",
      done: epoch * documents + done,
      total: lastEpoch * documents,
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
 * The epochs of a checkpoint that count. One that went further than asked still has the best weights,
 * where those are of an epoch that counts; what came between is gone.
 *
 * @throws {RangeError} If the best weights of the epochs that count are gone.
 */
function countedEpochs(
  { history }: { readonly history: readonly EpochReport[] },
  { lastEpoch, isHeldOut, checkpoint }: EpochOptions,
): EpochReport[] {
  const counted = history.slice(0, lastEpoch);
  if (bestOf(counted, isHeldOut) === bestOf(history, isHeldOut)) return counted;
  throw new RangeError(
    `Cannot stop after epoch ${lastEpoch}: the checkpoint "${checkpoint}" is that of epoch ` +
      `${history.length}, and the weights of earlier epochs are gone; remove it to train anew, or ` +
      "name another",
  );
}

/**
 * Trains epoch after epoch, from the last checkpoint on where there is one, and keeps what is best on
 * the held-out documents.
 *
 * @param steps What is done in an epoch.
 * @param options When it ends, and whom it tells.
 * @returns All epochs, and the one that was best, the first of equals; without held-out documents, the
 * last.
 * @throws {RangeError} If the checkpoint is beyond the last epoch, and what was best until then is gone.
 * @throws {SyntaxError} If the checkpoint is damaged.
 */
export async function trainEpochs<C extends { readonly history: readonly EpochReport[] }>(
  steps: EpochSteps<C>,
  options: EpochOptions,
): Promise<{ readonly history: readonly EpochReport[]; readonly bestEpoch: number }> {
  const { isHeldOut, lastEpoch, checkpoint, onEpoch } = options;
  const saved = checkpoint === undefined ? undefined : await steps.read(checkpoint);
  const history = saved ? countedEpochs(saved, options) : [];
  if (saved) steps.resume(saved);
  else steps.begin();
  while (history.length < lastEpoch) {
    const train = await steps.learn(history.length, watchEpoch(options, history));
    const report: EpochReport = {
      epoch: history.length + 1,
      train,
      ...(isHeldOut && { heldOut: steps.evaluate() }),
    };
    history.push(report);
    if (bestOf(history, isHeldOut) === history.length) steps.keepBest();
    if (checkpoint !== undefined) await steps.write(checkpoint, history);
    onEpoch?.(report);
  }
  return { history, bestEpoch: bestOf(history, isHeldOut) };
}
