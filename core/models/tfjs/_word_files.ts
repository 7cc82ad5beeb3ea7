import { parseClasses } from "./_classes.ts";
import { refuse } from "./_refuse.ts";
import { decodeText, MIB, type ModelFileReader } from "./_source.ts";
import { TEXT_NAME } from "./_text_settings.ts";
import {
  type ParsedVocabulary,
  parseVocabulary,
  VOCABULARY_SHAPE,
  type WordRows,
} from "./_vocabulary.ts";

/** The names under which the words of a model are looked for; the first one goes before others. */
export const VOCABULARY_NAMES: readonly string[] = [
  "vocabulary.json",
  "word_index.json",
  "tokenizer.json",
  "vocab.json",
  "dictionary.json",
  "wordIndex.json",
  "word2index.json",
];

/** The names under which the names of classes are looked for; the first one goes before others. */
export const CLASSES_NAMES: readonly string[] = [
  "classes.json",
  "labels.json",
  "class_names.json",
  "label_map.json",
  "id2label.json",
  "label2id.json",
];

/** What was found, and where. */
export interface Found<T> {
  readonly value: T;
  /** The file; absent for what was given. */
  readonly file?: string;
}

async function readJson(
  reader: ModelFileReader,
  name: string,
  max: number,
): Promise<{ json: unknown } | undefined> {
  const bytes = await reader.readOptional(name, max);
  if (bytes === undefined) return undefined;
  // Editors and some programs begin a file with a byte order mark.
  const text = decodeText(bytes, name);
  try {
    return { json: JSON.parse(text) };
  } catch {
    refuse(name, "it is not JSON");
  }
}

/** Looks for a file: the first of its names, else the only one of the others. */
async function findJson(
  reader: ModelFileReader,
  names: readonly string[],
  [field, what]: readonly [string, string],
): Promise<Found<unknown> | undefined> {
  const found: { file: string; value: unknown }[] = [];
  for (const [i, file] of names.entries()) {
    const read = await readJson(reader, file, 256 * MIB);
    if (read === undefined) continue;
    if (i === 0) return { file, value: read.json };
    found.push({ file, value: read.json });
  }
  if (found.length > 1) {
    const list = found.map(({ file }) => `"${file}"`).join(" and ");
    throw new SyntaxError(
      `Cannot tell ${what} in ${reader.place}: both ${list} are there; ` +
        `name one in "${TEXT_NAME}", {"${field}": "${found[0]!.file}"}`,
    );
  }
  return found[0];
}

async function readNamed(
  reader: ModelFileReader,
  file: string,
  field: string,
): Promise<Found<unknown>> {
  const read = await readJson(reader, file, 256 * MIB);
  if (read !== undefined) return { file, value: read.json };
  throw new Deno.errors.NotFound(
    `Cannot find "${file}" in ${reader.place}, which "${TEXT_NAME}" names as "${field}"`,
  );
}

/**
 * Reads the vocabulary of a model, given or beside it.
 *
 * @param reader Reads the files.
 * @param named The file that the settings name.
 * @param given The words, where they are given.
 * @returns The words, and their file.
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {SyntaxError} If there are several, or it makes no sense.
 */
export async function readVocabulary(
  reader: ModelFileReader,
  named: string | undefined,
  given?: WordRows,
): Promise<Found<ParsedVocabulary>> {
  if (given !== undefined) {
    const words = given instanceof Map
      ? given as ReadonlyMap<string, number>
      : new Map(Object.entries(given));
    return { value: { words, shape: "a table of words and rows" } };
  }
  const found = named === undefined
    ? await findJson(reader, VOCABULARY_NAMES, ["vocabulary", "the vocabulary"])
    : await readNamed(reader, named, "vocabulary");
  if (found === undefined) {
    throw new Deno.errors.NotFound(
      `Cannot find the vocabulary of the model in ${reader.place}: put it into ` +
        `"${VOCABULARY_NAMES[0]}", as ${VOCABULARY_SHAPE}, or name its file in "${TEXT_NAME}", ` +
        '{"vocabulary": "file"}',
    );
  }
  return { file: found.file!, value: parseVocabulary(found.value, found.file!) };
}

/**
 * Reads the names of the classes, given or beside the model, if there are any.
 *
 * @param reader Reads the files.
 * @param named The names or the file that the settings name.
 * @param given The names, where they are given.
 * @returns The names, and their file.
 * @throws {SyntaxError} If there are several files, or one makes no sense.
 */
export async function readClasses(
  reader: ModelFileReader,
  named: string | readonly string[] | undefined,
  given?: readonly string[],
): Promise<Found<readonly string[]> | undefined> {
  if (given !== undefined) return { value: parseClasses(given, CLASSES_NAMES[0]!) };
  if (Array.isArray(named)) return { value: parseClasses(named, TEXT_NAME), file: TEXT_NAME };
  const found = named === undefined
    ? await findJson(reader, CLASSES_NAMES, ["classes", "the classes"])
    : await readNamed(reader, named as string, "classes");
  return found && { file: found.file!, value: parseClasses(found.value, found.file!) };
}
