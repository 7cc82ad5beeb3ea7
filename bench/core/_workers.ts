import { shareWordCnn, type WordCnn } from "@heatword/core/word-cnn";

/** What a worker of the benchmark explains. */
export interface WorkerTask {
  /** The texts, as rows of the vocabulary or as words with blanks between. */
  readonly texts: readonly (Int32Array | string)[];
}

/**
 * Explains texts for all classes by LRP, in several workers that share a model.
 *
 * @returns Milliseconds for all texts together, without starting the workers: of the first round, in
 * which words are projected, and of the best.
 */
export async function timeInWorkers(
  model: WordCnn,
  texts: readonly (Int32Array | string)[],
  count: number,
): Promise<{ first: number; best: number }> {
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
    let first: number | undefined;
    let best = Infinity;
    for (let round = 0; round < 4; round++) {
      ready = answers();
      const start = performance.now();
      workers.forEach((worker, i) => {
        const part = texts.filter((_, j) => j % count === i);
        worker.postMessage({ texts: part } satisfies WorkerTask);
      });
      await ready;
      const time = performance.now() - start;
      first ??= time;
      best = Math.min(best, time);
    }
    return { first: first!, best };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
