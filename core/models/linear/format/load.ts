import { HEADER_NAME } from "../../folder/header.ts";
import {
  assembleVerified,
  checkFinite,
  folderFiles,
  readChecked,
  type ReadModelFile,
  textOf,
} from "../../folder/read.ts";
import { readerOfFolder, type TextReader } from "../../../text_reader.ts";
import type { TokenizerResources } from "../../../tokenizer.ts";
import type { KnownFeatures } from "../feature_table.ts";
import { LinearModel } from "../linear_model.ts";
import { type Header, numberOf, parseHeader } from "./_header.ts";

/** A model and what its header tells of its training. */
export interface LoadedLinear {
  /** The model. */
  readonly model: LinearModel;
  /** What was worth knowing of the training. */
  readonly training: Readonly<Record<string, unknown>>;
}

function readNames(content: Uint8Array, header: Header): KnownFeatures[] {
  const { name } = header.files.features;
  const refuse = (what: string) => new SyntaxError(`Cannot read model file "${name}": ${what}`);
  const text = textOf(content, name);
  let names: unknown;
  try {
    names = JSON.parse(text);
  } catch {
    throw refuse("it is not JSON");
  }
  const count = numberOf(header);
  if (!Array.isArray(names) || names.length !== count) {
    throw refuse(`it is not a list of the ${count} features that the header says`);
  }
  if (!names.every((feature) => typeof feature === "string")) {
    throw refuse("it holds something that is not a name");
  }
  let start = 0;
  return header.features.map(({ kind, count }) => {
    return { kind, names: names.slice(start, start += count) as string[] };
  });
}

function assemble(
  header: Header,
  names: Uint8Array,
  numbers: Uint8Array,
  reader: TextReader,
): LinearModel {
  const { classes } = header;
  const features = readNames(names, header);
  const count = numberOf(header);
  let offset = numbers.byteOffset;
  const take = (what: string, length: number) => {
    const values = new Float32Array(numbers.buffer, offset, length);
    offset += values.byteLength;
    checkFinite(values, what);
    return values;
  };
  const idf = take("idf", count);
  const weights = take("weights", count * classes.length);
  const bias = take("bias", classes.length);
  if (!idf.every((value) => value > 0)) {
    throw new SyntaxError('Cannot read model: "idf" holds something that is not positive');
  }
  try {
    return new LinearModel({ classes, features, idf, weights, bias, reader });
  } catch (error) {
    throw new SyntaxError(
      `Cannot read model file "${header.files.features.name}": ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/**
 * Reads a linear model from wherever its files are: a folder, a server, an archive. Every field,
 * length and checksum is verified.
 *
 * @param read Gives the content of a file.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {SyntaxError} If the model is damaged or not in the format of {@linkcode linearFiles}.
 */
export async function readLinear(
  read: ReadModelFile,
  resources: TokenizerResources = {},
): Promise<LoadedLinear> {
  const header = await parseHeader(await read(HEADER_NAME));
  const reader = await readerOfFolder(header.text!, resources);
  const [features, weights] = await Promise.all([
    readChecked(read, header.files.features),
    readChecked(read, header.files.weights),
  ]);
  const model = await assembleVerified(
    [features, weights],
    () => assemble(header, features.content, weights.content, reader),
  );
  return { model, training: header.training };
}

/**
 * Loads a model from the folder that {@linkcode saveLinear} wrote.
 *
 * @param folder The folder.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function loadLinear(
  folder: string | URL,
  resources: TokenizerResources = {},
): Promise<LoadedLinear> {
  return await readLinear(folderFiles(folder), resources);
}
