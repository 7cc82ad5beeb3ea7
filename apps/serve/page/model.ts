/// <reference lib="dom" />
import { Lane } from "./lane.ts";
import type { ModelInfo } from "./protocol.ts";
import type { OnBytes, PageSource } from "./source.ts";

/** The workers of the page: one for the scores, one for each heatmap. */
export interface ModelLanes {
  /** What is known of the model. */
  readonly info: ModelInfo;
  /** Answers what must never wait. */
  readonly scores: Lane;
  /** One for each heatmap; the second starts when it is first used. */
  readonly panels: readonly [Lane, Lane];
  /** Ends them. */
  end(): void;
}

/**
 * Gets the model and opens it in workers. Script and model are kept, so that a worker can be
 * started again when the server is gone.
 *
 * @param source Where they come from.
 * @param onBytes Told how far it is.
 * @returns The workers.
 * @throws {Error} If something cannot be had, or a worker does not start.
 */
export async function openModel(source: PageSource, onBytes: OnBytes): Promise<ModelLanes> {
  const [script, files, punkt] = await Promise.all([
    source.worker(),
    source.files(onBytes),
    source.punkt(),
  ]);
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const hire = { worker: () => new Worker(url), open: { files, punkt } };
  const scores = new Lane(hire);
  const panels = [new Lane(hire), new Lane(hire)] as const;
  const end = () => {
    for (const lane of [scores, ...panels]) lane.end();
    URL.revokeObjectURL(url);
  };
  try {
    const [info] = await Promise.all([scores.open(), panels[0].open()]);
    return { info, scores, panels, end };
  } catch (error) {
    end();
    throw error;
  }
}
