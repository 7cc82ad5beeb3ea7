import type { OptionValues } from "../../options.ts";
import type { Side } from "../../text_reader.ts";
import { refuse } from "./_refuse.ts";
import { decodeJson, isPlainName, MIB, type ModelFileReader } from "./_source.ts";

/** How words become rows of the Embedding, and texts become inputs: what `text.json` holds. */
export interface TextSettings {
  /**
   * Row of words that are not in the vocabulary; `null` for the zero vector, `"drop"` to leave such
   * words out, as Keras's Tokenizer does without `oov_token`.
   *
   * @default {what the vocabulary's file says, else the row of "<unk>", "<UNK>", "[UNK]", "<oov>",
   * "<OOV>" or "[OOV]", else null}
   */
  readonly unknown?: number | null | "drop";
  /**
   * Row that fills up texts, for a model whose inputs all have the same length; `null` for the zero
   * vector. Other models pad very short texts with zero vectors.
   *
   * @default {the row of "<pad>", "<PAD>" or "[PAD]", else 0 if no word has row 0, else null}
   */
  readonly padding?: number | null;
  /** On which side of the words a text is filled up. @default {"post"} */
  readonly paddingSide?: Side;
  /** At which end a text is cut that is too long. @default {"post"} */
  readonly truncatingSide?: Side;
  /**
   * Row that stands before the words of every text; `null` for none. A text that is cut in front
   * loses it, as `pad_sequences` of Keras does.
   *
   * @default {what the vocabulary's file says, else null}
   */
  readonly start?: number | null;
  /** Added to the row of every word of the vocabulary, as `index_from` of Keras's imdb. @default {0} */
  readonly offset?: number;
  /**
   * Words whose row is not below this count as unknown, as with `num_words` of Keras.
   *
   * @default {what the vocabulary's file says, else the rows of the Embedding}
   */
  readonly numWords?: number;
  /** Rows that every input has, for a model that takes any number. @default {those of the model} */
  readonly length?: number;
  /**
   * The tokenizer that the model was trained with.
   *
   * @default {what the vocabulary's file says; "newsgroups" for exported word-CNNs; "characters"
   * where the words are characters; else "vocabulary"}
   */
  readonly tokenizer?: TokenizerSettings;
  /** Most words of a text that are read. @default {400} */
  readonly maxWords?: number;
}

/** A tokenizer by its name, or with options: `{"name": "whitespace", …}`. */
export type TokenizerSettings = string | ({ readonly name: string } & OptionValues);

/** What `text.json` holds: settings, and where words and classes are. */
export interface StoredSettings extends TextSettings {
  /** The file of the vocabulary. */
  readonly vocabulary?: string;
  /** The file of the classes, or their names. */
  readonly classes?: string | readonly string[];
}

export const TEXT_NAME = "text.json";

/** The fields of settings, in the order in which they are written. */
export const SETTING_NAMES = [
  "tokenizer",
  "vocabulary",
  "classes",
  "unknown",
  "padding",
  "paddingSide",
  "truncatingSide",
  "start",
  "offset",
  "numWords",
  "length",
  "maxWords",
] as const;

const isSide = (value: unknown) => value === "pre" || value === "post";
const isPositive = (value: unknown) => Number.isInteger(value) && (value as number) > 0;
const isRow = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

/** What each field may be, and the end of the sentence that says so. */
const CHECKS: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  unknown: [
    (value) => value === null || value === "drop" || isRow(value),
    "neither null nor a row",
  ],
  padding: [(value) => value === null || isRow(value), "neither null nor a row"],
  start: [(value) => value === null || isRow(value), "neither null nor a row"],
  paddingSide: [isSide, 'neither "post" nor "pre"'],
  truncatingSide: [isSide, 'neither "post" nor "pre"'],
  offset: [Number.isInteger, "not a whole number"],
  numWords: [isPositive, "not a positive integer"],
  length: [isPositive, "not a positive integer"],
  maxWords: [isPositive, "not a positive integer"],
  vocabulary: [isPlainName, "not the plain name of a file"],
  classes: [(value) => isPlainName(value) || Array.isArray(value), "neither a file nor a list"],
};

/**
 * Checks settings, as far as that can be done without the model.
 *
 * @param settings The settings.
 * @param rows How many rows the Embedding has.
 * @throws {SyntaxError} If a field is unknown, or not what it may be.
 */
export function checkSettings(settings: Readonly<Record<string, unknown>>, rows: number): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!(SETTING_NAMES as readonly string[]).includes(name)) {
      refuse(TEXT_NAME, `"${name}" is not one of ${SETTING_NAMES.join(", ")}`);
    }
    const [allows, otherwise] = CHECKS[name] ?? [];
    if (allows && !allows(value)) {
      refuse(TEXT_NAME, `"${name}" is ${JSON.stringify(value)}, ${otherwise}`);
    }
    const isRowName = name === "unknown" || name === "padding" || name === "start";
    if (isRowName && typeof value === "number" && value >= rows) {
      refuse(
        TEXT_NAME,
        `"${name}" is ${value}, neither null nor a row: the rows are 0 to ${rows - 1}`,
      );
    }
  }
}

/**
 * Reads the settings beside a model, and puts those that are given over them.
 *
 * @param reader Reads the files.
 * @param rows How many rows the Embedding has.
 * @param given The settings that are given.
 * @param instead What is taken in place of the file.
 * @returns All of them, checked.
 */
export async function readStoredSettings(
  reader: ModelFileReader,
  rows: number,
  given: TextSettings,
  instead?: StoredSettings,
): Promise<StoredSettings> {
  const bytes = instead === undefined ? await reader.readOptional(TEXT_NAME, MIB) : undefined;
  const stored: object = instead ?? (bytes === undefined ? {} : decodeJson(bytes, TEXT_NAME));
  if (Array.isArray(stored)) refuse(TEXT_NAME, "it is a list, not an object of settings");
  checkSettings(stored as Record<string, unknown>, rows);
  const own = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings = { ...stored, ...Object.fromEntries(own) };
  checkSettings(settings, rows);
  return settings;
}
