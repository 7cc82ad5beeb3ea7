import { readFile } from "@heatword/core/files";
import { kindOfModel, tfjsKind, wordCnnKind } from "@heatword/core/models";
import { CLASSES_NAMES, VOCABULARY_NAMES } from "@heatword/core/tfjs";
import { findPunktParameters, type PunktParameters } from "@heatword/datasets/nltk";
import { Problem } from "./_problem.ts";

/** A file of a model. */
export interface ModelFile {
  /** Its plain name. */
  readonly name: string;
  /** Its size. */
  readonly bytes: number;
}

/** What a model folder holds that a page needs. */
export interface ModelFolder {
  /** The folder. */
  readonly path: string;
  /** How the model is stored. */
  readonly format: "heatword-word-cnn" | "layers-model";
  /** The files, the header among them. */
  readonly files: readonly ModelFile[];
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile ? size : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The files that stand beside a TensorFlow.js model where they are needed. */
async function besideTfjs(path: string): Promise<string[]> {
  const text = await readFile(`${path}/text.json`).then(
    (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
    () => undefined,
  );
  const named = [text?.vocabulary, text?.classes].filter((name) => typeof name === "string");
  const usual = [...VOCABULARY_NAMES, ...CLASSES_NAMES, "text.json", "SHA256SUMS"];
  return [...new Set([...usual, ...named])];
}

/**
 * Lists the files of a model.
 *
 * @param path The folder of a model that can be loaded.
 */
export async function modelFolder(path: string): Promise<ModelFolder> {
  const header = JSON.parse(new TextDecoder().decode(await readFile(`${path}/model.json`)));
  const isTfjs = (header.format ?? (header.modelTopology && "layers-model")) === "layers-model";
  const named: string[] = isTfjs
    ? [
      ...header.weightsManifest.flatMap(({ paths }: { paths: string[] }) => paths),
      ...await besideTfjs(path),
    ]
    : Object.values(header.files as Record<string, { name: string }>).map(({ name }) => name);
  const files: ModelFile[] = [];
  for (const name of ["model.json", ...named]) {
    const bytes = /[/\\]/.test(name) ? undefined : await sizeOf(`${path}/${name}`);
    if (bytes !== undefined) files.push({ name, bytes });
  }
  return { path, format: isTfjs ? "layers-model" : "heatword-word-cnn", files };
}

/**
 * Lists the files of a model for the page, which runs it in a browser.
 *
 * @param spec What was given as the model.
 * @throws {TypeError} If the page cannot run a model of its kind; the message says what can be done.
 */
export async function pageModel(spec: string): Promise<ModelFolder> {
  const kind = await kindOfModel(spec);
  // Of a damaged folder its own error says more.
  if (kind === undefined || kind === wordCnnKind || kind === tfjsKind) return modelFolder(spec);
  throw new TypeError(
    `Cannot show the model "${spec}" on a page: it is of the kind "${kind.name}", and a browser runs ` +
      "only folders of word-CNNs and of TensorFlow.js models; explain texts by it with " +
      `"deno task explain --model ${spec}"`,
  );
}

/**
 * Sends a file of the model.
 *
 * @param folder The model.
 * @param name The file.
 * @param method The method of the request; for `HEAD` no file is opened.
 * @throws {Problem} 404 if it is none of the model's.
 */
export async function modelFile(folder: ModelFolder, name: string, method: string) {
  const { path, format, files } = folder;
  if (!files.some((file) => file.name === name)) {
    throw new Problem(404, `The model has no file "${name}"`);
  }
  // Of heatword's own format all but the header carry a digest in their names.
  const isFixed = format === "heatword-word-cnn" && name !== "model.json";
  const headers = (size: number) => ({
    "content-type": name.endsWith(".json") ? "application/json" : "application/octet-stream",
    "content-length": String(size),
    "cache-control": isFixed ? "max-age=31536000, immutable" : "no-cache",
  });
  if (method === "HEAD") {
    const { size } = await Deno.stat(`${path}/${name}`);
    return new Response(null, { headers: headers(size) });
  }
  const file = await Deno.open(`${path}/${name}`);
  try {
    const { size } = await file.stat();
    return new Response(file.readable, { headers: headers(size) });
  } catch (error) {
    file.close();
    throw error;
  }
}

/** What Punkt knows, as JSON has it. */
export interface PunktTables {
  /** Abbreviations. */
  readonly abbreviations: readonly string[];
  /** First and second types. */
  readonly collocations: readonly (readonly [string, string])[];
  /** Types that often begin a sentence. */
  readonly starters: readonly string[];
  /** Types with their flags. */
  readonly contexts: readonly (readonly [string, number])[];
}

function tables(parameters: PunktParameters): PunktTables {
  return {
    abbreviations: [...parameters.abbrevTypes],
    collocations: [...parameters.collocations].flatMap(([first, seconds]) =>
      [...seconds].map((second): [string, string] => [first, second])
    ),
    starters: [...parameters.sentStarters],
    contexts: [...parameters.orthoContext],
  };
}

/**
 * The Punkt parameters of a data folder, so that the page cuts a text into the same words as the
 * other programs.
 *
 * @param data The data folder.
 * @returns The tables, or null where the built-in ones are used.
 */
export async function punktTables(data: string): Promise<PunktTables | null> {
  try {
    await Deno.stat(`${data}/punkt/english`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return tables(await findPunktParameters(data));
}
