import { loadPlugins } from "../opening/plugins.ts";
import { sayNote } from "../opening/model.ts";
import { modelPaths } from "../opening/model_paths.ts";
import { Corpora } from "./_corpora.ts";
import { isEveryAddress, openedBy } from "./_guard.ts";
import { listen } from "./_listen.ts";
import { bracketed } from "./_listen_error.ts";
import { modelNames } from "./_model_names.ts";
import { serveModels } from "./_served_model.ts";
import type { ServeSettings } from "./_settings.ts";
import { makeApp } from "./app.ts";
import { bundleMain } from "./bundle.ts";
import { openData } from "./own_texts.ts";

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
  const { host, port, allowedHosts, timeLimit, waitLimit, bodyTimeout = 10_000 } = settings;
  await loadPlugins(settings.plugins);
  const paths = await modelPaths(settings);
  const { data, own } = await openData(settings, ...paths);
  const names = modelNames(paths);
  const main = await bundleMain();
  const models = await serveModels(paths.map((model, i) => ({
    ...settings,
    model,
    name: names[i]!,
    data,
    onNotice: (note) => sayNote(paths.length > 1 ? `${names[i]}: ${note}` : note),
  })));
  const close = () => Promise.all(models.map((model) => model.close()));
  try {
    const app = await makeApp({
      hosts: [bracketed(host), "127.0.0.1", "localhost", "[::1]", ...allowedHosts],
      anyAddress: isEveryAddress(host),
      models,
      data,
      main,
      corpora: new Corpora(data, own),
      timeLimit,
      waitLimit,
      body: { maxBytes, timeout: bodyTimeout },
      maxCharacters,
    });
    const listener = listen(host, port, (request, gone) => app.fetch(request, { gone }));
    const stop = async () => {
      // What is explained is refused first, so that nobody waits for it.
      await Promise.all(models.map(({ pool }) => pool.close()));
      await listener.stop();
      await close();
    };
    return { url: `http://${bracketed(openedBy(host))}:${listener.port}/`, stop };
  } catch (error) {
    await close();
    throw error;
  }
}
