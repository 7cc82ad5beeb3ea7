import { findCache } from "@heatword/datasets/folders";
import { resolve } from "node:path";
import type { ModelFolder } from "../opening/model_folder.ts";
import { pathToFileURL } from "node:url";

/** The scripts of the page, in JavaScript that imports nothing. */
export interface PageScripts {
  /** What the page itself runs: a module. */
  readonly main: string;
  /** What holds the model: a classic script, as pages from disk may start no module in a worker. */
  readonly worker: string;
}

async function bundle(entry: URL, format: "esm" | "iife"): Promise<string> {
  const path = decodeURIComponent(entry.pathname);
  const { success, errors, outputFiles } = await Deno.bundle({
    entrypoints: [path],
    platform: "browser",
    format,
    minify: true,
    write: false,
  });
  if (!success) {
    throw new Error(`Cannot bundle the page: ${errors.map(({ text }) => text).join("; ")}`);
  }
  return outputFiles![0]!.text();
}

/** TensorFlow.js is large, so that only models that need it get it. */
const workerEntries: Readonly<Record<ModelFolder["format"], URL>> = {
  "heatword-linear": new URL("./page/worker.ts", import.meta.url),
  "heatword-word-cnn": new URL("./page/worker.ts", import.meta.url),
  "layers-model": new URL("./page/tfjs_worker.ts", import.meta.url),
};

/** The worker's script with plugins from outside, which are registered as it starts. */
async function bundleWithPlugins(worker: URL, plugins: readonly string[]): Promise<string> {
  const lines = plugins.map((path, i) => {
    const url = path.startsWith("file:") ? path : pathToFileURL(resolve(path)).href;
    return `import plugin${i} from ${JSON.stringify(url)};\nregisterPlugins(plugin${i});\n`;
  });
  const code = `import { registerPlugins } from "@heatword/core";\n${lines.join("")}` +
    `import ${JSON.stringify(worker.href)};\n`;
  const folder = resolve(findCache());
  await Deno.mkdir(folder, { recursive: true });
  const file = `${folder}/page-${crypto.randomUUID()}.ts`;
  await Deno.writeTextFile(file, code);
  try {
    return await bundle(pathToFileURL(file), "iife");
  } finally {
    await Deno.remove(file);
  }
}

/**
 * Bundles the scripts of the page: the same core, explainers and tokenizer that the other programs
 * run, for a browser.
 *
 * @param format How the model is stored.
 * @param plugins Files of plugins.
 * @returns The scripts.
 * @throws {Error} If something does not bundle.
 */
export async function bundlePage(
  format: ModelFolder["format"],
  plugins: readonly string[] = [],
): Promise<PageScripts> {
  const entry = workerEntries[format];
  const [main, worker] = await Promise.all([
    bundle(new URL("./page/main.ts", import.meta.url), "esm"),
    plugins.length > 0 ? bundleWithPlugins(entry, plugins) : bundle(entry, "iife"),
  ]);
  const needs = /\b(?:from|import)\s*"(node:[^"]+)"/.exec(main + worker);
  if (needs) throw new Error(`Cannot bundle the page: a browser has no "${needs[1]}"`);
  return { main, worker };
}
