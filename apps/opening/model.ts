import type { Model, ModelResources } from "@heatword/core";
import { environmentVariable, isGranted } from "@heatword/core/permissions";
import {
  commandKind,
  describeForeign,
  endCommands,
  joinModel,
  kindOfModel,
  openModel,
  type SharedModel,
  shareModel,
  wordCnnKind,
} from "@heatword/core/models";
import { findCache, findReadableData } from "@heatword/datasets/folders";
import "@heatword/datasets/tokenizers";
import { atEnd } from "../cli/at_end.ts";
import type { ModelLimits } from "./model_limits.ts";

/** Which model is meant, and where its tokenizer may find tables. */
export interface ModelSettings {
  /** What was given as the model, when one was named: a folder, a file. */
  readonly model?: string;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** How it is asked, where it is a server or a program. */
  readonly limits?: ModelLimits;
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
 * Finds the model to use: the one that was named, else `$HEATWORD_MODEL`, else the model that
 * comes with the project, else the newest in the cache.
 *
 * @returns What `openModel` takes. Kinds of models from plugins must be loaded before.
 * @throws {Deno.errors.NotFound} If there is none; the message says how to get one.
 */
export async function modelPath({ model }: ModelSettings): Promise<string> {
  const named = namedModel(model);
  if (named !== undefined) {
    if (await modified(`${named}/${HEADER}`) !== undefined) return named;
    if (await kindOfModel(named) !== undefined) return named;
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

/**
 * The folder of the model to use; nothing where it is imported: it comes with the project, and
 * there is no permission to read it.
 *
 * @throws {Deno.errors.NotFound} As {@linkcode modelPath}.
 */
export async function readModelPath(
  settings: ModelSettings,
): Promise<string | undefined> {
  const mayRead = isGranted({ name: "read", path: ownModel() });
  return namedModel(settings.model) !== undefined || mayRead
    ? await modelPath(settings)
    : undefined;
}

/** Takes what people should know, a line each. */
export type Say = (note: string) => void;

/** Says on standard error what people should know. */
export function sayNote(note: string): void {
  console.error(`note: ${note}`);
}

/**
 * Tells what people should know of a model that was opened.
 *
 * @param model The model.
 * @param onNotice Told each note. @default {`sayNote`}
 */
function tellNotes({ notes = [] }: Pick<Model, "notes">, onNotice: Say = sayNote): void {
  notes.forEach((note) => onNotice(note));
}

/** Opens a model, which is closed when the program ends, in the middle of its opening, too. */
async function openUntilEnd(path: string, resources: ModelResources): Promise<Model> {
  if (await kindOfModel(path) === commandKind) atEnd(endCommands);
  const model = await openModel(path, resources);
  if (model.close) atEnd(() => model.close!());
  return model;
}

/**
 * Opens the model that stands somewhere, and tells what people should know of it.
 *
 * @param path What {@linkcode modelPath} gives.
 * @param resources Where its tokenizer may find tables.
 * @param onNotice Told each note. @default {`sayNote`}
 * @throws {Error} As {@linkcode loadModel}.
 */
export async function openModelAt(
  path: string,
  resources: ModelResources,
  onNotice: Say = sayNote,
): Promise<Model> {
  const model = await openUntilEnd(path, resources);
  tellNotes(model, onNotice);
  return model;
}

/** Without a permission to read it, the model that comes with the project is imported. */
async function openNamedOrOwn(settings: ModelSettings, data: ModelResources): Promise<Model> {
  const path = await readModelPath(settings);
  if (path !== undefined) return await openUntilEnd(path, data);
  const { readPretrainedFile } = await import("@heatword/pretrained");
  const { readWordCnn } = await import("@heatword/core/word-cnn");
  return (await readWordCnn(readPretrainedFile, data)).model;
}

/**
 * Loads the model to use, and tells what people should know of it.
 *
 * @param settings Where it is, and where the data is.
 * @param onNotice Told each note. @default {`sayNote`}
 * @param shared The model of another thread, to be used instead.
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {SyntaxError} If it is damaged.
 * @throws {TypeError} If it is a module that holds no model.
 */
export async function loadModel(
  settings: ModelSettings,
  onNotice: Say = sayNote,
  shared?: SharedModel,
): Promise<Model> {
  const data = findReadableData(settings.data);
  const resources = { ...(data !== undefined && { data }), ...settings.limits };
  const model = shared
    ? await joinModel(shared, resources)
    : await openNamedOrOwn(settings, resources);
  tellNotes(model, onNotice);
  return model;
}

/**
 * Loads the model to use, for several threads that share it.
 *
 * @returns What they need; nothing for a model that each has to load.
 * @throws {Error} As {@linkcode loadModel}.
 */
export async function loadSharedModel(settings: ModelSettings): Promise<SharedModel | undefined> {
  const path = await modelPath(settings);
  if (await kindOfModel(path) !== wordCnnKind) return undefined;
  return shareModel(await openModel(path));
}

/**
 * Whether a model that is open does all work by itself, in its thread: it is somewhere else, or holds
 * what must not be opened a second time.
 *
 * @param path What {@linkcode modelPath} gives.
 * @param model The model.
 */
export async function worksAlone(path: string, model: Model): Promise<boolean> {
  return model.close !== undefined || (await kindOfModel(path))?.single === true;
}

/**
 * How many workers a model is for: one where each would start it anew and none be faster.
 *
 * @param path What {@linkcode modelPath} gives.
 * @param workers How many there are to be.
 */
export async function workersFor(path: string, workers: number): Promise<number> {
  return (await kindOfModel(path))?.single ? 1 : workers;
}
