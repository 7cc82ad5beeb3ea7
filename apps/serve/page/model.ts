/// <reference lib="dom" />
import { ModelWorkerQueue } from "./model_worker_queue.ts";
import type { ModelInfo } from "./protocol.ts";
import type { OnBytes, PageSource } from "./source.ts";

/** The workers of the page: one for the scores, one for each heatmap. */
export interface ModelWorkers {
  /** What is known of the model. */
  readonly info: ModelInfo;
  /** Answers what must never wait. */
  readonly scores: ModelWorkerQueue;
  /** One for each heatmap; the second starts when it is first used. */
  readonly panels: readonly [ModelWorkerQueue, ModelWorkerQueue];
  /** For the scores of many texts; it starts when it is first used. */
  readonly texts: ModelWorkerQueue;
  /** Ends them. */
  end(): void;
}

/**
 * Gets the model and opens it in workers. Script and model are kept, so that a worker can be
 * started again when the server is gone.
 *
 * @param source Where they come from.
 * @param onBytes Called with how many bytes are there.
 * @returns The workers.
 * @throws {Error} If something cannot be had, or a worker does not start.
 */
export async function openModel(source: PageSource, onBytes: OnBytes): Promise<ModelWorkers> {
  const [script, files, punkt] = await Promise.all([
    source.worker(),
    source.files(onBytes),
    source.punkt(),
  ]);
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const factory = {
    worker: () => new Worker(url),
    open: { files, punkt, origin: location.origin },
  };
  const [scores, texts] = [new ModelWorkerQueue(factory), new ModelWorkerQueue(factory)];
  const panels = [new ModelWorkerQueue(factory), new ModelWorkerQueue(factory)] as const;
  const end = () => {
    for (const queue of [scores, texts, ...panels]) queue.end();
    URL.revokeObjectURL(url);
  };
  try {
    const [info] = await Promise.all([scores.open(), panels[0].open()]);
    return { info, scores, texts, panels, end };
  } catch (error) {
    end();
    throw error;
  }
}
