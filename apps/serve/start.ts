import { findData } from "@heatword/datasets/folders";
import { loadPlugins } from "../opening/plugins.ts";
import { modelPath, sayNote } from "../opening/model.ts";
import { Corpora } from "./_corpora.ts";
import { isEveryAddress, openedBy } from "./_guard.ts";
import { listen } from "./_listen.ts";
import { bracketed } from "./_listen_error.ts";
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
  const model = await modelPath(settings);
  const data = findData(settings.data);
  const setup = { model, data, plugins };
  const folder = await pageModel(model);
  const [scripts, pool] = await Promise.all([
    bundlePage(folder, plugins),
    ProcessPool.start({ size: workers, timeLimit, waitLimit, setup }),
  ]);
  for (const note of pool.about.notes) sayNote(note);
  try {
    const app = await makeApp({
      hosts: [bracketed(host), "127.0.0.1", "localhost", "[::1]", ...allowedHosts],
      anyAddress: isEveryAddress(host),
      model: folder,
      data,
      scripts,
      corpora: new Corpora(data),
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
    };
    return { url: `http://${bracketed(openedBy(host))}:${listener.port}/`, stop };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
