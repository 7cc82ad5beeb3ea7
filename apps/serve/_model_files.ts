import {
  charCnnKind,
  kindOfModel,
  linearKind,
  type ModelFolder,
  modelFolder,
  moduleKind,
  onnxKind,
  pathOf,
  recurrentKind,
  tfjsKind,
  wordCnnKind,
} from "@heatword/core/models";
import { findPunktParameters, type PunktParameters } from "@heatword/datasets/nltk";
import { shellWord } from "../cli/shell_word.ts";
import { isWorthKeeping, type PackedFiles } from "./_packed_files.ts";
import { Problem } from "./_problem.ts";
import { isKnown, versionOf } from "./_version.ts";

/** The kinds of folders that a browser can run. */
const own = [charCnnKind, linearKind, recurrentKind, wordCnnKind, tfjsKind, onnxKind];

/**
 * Lists the files of a model for the page, which runs it in a browser. A model that runs in none, as a
 * server, a command, or one of a kind from a plugin, has the format `remote`: the page asks its server,
 * which asks the model (`@heatword/core/remote`).
 *
 * @param spec What was given as the model.
 */
export async function pageModel(spec: string): Promise<ModelFolder> {
  const kind = await kindOfModel(spec);
  // Of a damaged folder its own error says more.
  if (kind === undefined || own.includes(kind)) {
    return modelFolder(spec);
  }
  // Its code goes into the script of the page's workers.
  return { path: spec, format: kind === moduleKind ? "module" : "remote", files: [] };
}

/**
 * Makes sure that a page can hold its models.
 *
 * @param models The model, or both that are compared.
 * @throws {TypeError} If one is asked for scores; the message says what can be done.
 */
export function refuseRemote(models: readonly ModelFolder[]): void {
  const remote = models.find(({ format }) => format === "remote");
  if (remote === undefined) return;
  const spec = shellWord(remote.path);
  const options = models.map(({ path }, i) =>
    `${i === 0 ? "--model" : "--compare-model"} ${shellWord(path)}`
  );
  throw new TypeError(
    `Cannot put the model "${remote.path}" into a file: a browser runs only modules, and folders of linear ` +
      "models, word-CNNs, char-CNNs, recurrent networks, TensorFlow.js and ONNX models; a page that asks it is served by " +
      `"deno task serve ${options.join(" ")}", and one text is written to a file by ` +
      `"deno task explain --model ${spec} --out page.html"`,
  );
}

/** Shorter files are sent as they are, in bytes. */
const WORTH_COMPRESSING = 512;

/** Whether a client takes what is compressed by gzip. */
export function takesGzip(header: string | null): boolean {
  const entries = (header ?? "").toLowerCase().split(",").map((entry) => entry.split(";"));
  const named = (wanted: string) => entries.find(([name]) => name!.trim() === wanted);
  const entry = named("gzip") ?? named("*");
  return entry !== undefined && !entry.some((part) => /^\s*q=0(?:\.0*)?\s*$/.test(part));
}

/** The types of files, by the ends of their names; others are bytes. */
const types: Readonly<Record<string, string>> = {
  json: "application/json",
  txt: "text/plain; charset=utf-8",
};

/**
 * Sends a file of the model.
 *
 * @param folder The model.
 * @param name The file.
 * @param request What asks for it; for `HEAD` no file is opened.
 * @param packed Where compressed files are kept.
 * @throws {Problem} 404 if it is none of the model's.
 */
export async function modelFile(
  folder: ModelFolder,
  name: string,
  request: Request,
  packed: PackedFiles,
): Promise<Response> {
  const { format, files } = folder;
  const found = files.find((file) => file.name === name);
  if (found === undefined) throw new Problem(404, `The model has no file "${name}"`);
  const path = pathOf(folder, found);
  // Of heatword's own format all but the header carry a digest in their names.
  const isFixed = /^heatword-/.test(format) && name !== "model.json";
  const type = types[name.replace(/^.*\./, "")] ?? "application/octet-stream";
  const accepts = takesGzip(request.headers.get("accept-encoding"));
  const packs = (size: number) => size >= WORTH_COMPRESSING && accepts;
  const caching = (version: string | undefined): Record<string, string> => ({
    vary: "accept-encoding",
    "cache-control": isFixed ? "max-age=31536000, immutable" : "no-cache",
    // Compressed or not it is the same, but not byte for byte.
    ...(version !== undefined && { etag: `W/"${version}"` }),
  });
  const headers = (file: Deno.FileInfo) => ({
    ...caching(versionOf(file)),
    "content-type": type,
    ...(packs(file.size)
      ? { "content-encoding": "gzip" }
      : { "content-length": String(file.size) }),
  });
  const info = await Deno.stat(path);
  const version = versionOf(info);
  if (version && isKnown(`"${version}"`, request.headers.get("if-none-match"))) {
    return new Response(null, { status: 304, headers: caching(version) });
  }
  if (request.method === "HEAD") return new Response(null, { headers: headers(info) });
  if (version && packs(info.size) && isWorthKeeping(info.size)) {
    return new Response(await packed.get(path, version), { headers: headers(info) });
  }
  const file = await Deno.open(path);
  try {
    const info = await file.stat();
    const content = packs(info.size)
      ? file.readable.pipeThrough(new CompressionStream("gzip"))
      : file.readable;
    return new Response(content, { headers: headers(info) });
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
