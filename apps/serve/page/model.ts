/// <reference lib="dom" />
import { ModelWorkerQueue } from "./model_worker_queue.ts";
import type { ModelInfo } from "./protocol.ts";
import type { ModelSource, OnBytes, PageSource } from "./source.ts";

/** A model on the page, with its workers: one for the scores, one for each heatmap. */
export interface PageModel {
  /** Its name. */
  readonly name: string;
  /** What is known of it. */
  readonly info: ModelInfo;
  /** Answers what must never wait. */
  readonly scores: ModelWorkerQueue;
  /** One for each heatmap; each starts when it is first used. */
  readonly panels: readonly [ModelWorkerQueue, ModelWorkerQueue];
  /** For the scores of many texts; it starts when it is first used. */
  readonly texts: ModelWorkerQueue;
  /** Ends them. */
  end(): void;
}

/**
 * Gets a model and opens it in workers. Script and files are kept, so that a worker can be started
 * again when the server is gone.
 *
 * @param source Where they come from.
 * @param punkt What Punkt knows.
 * @param panel The heatmap that it is first used for.
 * @param onBytes Called with how many bytes are there.
 */
async function openModel(
  source: ModelSource,
  punkt: ReturnType<PageSource["punkt"]>,
  panel: 0 | 1,
  onBytes: OnBytes,
): Promise<PageModel> {
  const { name, base } = source;
  const [script, files, tables] = await Promise.all([
    source.worker(),
    source.files(onBytes),
    punkt,
  ]);
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const factory = { worker: () => new Worker(url), open: { files, punkt: tables, base } };
  const [scores, texts] = [new ModelWorkerQueue(factory), new ModelWorkerQueue(factory)];
  const panels = [new ModelWorkerQueue(factory), new ModelWorkerQueue(factory)] as const;
  const end = () => {
    for (const queue of [scores, texts, ...panels]) queue.end();
    URL.revokeObjectURL(url);
  };
  try {
    const [info] = await Promise.all([scores.open(), panels[panel].open()]);
    return { name, info, scores, texts, panels, end };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Gets the models of the page and opens them.
 *
 * @param source Where they come from.
 * @param onBytes Called with how many bytes of all of them are there.
 * @returns The model, and the one that is compared with it where there is one.
 * @throws {Error} If something cannot be had, or a worker does not start.
 */
export async function openModels(source: PageSource, onBytes: OnBytes): Promise<PageModel[]> {
  const punkt = source.punkt();
  // Whoever waits for it is told.
  punkt.catch(() => {});
  const sources = await source.models();
  const bytes = sources.map((): [done: number, total: number] => [0, 0]);
  const opening = sources.map((one, i) =>
    openModel(one, punkt, i === 0 ? 0 : 1, (done, total) => {
      bytes[i] = [done, total];
      onBytes(
        bytes.reduce((sum, [done]) => sum + done, 0),
        bytes.reduce((sum, [, total]) => sum + total, 0),
      );
    })
  );
  try {
    return await Promise.all(opening);
  } catch (error) {
    for (const one of opening) one.then(({ end }) => end(), () => {});
    throw error;
  }
}
