import { processorTime } from "./_measure.ts";
import { shareWordCnn, type WordCnn } from "@heatword/core/word-cnn";

/** What a worker of the benchmark explains. */
export interface WorkerTask {
  /** The texts, as rows of the vocabulary or as words with blanks between. */
  readonly texts: readonly (Int32Array | string)[];
}

/** Milliseconds by the clock, and of all processors together. */
export interface Timing {
  readonly clock: number;
  readonly processor: number;
}

/**
 * Explains texts for all classes by LRP, in several workers that share a model.
 *
 * @returns Times for all texts together, without starting the workers: of the first round, in which
 * words are projected, and of the best.
 */
export async function timeInWorkers(
  model: WordCnn,
  texts: readonly (Int32Array | string)[],
  count: number,
): Promise<{ first: Timing; best: Timing }> {
  const shared = shareWordCnn(model);
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./_explain_worker.ts", import.meta.url), { type: "module" }),
  );
  const answers = () =>
    Promise.all(workers.map((worker) =>
      new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
      })
    ));
  try {
    let ready = answers();
    for (const worker of workers) worker.postMessage(shared);
    await ready;
    const timings: Timing[] = [];
    for (let round = 0; round < 4; round++) {
      ready = answers();
      const [clock, processor] = [performance.now(), processorTime()];
      workers.forEach((worker, i) => {
        const part = texts.filter((_, j) => j % count === i);
        worker.postMessage({ texts: part } satisfies WorkerTask);
      });
      await ready;
      timings.push({
        clock: performance.now() - clock,
        processor: processorTime() - processor,
      });
    }
    const best = timings.reduce((a, b) => a.clock < b.clock ? a : b);
    return { first: timings[0]!, best };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
