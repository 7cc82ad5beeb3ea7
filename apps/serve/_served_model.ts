import type { ModelFolder } from "@heatword/core/models";
import { ModelHost } from "@heatword/core/remote";
import { defined } from "../cli/flag.ts";
import { loadModel, type Say } from "../opening/model.ts";
import type { ModelLimits } from "../opening/model_limits.ts";
import { Child } from "./_child.ts";
import { discreetModel } from "./_discreet_model.ts";
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
  // What clients are told must not hold its address or command; the terminal has it in full.
  const onFault = (message: string) => console.error(`error: ${name}: ${message}`);
  const host = remote && new ModelHost(discreetModel(remote, { spec: model, name, onFault }));
  const setup = { model, data, plugins, ...(host && { remote: host.about }) };
  const [bundled, started] = await Promise.allSettled([
    bundleWorker(folder, plugins),
    ProcessPool.start({
      size: workers,
      timeLimit,
      waitLimit,
      setup,
      start: () => Child.start(host),
    }),
  ]);
  // The processes ask the model, so they end before it.
  const close = async () => {
    if (started.status === "fulfilled") await started.value.close();
    await remote?.close?.();
  };
  if (bundled.status === "rejected" || started.status === "rejected") {
    await close();
    throw failureOf([bundled, started]);
  }
  const { value: pool } = started;
  for (const note of pool.about.notes) onNotice(note);
  return { name, folder, worker: bundled.value, pool, close, ...(host && { host }) };
}

/** Why some of several things failed: each reason, once. */
function failureOf(results: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = results.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
  const messages = new Set(reasons.map((reason) => (reason as Error)?.message ?? String(reason)));
  return messages.size === 1
    ? reasons[0]
    : new AggregateError(reasons, [...messages].join("; and: "));
}

/**
 * Opens several models at once; where one cannot be opened, the others are let go.
 *
 * @param all Which, and how.
 * @throws {Error} If one cannot be opened; where several cannot, an `AggregateError` that tells of each.
 */
export async function serveModels(all: readonly ServedModelOptions[]): Promise<ServedModel[]> {
  const opened = await Promise.allSettled(all.map(serveModel));
  const models = opened.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
  if (models.length === all.length) return models;
  await Promise.all(models.map((model) => model.close()));
  throw failureOf(opened);
}
