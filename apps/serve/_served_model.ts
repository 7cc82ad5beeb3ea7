import type { ModelFolder } from "@heatword/core/models";
import { ModelHost } from "@heatword/core/remote";
import { defined } from "../cli/flag.ts";
import { loadModel, type Say } from "../opening/model.ts";
import type { ModelLimits } from "../opening/model_limits.ts";
import { Child } from "./_child.ts";
import { pageModel } from "./_model_files.ts";
import { ProcessPool } from "./_process_pool.ts";
import { bundleWorker } from "./bundle.ts";

/** A model that the server has: for the page, which runs it where a browser can, and for the API. */
export interface ServedModel {
  /** Its name. */
  readonly name: string;
  /** Its files. */
  readonly folder: ModelFolder;
  /** The script of the page's workers that run it. */
  readonly worker: string;
  /** Answers for it where no browser runs it. */
  readonly host?: ModelHost;
  /** What explains by it for the API. */
  readonly pool: ProcessPool;
  /** Ends its processes, and lets it go. */
  close(): Promise<void>;
}

/** Which model is served, and how. */
export interface ServedModelOptions {
  /** What was given as the model. */
  readonly model: string;
  /** Its name. */
  readonly name: string;
  /** The data folder. */
  readonly data: string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How it is asked, where it is a server or a program. */
  readonly limits?: ModelLimits;
  /** How many workers answer the API. */
  readonly workers: number;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
  /** Told what people should know of it. */
  readonly onNotice: Say;
}

/**
 * Opens a model for the page and the API.
 *
 * @param options Which, and how.
 * @throws {Error} If it cannot be opened.
 */
export async function serveModel(options: ServedModelOptions): Promise<ServedModel> {
  const { model, name, data, plugins, limits, workers, timeLimit, waitLimit, onNotice } = options;
  const folder = await pageModel(model);
  // A model that runs in no browser is opened once, here: the page and the processes ask for scores.
  const remote = folder.format === "remote"
    ? await loadModel({ ...defined({ limits }), model, data }, onNotice)
    : undefined;
  const host = remote && new ModelHost(remote);
  const setup = { model, data, plugins, ...(host && { remote: host.about }) };
  try {
    const [worker, pool] = await Promise.all([
      bundleWorker(folder, plugins),
      ProcessPool.start({
        size: workers,
        timeLimit,
        waitLimit,
        setup,
        start: () => Child.start(host),
      }),
    ]);
    for (const note of pool.about.notes) onNotice(note);
    const close = async () => {
      await pool.close();
      await remote?.close?.();
    };
    return { name, folder, worker, pool, close, ...(host && { host }) };
  } catch (error) {
    await remote?.close?.();
    throw error;
  }
}

/**
 * Opens several models at once; where one cannot be opened, the others are let go.
 *
 * @param all Which, and how.
 * @throws {Error} If one cannot be opened.
 */
export async function serveModels(all: readonly ServedModelOptions[]): Promise<ServedModel[]> {
  const opened = await Promise.allSettled(all.map(serveModel));
  const failed = opened.find(({ status }) => status === "rejected");
  const models = opened.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
  if (failed === undefined) return models;
  await Promise.all(models.map((model) => model.close()));
  throw (failed as PromiseRejectedResult).reason;
}
