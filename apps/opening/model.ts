import { type Document, type Model, wordLimit } from "@heatword/core";
import { environmentVariable, isGranted } from "@heatword/core/permissions";
import { kindOfModel, openModel, wordCnnKind } from "@heatword/core/models";
import {
  joinWordCnn,
  loadWordCnn,
  readWordCnn,
  type SharedWordCnn,
  shareWordCnn,
} from "@heatword/core/word-cnn";
import { findCache, findReadableData, preprocess } from "@heatword/datasets";
import { findPunktParameters, type PunktParameters } from "@heatword/datasets/nltk";
import { describeForeign } from "./foreign_model.ts";
import type { Settings } from "./settings.ts";
import type { Source } from "./source.ts";

/** A model with the way its texts are cut into words. */
export interface LoadedModel {
  /** The model. */
  readonly model: Model;
  /** Turns a text into words as the model was trained on them. */
  toDocument(source: Source): Document;
}

const HEADER = "model.json";

async function modified(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).mtime?.getTime() ?? 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}

/** The newest model in the folders of a cache. */
async function newestModel(cache: string): Promise<string | undefined> {
  const found: [string, number][] = [];
  const look = async (folder: string, depth: number): Promise<void> => {
    const time = await modified(`${folder}/${HEADER}`);
    if (time !== undefined) found.push([folder, time]);
    if (depth === 0 || await modified(folder) === undefined) return;
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await look(`${folder}/${name}`, depth - 1);
    }
  };
  await look(cache, 2);
  found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return found[0]?.[0];
}

/** The folder of the model that comes with the project. */
function ownModel(): string {
  const module = import.meta.resolve("@heatword/datasets/newsgroups");
  return decodeURIComponent(new URL("./pretrained", module).pathname);
}

/** The model that was named, by option or by `$HEATWORD_MODEL`. */
const namedModel = (model?: string) =>
  model ?? (environmentVariable("HEATWORD_MODEL") || undefined);

/**
 * Finds the model to use: the folder that was named, else `$HEATWORD_MODEL`, else the model that
 * comes with the project, else the newest in the cache.
 *
 * @throws {Deno.errors.NotFound} If there is none; the message says how to get one.
 */
export async function modelPath({ model }: Pick<Settings, "model">): Promise<string> {
  const named = namedModel(model);
  if (named !== undefined) {
    if (await modified(`${named}/${HEADER}`) !== undefined) return named;
    throw new Deno.errors.NotFound(
      `Cannot find a model in "${named}": ${await describeForeign(named)}`,
    );
  }
  const own = ownModel();
  if (await modified(`${own}/${HEADER}`) !== undefined) return own;
  const newest = await newestModel(findCache()) ?? await newestModel(`${findCache()}/quick`);
  if (newest !== undefined) return newest;
  throw new Deno.errors.NotFound(
    'There is no trained model yet: train one with "deno task reproduce", or name one with --model',
  );
}

/** Without a permission to read it, the model that comes with the project is imported. */
async function openNamedOrOwn(settings: Pick<Settings, "model">): Promise<Model> {
  const mayRead = isGranted({ name: "read", path: ownModel() });
  if (namedModel(settings.model) !== undefined || mayRead) {
    return await openModel(await modelPath(settings));
  }
  const { readPretrainedFile } = await import("@heatword/datasets/pretrained");
  return (await readWordCnn(readPretrainedFile)).model;
}

/**
 * Loads the model to use.
 *
 * @param settings Where it is, and where the data is.
 * @param shared The model of another thread, to be used instead.
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {SyntaxError} If it is damaged.
 */
export async function loadModel(
  settings: Pick<Settings, "model" | "data">,
  shared?: SharedWordCnn,
): Promise<LoadedModel> {
  const [model, parameters]: [Model, PunktParameters] = await Promise.all([
    shared ? joinWordCnn(shared) : openNamedOrOwn(settings),
    findPunktParameters(findReadableData(settings.data)),
  ]);
  return {
    model,
    toDocument: ({ text, id, label }) =>
      preprocess(text, {
        parameters,
        maxTokens: wordLimit(model),
        ...(id !== undefined && { id }),
        ...(label !== undefined && { label }),
      }),
  };
}

/**
 * Loads the model to use, for several threads that share it.
 *
 * @returns What they need; nothing for a TensorFlow.js model, which each has to load.
 * @throws {Error} As {@linkcode loadModel}.
 */
export async function loadSharedModel(
  settings: Pick<Settings, "model">,
): Promise<SharedWordCnn | undefined> {
  const path = await modelPath(settings);
  if (await kindOfModel(path) !== wordCnnKind) return undefined;
  return shareWordCnn((await loadWordCnn(path)).model);
}
