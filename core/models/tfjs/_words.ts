import type { Document } from "../../document.ts";
import type { Lengths } from "./_lengths.ts";
import type { OptionValues } from "../../options.ts";
import { firstReading, parseReading, type TextReading } from "../../tokenizer.ts";
import { decodeJson, MIB, type ModelFileReader } from "./_source.ts";

/** How words become rows of the Embedding, and texts become inputs. */
export interface TextSettings {
  /**
   * Row of words that are not in the vocabulary; `null` for the zero vector.
   *
   * @default {the row of "<unk>", "<UNK>", "[UNK]", "<oov>" or "<OOV>", else null}
   */
  readonly unknown?: number | null;
  /**
   * Row that fills up texts, for a model whose inputs all have the same length; `null` for the zero
   * vector. Other models pad very short texts with zero vectors.
   *
   * @default {the row of "<pad>", "<PAD>" or "[PAD]", else 0 if no word has row 0, else null}
   */
  readonly padding?: number | null;
  /** On which side of the words a text is filled up. @default {"post"} */
  readonly paddingSide?: "post" | "pre";
  /** The tokenizer that the model was trained with. @default {newsgroups} */
  readonly tokenizer?: TokenizerSettings;
  /** Most words of a text that are read. @default {400} */
  readonly maxWords?: number;
}

/** A tokenizer by its name, or with options: `{"name": "whitespace", …}`. */
export type TokenizerSettings = string | ({ readonly name: string } & OptionValues);

/** {@linkcode TextSettings} with nothing left open. */
export type FilledSettings =
  & Required<Pick<TextSettings, "unknown" | "padding" | "paddingSide">>
  & { readonly reading: TextReading };

/** The words of a model, and the rows of their vectors. */
export type WordRows = Readonly<Record<string, number>> | ReadonlyMap<string, number>;

export const VOCABULARY_NAME = "vocabulary.json";
export const CLASSES_NAME = "classes.json";
export const TEXT_NAME = "text.json";

function refuse(name: string, what: string): never {
  throw new SyntaxError(`Cannot read "${name}": ${what}`);
}

/** Checks that words have rows of the Embedding. */
function checkVocabulary(
  entries: Iterable<readonly [string, unknown]>,
  rows: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [word, row] of entries) {
    if (!Number.isInteger(row) || (row as number) < 0 || (row as number) >= rows) {
      refuse(
        VOCABULARY_NAME,
        `word "${word}" has row ${JSON.stringify(row)}, but the rows are 0 to ${rows - 1}`,
      );
    }
    found.set(word, row as number);
  }
  if (found.size === 0) refuse(VOCABULARY_NAME, "it holds no word");
  return found;
}

/** Reads the vocabulary, given or beside the model. */
export async function readVocabulary(
  reader: ModelFileReader,
  rows: number,
  given?: WordRows,
): Promise<ReadonlyMap<string, number>> {
  if (given !== undefined) {
    return checkVocabulary(given instanceof Map ? given : Object.entries(given), rows);
  }
  const bytes = await reader.readOptional(VOCABULARY_NAME, 256 * MIB);
  if (bytes === undefined) {
    throw new Deno.errors.NotFound(
      `Cannot find the vocabulary of the model in ${reader.place}: put it into "${VOCABULARY_NAME}", ` +
        'as {"word": row, …}',
    );
  }
  const json = decodeJson(bytes, VOCABULARY_NAME);
  if (Array.isArray(json)) refuse(VOCABULARY_NAME, 'it is a list, not {"word": row, …}');
  return checkVocabulary(Object.entries(json), rows);
}

/** Reads the names of the classes, given or beside the model, if there are any. */
export async function readClasses(
  reader: ModelFileReader,
  given?: readonly string[],
): Promise<readonly string[] | undefined> {
  let names: unknown = given;
  if (given === undefined) {
    const bytes = await reader.readOptional(CLASSES_NAME, 16 * MIB);
    if (bytes === undefined) return undefined;
    names = decodeJson(bytes, CLASSES_NAME);
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string" && name !== "")) {
    refuse(CLASSES_NAME, "it is not a list of names");
  }
  if (new Set(names).size !== names.length) refuse(CLASSES_NAME, "it names a class twice");
  return names;
}

/** Reads the settings, given or beside the model, and fills in what they leave open. */
export async function readTextSettings(
  reader: ModelFileReader,
  vocabulary: ReadonlyMap<string, number>,
  rows: number,
  given: TextSettings,
): Promise<FilledSettings> {
  const bytes = await reader.readOptional(TEXT_NAME, MIB);
  const stored = bytes === undefined ? {} : decodeJson(bytes, TEXT_NAME) as TextSettings;
  const known = ["unknown", "padding", "paddingSide", "tokenizer", "maxWords"];
  const odd = Object.keys(stored).find((key) => !known.includes(key));
  if (odd !== undefined) refuse(TEXT_NAME, `"${odd}" is not one of ${known.join(", ")}`);
  const settings = { ...stored };
  for (const [key, value] of Object.entries(given)) {
    if (value !== undefined) Object.assign(settings, { [key]: value });
  }
  const rowOf = (field: "unknown" | "padding", names: string[], otherwise: number | null) => {
    const value = settings[field];
    if (value === undefined) {
      const name = names.find((name) => vocabulary.has(name));
      return name === undefined ? otherwise : vocabulary.get(name)!;
    }
    if (value === null || (Number.isInteger(value) && value >= 0 && value < rows)) return value;
    refuse(TEXT_NAME, `"${field}" is ${JSON.stringify(value)}, neither null nor a row`);
  };
  const { paddingSide = "post" } = settings;
  if (paddingSide !== "post" && paddingSide !== "pre") {
    refuse(TEXT_NAME, `"paddingSide" is "${paddingSide}", neither "post" nor "pre"`);
  }
  const firstIsFree = !vocabulary.values().some((row) => row === 0);
  return {
    unknown: rowOf("unknown", ["<unk>", "<UNK>", "[UNK]", "<oov>", "<OOV>"], null),
    padding: rowOf("padding", ["<pad>", "<PAD>", "[PAD]"], firstIsFree ? 0 : null),
    paddingSide,
    reading: readingOf(settings),
  };
}

/** How texts are read, from what `text.json` says of it. */
function readingOf({ tokenizer = firstReading.tokenizer, maxWords }: TextSettings): TextReading {
  const { name, ...options } = typeof tokenizer === "string" ? { name: tokenizer } : tokenizer;
  try {
    const most = maxWords ?? firstReading.maxWords;
    return parseReading({ tokenizer: name, options, maxWords: most });
  } catch (error) {
    refuse(TEXT_NAME, (error as Error).message);
  }
}

/** Turns documents into rows of the Embedding; −1 stands for the zero vector. */
export class RowEncoder {
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #unknown: number;
  readonly #padding: number;
  readonly #lengths: Lengths;
  #words: Map<number, string> | undefined;

  /**
   * Makes an encoder.
   *
   * @param vocabulary The row of each word.
   * @param settings The rows of unknown words and of padding.
   * @param lengths How long inputs are.
   */
  constructor(
    vocabulary: ReadonlyMap<string, number>,
    { unknown, padding }: Pick<FilledSettings, "unknown" | "padding">,
    lengths: Lengths,
  ) {
    this.#vocabulary = vocabulary;
    this.#unknown = unknown ?? -1;
    this.#padding = lengths.fixed === undefined ? -1 : padding ?? -1;
    this.#lengths = lengths;
  }

  /** The row of a word: of its exact form, else in lower case, else that of unknown words. */
  row(word: string): number {
    const vocabulary = this.#vocabulary;
    return vocabulary.get(word) ?? vocabulary.get(word.toLowerCase()) ?? this.#unknown;
  }

  /** The word of a row, the first of several; a name for a row that no word has, none for −1. */
  word(row: number): string | undefined {
    if (row < 0) return undefined;
    if (this.#words === undefined) {
      this.#words = new Map([[this.#unknown, "<unknown>"], [this.#padding, "<padding>"]]);
      for (const [word, at] of [...this.#vocabulary].reverse()) this.#words.set(at, word);
    }
    return this.#words.get(row) ?? `<row ${row}>`;
  }

  /** The rows of a document, and how many of them are words. */
  encode({ tokens }: Document): { rows: Int32Array; words: number } {
    const words = Math.min(tokens.length, this.#lengths.fixed ?? Infinity);
    const rows = new Int32Array(this.#lengths.of(words)).fill(this.#padding);
    for (let t = 0; t < words; t++) rows[t] = this.row(tokens[t]!.text);
    return { rows, words };
  }
}
