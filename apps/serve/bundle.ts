import type { ModelFolder } from "@heatword/core/models";
import { findCache } from "@heatword/datasets/folders";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** What only folders of ONNX models need; a module that imports all kinds of models asks for it, too. */
const ONNX_RUNTIME = "onnxruntime-web/wasm";

/** How often the bundler is asked for. */
const TRIES = 5;
/** How long another program may take to put the bundler into Deno's cache, in milliseconds. */
const WAIT = 500;

/**
 * Asks for the bundler again where Deno could not put it into its cache: two programs that need it for the
 * first time at once come into each other's way there.
 */
async function withBundler<T>(act: () => Promise<T>): Promise<T> {
  for (let tried = 1;; tried++) {
    try {
      return await act();
    } catch (error) {
      const isTaken = error instanceof Error && /esbuild binary/.test(error.message);
      if (!isTaken || tried === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
  }
}

async function bundle(
  entry: URL,
  format: "esm" | "iife",
  external: readonly string[] = [],
): Promise<string> {
  const path = decodeURIComponent(entry.pathname);
  const { success, errors, outputFiles } = await withBundler(() =>
    Deno.bundle({
      entrypoints: [path],
      platform: "browser",
      format,
      minify: true,
      write: false,
      external: [...external],
    })
  );
  if (!success) {
    throw new Error(`Cannot bundle the page: ${errors.map(({ text }) => text).join("; ")}`);
  }
  return outputFiles![0]!.text();
}

const bundled = new Map<string, Promise<string>>();

/** Bundles a file of the project, which stays as it is while the program runs, so once is enough. */
function bundleOwn(entry: URL, format: "esm" | "iife"): Promise<string> {
  let script = bundled.get(entry.href);
  if (script === undefined) {
    script = bundle(entry, format);
    bundled.set(entry.href, script);
    script.catch(() => bundled.delete(entry.href));
  }
  return script;
}

/** TensorFlow.js and the ONNX runtime are large, so that only models that need them get them. */
const workerEntries: Readonly<Record<ModelFolder["format"], URL>> = {
  "heatword-char-cnn": new URL("./page/worker.ts", import.meta.url),
  "heatword-linear": new URL("./page/worker.ts", import.meta.url),
  "heatword-recurrent": new URL("./page/worker.ts", import.meta.url),
  "heatword-word-cnn": new URL("./page/worker.ts", import.meta.url),
  "layers-model": new URL("./page/tfjs_worker.ts", import.meta.url),
  module: new URL("./page/module_worker.ts", import.meta.url),
  remote: new URL("./page/remote_worker.ts", import.meta.url),
  onnx: new URL("./page/onnx_worker.ts", import.meta.url),
};

/** The address of a file that was named on a command line. */
const urlOf = (path: string) => path.startsWith("file:") ? path : pathToFileURL(resolve(path)).href;

/** The worker's script with plugins from outside, which are registered as it starts. */
function workerCode({ path, format }: ModelFolder, plugins: readonly string[]): string {
  const entry = JSON.stringify(workerEntries[format].href);
  return [
    'import { registerPlugins } from "@heatword/core";',
    ...plugins.flatMap((plugin, i) => [
      `import plugin${i} from ${JSON.stringify(urlOf(plugin))};`,
      `registerPlugins(plugin${i});`,
    ]),
    ...format === "module"
      ? [
        `import { serveModule } from ${entry};`,
        `import model from ${JSON.stringify(urlOf(path))};`,
        "serveModule(model);",
      ]
      : [`import ${entry};`],
  ].join("\n");
}

/** Bundles code that stands in no file. */
async function bundleCode(code: string, external: readonly string[]): Promise<string> {
  const folder = resolve(findCache());
  await Deno.mkdir(folder, { recursive: true });
  const file = `${folder}/page-${crypto.randomUUID()}.ts`;
  await Deno.writeTextFile(file, code);
  try {
    return await bundle(pathToFileURL(file), "iife", external);
  } finally {
    await Deno.remove(file);
  }
}

/** What the ONNX runtime asks for where it is not in a browser. */
const NODE_OF_ONNX: readonly string[] = ["node:fs", "node:os"];

/** The modules of Node that a script needs. */
function modulesOfNode(script: string): string[] {
  const needs = /\b(?:from|import)\s*"(node:[^"]+)"|(?<!\bimport)\("(node:[^"]+)"\)/g;
  return [...script.matchAll(needs)].map(([, imported, required]) => imported ?? required!);
}

/** Makes sure that a script needs nothing that a browser has not. */
function forBrowsers(script: string, allowed: readonly string[] = []): string {
  const missing = modulesOfNode(script).find((name) => !allowed.includes(name));
  if (missing === undefined) return script;
  throw new Error(`Cannot bundle the page: a browser has no "${missing}"`);
}

/**
 * Bundles the script that the page itself runs.
 *
 * @returns A module that imports nothing.
 * @throws {Error} If something does not bundle.
 */
export async function bundleMain(): Promise<string> {
  return forBrowsers(await bundleOwn(new URL("./page/main.ts", import.meta.url), "esm"));
}

/**
 * Bundles the script of the page's workers that hold a model: the same core, explainers and tokenizer
 * that the other programs run, for a browser.
 *
 * @param model The model; the code of a module becomes a part of the script.
 * @param plugins Files of plugins.
 * @returns A classic script, as pages from disk may start no module in a worker.
 * @throws {Error} If something does not bundle.
 */
export async function bundleWorker(
  model: ModelFolder,
  plugins: readonly string[] = [],
): Promise<string> {
  const isPlain = plugins.length === 0 && model.format !== "module";
  const isOnnx = model.format === "onnx";
  const script = isPlain
    ? await bundleOwn(workerEntries[model.format], "iife")
    : await bundleCode(workerCode(model, plugins), isOnnx ? [] : [ONNX_RUNTIME]);
  return forBrowsers(script, isOnnx ? NODE_OF_ONNX : []);
}
