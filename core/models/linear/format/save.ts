import { HEADER_NAME, headerText } from "../../folder/header.ts";
import {
  assertFloat32,
  entryOf,
  joinedBytes,
  type ModelFiles,
  writeModelFolder,
} from "../../folder/write.ts";
import { plainReading } from "../plain_reading.ts";
import type { LinearModel } from "../linear_model.ts";
import { common, type Header } from "./_header.ts";

/** What is kept with a linear model. */
export interface SaveLinearOptions {
  /** What is worth knowing of the training; any JSON. @default {{}} */
  readonly training?: Readonly<Record<string, unknown>>;
}

/**
 * Turns a model into files, without writing them.
 *
 * `model.json` is the header: `format`, `version`, `classes`, `features` (kind and number of each kind
 * of features, in their order), `files` (name, bytes and SHA-256 of the other two), `text` (tokenizer
 * and options), `training`, and last `checksum`, the SHA-256 of the header's own text with 64 zeros
 * in its place. `features-….json` is a list of the names of the features, in the order of their rows.
 * `weights-….bin` is, in raw little-endian float32, the inverse document frequencies [V], the weights
 * [V, C] row by row, and the biases [C].
 *
 * @param model The model.
 * @param options What to keep with it.
 * @returns The files.
 * @throws {TypeError} If the model is not in float32.
 */
export async function linearFiles(
  model: LinearModel,
  options: SaveLinearOptions = {},
): Promise<ModelFiles> {
  const { features, idf, weights, bias } = model.parameters;
  const names = new TextEncoder().encode(JSON.stringify(features.flatMap(({ names }) => names)));
  assertFloat32([idf, weights, bias]);
  const numbers = joinedBytes([idf, weights, bias]);
  const entries = {
    features: await entryOf("features", "json", names),
    weights: await entryOf("weights", "bin", numbers),
  };
  const header = await headerText<Header>({
    ...common,
    classes: model.classes,
    features: features.map(({ kind, names }) => ({ kind, count: names.length })),
    files: entries,
    text: model.reader.reading ?? plainReading,
    training: options.training ?? {},
  });
  return {
    files: new Map([
      [entries.features.name, names],
      [entries.weights.name, numbers],
      [HEADER_NAME, new TextEncoder().encode(header)],
    ]),
  };
}

/**
 * Saves a model to a folder, in the format of {@linkcode linearFiles}. The header is written last, so
 * the folder always holds a whole model, the older or the new one; the files of the older one are
 * removed in the end.
 *
 * @param folder The folder; made when it is missing.
 * @param model The model.
 * @param options What to keep with it.
 * @throws {TypeError} If the model is not in float32.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written.
 */
export async function saveLinear(
  folder: string,
  model: LinearModel,
  options: SaveLinearOptions = {},
): Promise<void> {
  await writeModelFolder(folder, await linearFiles(model, options));
}
