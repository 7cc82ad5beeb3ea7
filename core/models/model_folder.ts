import { readFile } from "../files.ts";
import { onnxKind } from "./onnx/onnx_kind.ts";
import { kindOfModel, tfjsKind } from "./open_model.ts";

/** A file of a model. */
export interface ModelFile {
  /** Its name in the folder. */
  readonly name: string;
  /** Its size. */
  readonly bytes: number;
  /** Where it is, if not in the folder. */
  readonly path?: string;
}

/** What a model consists of that a page needs. */
export interface ModelFolder {
  /** The folder, or the file of a module. */
  readonly path: string;
  /** How the model is stored; `remote` where it stays where it is, and is asked for scores. */
  readonly format:
    | "heatword-char-cnn"
    | "heatword-linear"
    | "heatword-recurrent"
    | "heatword-word-cnn"
    | "layers-model"
    | "module"
    | "onnx"
    | "remote";
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
  const { CLASSES_NAMES, VOCABULARY_NAMES } = await import("./tfjs/mod.ts");
  const named = [text?.vocabulary, text?.classes].filter((name) => typeof name === "string");
  const usual = [...VOCABULARY_NAMES, ...CLASSES_NAMES, "text.json", "SHA256SUMS"];
  return [...new Set([...usual, ...named])];
}

/**
 * Where a file of a model is.
 *
 * @param folder The model.
 * @param file One of its files.
 */
export function pathOf({ path: folder }: ModelFolder, { name, path }: ModelFile): string {
  return path ?? `${folder}/${name}`;
}

/** The files of a model of Hugging Face, and that of the runtime that a browser needs. */
async function onnxFolder(spec: string): Promise<ModelFolder> {
  const { listOnnxFiles } = await import("./onnx/mod.ts");
  const { folder, files: needed } = await listOnnxFiles(spec);
  const files: ModelFile[] = [];
  for (const { name, path } of needed) {
    const bytes = await sizeOf(path);
    if (bytes === undefined) continue;
    files.push({ name, bytes, ...(path !== `${folder}/${name}` && { path }) });
  }
  return { path: folder, format: "onnx", files };
}

/**
 * Lists the files of a model.
 *
 * @param path The folder of a model that can be loaded, or the file of one that is in ONNX.
 */
export async function modelFolder(path: string): Promise<ModelFolder> {
  const kind = await kindOfModel(path);
  if (kind === onnxKind) return await onnxFolder(path);
  const header = JSON.parse(new TextDecoder().decode(await readFile(`${path}/model.json`)));
  // A graph-model, too: its files are of the same kinds.
  const isTfjs = kind === tfjsKind;
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
  const others = ["heatword-char-cnn", "heatword-linear", "heatword-recurrent"] as const;
  const own = others.find((format) => header.format === format) ?? "heatword-word-cnn";
  return { path, format: isTfjs ? "layers-model" : own, files };
}
