import { readerOfFolder, type TextReader } from "../../text_reader.ts";
import { type TokenizerResources, tokenizers } from "../../tokenizer.ts";
import { type FilledSettings, fillSettings, type ModelFacts } from "./_fill_settings.ts";
import { placeWords } from "./_place_words.ts";
import { refuse } from "./_refuse.ts";
import type { ModelFileReader } from "./_source.ts";
import {
  readStoredSettings,
  SETTING_NAMES,
  type StoredSettings,
  TEXT_NAME,
  type TextSettings,
} from "./_text_settings.ts";
import type { ParsedVocabulary, WordRows } from "./_vocabulary.ts";
import { type Found, readClasses, readVocabulary } from "./_word_files.ts";

/** What a LayersModel does not say itself; what is not given is read from files beside it. */
export interface TfjsOptions extends TextSettings {
  /**
   * The names of the classes.
   *
   * @default {those of `classes.json` or a file like it, else `"0"`, `"1"`, …}
   */
  readonly classes?: readonly string[];
  /** The row of the Embedding of each word. @default {that of `vocabulary.json` or a file like it} */
  readonly vocabulary?: WordRows;
  /** What is taken in place of the file `text.json`, whether there is one or not. */
  readonly text?: StoredSettings;
}

/** How a model reads texts, and from where that is known. */
export interface ModelText {
  /** The words, as their file has them. */
  readonly vocabulary: Found<ParsedVocabulary>;
  /** The row of the Embedding of each word that has one. */
  readonly rows: ReadonlyMap<string, number>;
  /** The names of the classes, if they are known. */
  readonly classes: Found<readonly string[]> | undefined;
  /** The settings that are given or stored. */
  readonly stored: StoredSettings;
  /** The same with nothing left open. */
  readonly settings: FilledSettings;
  /** Whether words are looked up as they stand alone. */
  readonly exactCase: boolean;
  /** How many rows every input has, where that is fixed. */
  readonly fixed: number | undefined;
  /** Reads texts. */
  readonly reader: TextReader;
  /** What is worth knowing of it; a sentence each. */
  readonly notes: readonly string[];
}

/** The settings among what is given. */
function settingsOf(options: TfjsOptions): TextSettings {
  const { vocabulary: _, classes: __, text: ___, ...settings } = options;
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) =>
      (SETTING_NAMES as readonly string[]).includes(name)
    ),
  );
}

/** How many rows every input has: as the model says, else as the settings do. */
function fixedLength(own: number | undefined, { length }: StoredSettings): number | undefined {
  if (own !== undefined && length !== undefined && own !== length) {
    refuse(TEXT_NAME, `"length" is ${length}, but the inputs of the model have ${own} rows`);
  }
  return own ?? length;
}

/**
 * Reads what stands beside a model: its words, its classes, and how it reads texts.
 *
 * @param reader Reads the files.
 * @param facts What is known of the model.
 * @param options What is given, and goes before what stands there.
 * @param resources Where the tokenizer may look for tables.
 * @throws {Deno.errors.NotFound} If there is no vocabulary.
 * @throws {SyntaxError} If a file makes no sense.
 */
export async function readModelText(
  reader: ModelFileReader,
  facts: ModelFacts,
  options: TfjsOptions,
  resources: TokenizerResources,
): Promise<ModelText> {
  const stored = await readStoredSettings(reader, facts.rows, settingsOf(options), options.text);
  const fixed = fixedLength(facts.fixed, stored);
  const vocabulary = await readVocabulary(reader, stored.vocabulary, options.vocabulary);
  const { value, file = "vocabulary" } = vocabulary;
  const { rows, notes } = placeWords(value, file, facts.rows, stored);
  const settings = fillSettings(stored, value, rows, { ...facts, fixed });
  const { tokenizer } = settings.reading;
  const exactCase = tokenizers.has(tokenizer) && tokenizers.get(tokenizer).exactCase === true;
  const knows = (word: string) => rows.has(word) || !exactCase && rows.has(word.toLowerCase());
  return {
    vocabulary,
    rows,
    classes: await readClasses(reader, stored.classes, options.classes),
    stored,
    settings,
    exactCase,
    fixed,
    reader: await readerOfFolder(
      settings.reading,
      { ...resources, vocabulary: rows },
      // Words that are left out take no room.
      settings.unknown === "drop" ? knows : undefined,
    ),
    notes,
  };
}
