import { HEADER_NAME } from "../../folder/header.ts";
import { readNetwork } from "../../folder/network_files.ts";
import { folderFiles, type ReadModelFile } from "../../folder/read.ts";
import type { TokenizerResources } from "../../../tokenizer.ts";
import { RecurrentClassifier } from "../recurrent_classifier.ts";
import { parseHeader, shapeOf } from "./_header.ts";

/** A model and what its header tells of its training. */
export interface LoadedRecurrent {
  /** The model. */
  readonly model: RecurrentClassifier;
  /** What was worth knowing of the training. */
  readonly training: Readonly<Record<string, unknown>>;
}

/**
 * Reads a model from wherever its files are: a folder, a server, an archive. Every field, length
 * and checksum is verified.
 *
 * @param read Gives the content of a file.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {SyntaxError} If the model is damaged or not in the format of {@linkcode recurrentFiles}.
 */
export async function readRecurrent(
  read: ReadModelFile,
  resources: TokenizerResources = {},
): Promise<LoadedRecurrent> {
  const header = await parseHeader(await read(HEADER_NAME));
  const { classes, training } = header;
  const shape = shapeOf(header);
  const model = await readNetwork(
    read,
    header,
    resources,
    (parts) => new RecurrentClassifier({ ...shape, ...parts, classes }),
  );
  return { model, training };
}

/**
 * Loads a model from the folder that {@linkcode saveRecurrent} wrote.
 *
 * @param folder The folder.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function loadRecurrent(
  folder: string | URL,
  resources: TokenizerResources = {},
): Promise<LoadedRecurrent> {
  return await readRecurrent(folderFiles(folder), resources);
}
