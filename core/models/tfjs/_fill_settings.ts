import { firstReading, parseReading, type Side, type TextReading } from "../../text_reader.ts";
import { refuse } from "./_refuse.ts";
import { type StoredSettings, TEXT_NAME } from "./_text_settings.ts";
import type { ParsedVocabulary } from "./_vocabulary.ts";

/** Settings with nothing left open. */
export interface FilledSettings {
  readonly unknown: number | null | "drop";
  readonly padding: number | null;
  readonly paddingSide: Side;
  readonly truncatingSide: Side;
  readonly start: number | null;
  readonly reading: TextReading;
}

/** What is known of the model besides its words. */
export interface ModelFacts {
  /** How many rows the Embedding has. */
  readonly rows: number;
  /** Whether the model was exported by this project. */
  readonly isExport: boolean;
  /** How many rows every input has, where that is fixed. */
  readonly fixed: number | undefined;
}

const UNKNOWN = ["<unk>", "<UNK>", "[UNK]", "<oov>", "<OOV>", "[OOV]", "<unknown>", "<UNKNOWN>"];
const PADDING = ["<pad>", "<PAD>", "[PAD]"];
/** So many single characters and nothing else are an alphabet. */
const ALPHABET = 20;

/** Whether the words of a model are characters. */
function areCharacters(words: ReadonlyMap<string, number>): boolean {
  const special = [...UNKNOWN, ...PADDING];
  let count = 0;
  for (const word of words.keys()) {
    if (special.includes(word)) continue;
    if (word.length > 2 || [...word].length !== 1) return false;
    count++;
  }
  return count > 1 && (count >= ALPHABET || words.has(" "));
}

/** How texts are read. */
function readingOf(
  { tokenizer, maxWords = firstReading.maxWords!, truncatingSide = "post", start }: StoredSettings,
  { words, keras }: ParsedVocabulary,
  { isExport, fixed = Infinity }: ModelFacts,
): TextReading {
  const assumed = keras
    ? { name: "keras", ...keras.options }
    : isExport
    ? firstReading.tokenizer
    : areCharacters(words)
    ? "characters"
    : "vocabulary";
  const settings = tokenizer ?? assumed;
  const { name, ...options } = typeof settings === "string" ? { name: settings } : settings ?? {};
  // A text that is cut in front loses the start row too.
  const room = start !== null && start !== undefined && truncatingSide === "post"
    ? fixed - 1
    : fixed;
  try {
    const max = Math.max(1, Math.min(maxWords, room));
    const reading = parseReading({ tokenizer: name, options, maxWords: max });
    return truncatingSide === "pre" ? { ...reading, truncatingSide } : reading;
  } catch (error) {
    refuse(TEXT_NAME, (error as Error).message);
  }
}

/**
 * Fills in what settings leave open.
 *
 * @param settings The settings.
 * @param vocabulary The words, as their file has them.
 * @param placed The rows of the Embedding of the words that have one.
 * @param facts What is known of the model.
 */
export function fillSettings(
  settings: StoredSettings,
  vocabulary: ParsedVocabulary,
  placed: ReadonlyMap<string, number>,
  facts: ModelFacts,
): FilledSettings {
  const { special = {}, keras } = vocabulary;
  const inTable = (row: number | undefined) =>
    row !== undefined && row >= 0 && row < facts.rows ? row : undefined;
  const named = (names: readonly string[]) => {
    const name = names.find((name) => placed.has(name));
    return name === undefined ? undefined : placed.get(name)!;
  };
  const firstIsFree = !placed.values().some((row) => row === 0);
  const {
    unknown = inTable(special.unknown) ?? (keras ? "drop" : named(UNKNOWN) ?? null),
    padding = inTable(special.padding) ?? named(PADDING) ?? (firstIsFree ? 0 : null),
    start = inTable(special.start) ?? null,
    paddingSide = "post",
    truncatingSide = "post",
  } = settings;
  const reading = readingOf({ ...settings, start }, vocabulary, facts);
  return { unknown, padding, start, paddingSide, truncatingSide, reading };
}
