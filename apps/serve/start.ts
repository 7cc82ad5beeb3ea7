import { loadPlugins } from "../opening/plugins.ts";
import { defined } from "../cli/flag.ts";
import { loadModel, modelPath, sayNote } from "../opening/model.ts";
import { ModelHost } from "@heatword/core/remote";
import { Child } from "./_child.ts";
import { Corpora } from "./_corpora.ts";
import { isEveryAddress, openedBy } from "./_guard.ts";
import { listen } from "./_listen.ts";
import { bracketed } from "./_listen_error.ts";
import { openData } from "./own_texts.ts";
import { pageModel } from "./_model_files.ts";
import { ProcessPool } from "./_process_pool.ts";
import type { ServeSettings } from "./_settings.ts";
import { makeApp } from "./app.ts";
import { bundlePage } from "./bundle.ts";

/** A server that runs. */
export interface Running {
  /** Where it is. */
  readonly url: string;
  /** Ends it; requests that are being answered are answered. */
  stop(): Promise<void>;
}

const maxBytes = 2 ** 20;
const maxCharacters = 100_000;

/**
 * Starts the server.
 *
 * @param settings How to serve.
 * @returns The server, when it answers.
 * @throws {Error} If there is no model, the page does not bundle, or the port is taken.
 */
export async function startServer(settings: ServeSettings): Promise<Running> {
  const { host, port, allowedHosts, plugins, workers, timeLimit, waitLimit } = settings;
  const { bodyTimeout = 10_000 } = settings;
  await loadPlugins(plugins);
  const model = await modelPath(defined({ model: settings.model }));
  const { data, own } = await openData(settings, model);
  const folder = await pageModel(model);
  // A model that runs in no browser is opened once, here: the page and the processes ask for scores.
  const remote = folder.format === "remote"
    ? await loadModel({ ...defined({ limits: settings.limits }), model, data })
    : undefined;
  const modelHost = remote && new ModelHost(remote);
  const setup = { model, data, plugins, ...(modelHost && { remote: modelHost.about }) };
  const [scripts, pool] = await Promise.all([
    bundlePage(folder, plugins),
    ProcessPool.start({
      size: workers,
      timeLimit,
      waitLimit,
      setup,
      start: () => Child.start(modelHost),
    }),
  ]).catch(async (error) => {
    await remote?.close?.();
    throw error;
  });
  for (const note of pool.about.notes) sayNote(note);
  try {
    const app = await makeApp({
      hosts: [bracketed(host), "127.0.0.1", "localhost", "[::1]", ...allowedHosts],
      anyAddress: isEveryAddress(host),
      model: folder,
      data,
      scripts,
      ...(modelHost && { host: modelHost }),
      corpora: new Corpora(data, own),
      pool,
      timeLimit,
      waitLimit,
      body: { maxBytes, timeout: bodyTimeout },
      maxCharacters,
    });
    const listener = listen(host, port, (request, gone) => app.fetch(request, { gone }));
    const stop = async () => {
      await pool.close();
      await listener.stop();
      await remote?.close?.();
    };
    return { url: `http://${bracketed(openedBy(host))}:${listener.port}/`, stop };
  } catch (error) {
    await pool.close();
    await remote?.close?.();
    throw error;
  }
}
