import { HEADER_NAME } from "../../folder/header.ts";
import { readNetwork } from "../../folder/network_files.ts";
import { folderFiles, type ReadModelFile } from "../../folder/read.ts";
import type { TokenizerResources } from "../../../tokenizer.ts";
import type { NetworkWeights } from "../parameters.ts";
import { WordCnn } from "../word_cnn.ts";
import { parseHeader } from "./_header.ts";

/** A model and what its header tells of its training. */
export interface LoadedWordCnn {
  /** The model. */
  readonly model: WordCnn;
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
 * @throws {SyntaxError} If the model is damaged or not in the format of {@linkcode wordCnnFiles}.
 */
export async function readWordCnn(
  read: ReadModelFile,
  resources: TokenizerResources = {},
): Promise<LoadedWordCnn> {
  const header = await parseHeader(await read(HEADER_NAME));
  const { classes, convolutions } = header;
  const model = await readNetwork(
    read,
    header,
    resources,
    ({ weights, ...parts }) =>
      new WordCnn({
        ...weights as unknown as NetworkWeights,
        ...parts,
        classes,
        ...(convolutions && { convolutions }),
      }),
  );
  return { model, training: header.training };
}

/**
 * Loads a model from the folder that {@linkcode saveWordCnn} wrote.
 *
 * @param folder The folder.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function loadWordCnn(
  folder: string | URL,
  resources: TokenizerResources = {},
): Promise<LoadedWordCnn> {
  return await readWordCnn(folderFiles(folder), resources);
}
