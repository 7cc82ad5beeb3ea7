import { type KerasTokenizer, readKerasTokenizer } from "./_keras_tokenizer.ts";
import { refuse } from "./_refuse.ts";

/** The words of a model, and the rows of their vectors. */
export type WordRows = Readonly<Record<string, number>> | ReadonlyMap<string, number>;

/** A vocabulary as a file has it; rows are those of the file. */
export interface ParsedVocabulary {
  /** The row of each word. */
  readonly words: ReadonlyMap<string, number>;
  /** What the file holds, for people, e.g. `a list, a word's place is its row`. */
  readonly shape: string;
  /** Whether rows are places in a list, of which nobody says whether they start at 0 or at 1. */
  readonly byPlace?: boolean;
  /** Rows that the file names besides the words. */
  readonly special?: {
    readonly padding?: number;
    readonly start?: number;
    readonly unknown?: number;
  };
  /** What a tokenizer of Keras says. */
  readonly keras?: KerasTokenizer;
  /** Fields of the file that are of no use. */
  readonly ignored?: readonly string[];
}

/** What a vocabulary should look like, for messages. */
export const VOCABULARY_SHAPE = '{"word": row, …}';

const isNumber = (text: unknown) => typeof text === "string" && /^\d+$/.test(text);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 80);

function unique(entries: Iterable<readonly [string, number]>, name: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word, row] of entries) {
    const other = words.get(word);
    if (other !== undefined) {
      refuse(name, `word "${word}" is there twice, in rows ${other} and ${row}`);
    }
    words.set(word, row);
  }
  return words;
}

function parseList(list: readonly unknown[], name: string): ParsedVocabulary {
  if (list.every((word) => typeof word === "string")) {
    const entries = list.map((word, row) => [word, row] as const).filter(([word]) => word !== "");
    const shape = "a list, in which the place of a word is its row";
    return { words: unique(entries, name), shape, byPlace: list[0] !== "" };
  }
  const isPair = (pair: unknown): pair is [string, number] =>
    Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string" &&
    typeof pair[1] === "number";
  if (list.every(isPair)) return { words: unique(list, name), shape: "a list of words and rows" };
  refuse(
    name,
    `it is a list, but neither of words nor of [word, row]; make it ${VOCABULARY_SHAPE}`,
  );
}

/** A table without further tables in it: words to rows, or rows to words. */
function parseTable(table: Record<string, unknown>, name: string): ParsedVocabulary {
  const entries = Object.entries(table);
  const texts = entries.filter(([, value]) => typeof value === "string");
  if (texts.length === 0) {
    // What is not a row is refused where rows are looked at.
    return { words: new Map(entries as [string, number][]), shape: "a table of words and rows" };
  }
  if (texts.length < entries.length) {
    const [word, value] = texts[0]!;
    refuse(name, `word "${word}" has row ${shown(value)}, others have numbers; give numbers alone`);
  }
  const keys = entries.every(([key]) => isNumber(key));
  const values = entries.every(([, value]) => isNumber(value));
  if (keys && values) {
    refuse(
      name,
      "all words and all rows are numbers in quotes: nobody can tell which are which; give rows " +
        `without quotes, ${VOCABULARY_SHAPE}`,
    );
  }
  if (keys) {
    const turned = entries.map(([row, word]) => [word as string, Number(row)] as const);
    return { words: unique(turned, name), shape: "a table of rows and words (turned round)" };
  }
  if (values) {
    const words = new Map(entries.map(([word, row]) => [word, Number(row)]));
    return { words, shape: "a table of words and rows (in quotes)" };
  }
  const [word, value] = entries[0]!;
  refuse(name, `word "${word}" has row ${shown(value)}; make it ${VOCABULARY_SHAPE}`);
}

/** Names of rows that are not words. */
const SPECIAL = {
  padding: /^pad(ding)?$/,
  start: /^(start|bos|sos)$/,
  unknown: /^(unk|unknown|oov)$/,
} as const;

/** A table inside, with rows that are not words beside it. */
function parseNested(
  name: string,
  [inner, table]: readonly [string, unknown],
  beside: readonly (readonly [string, unknown])[],
): ParsedVocabulary {
  const found = parseVocabulary(table, name);
  const special: Record<string, number> = {};
  const ignored: string[] = [];
  for (const [key, value] of beside) {
    const plain = key.toLowerCase().replace(/^[<[]|[>\]]$/g, "").replace(/_(token|index|id)$/, "");
    const kind = Object.entries(SPECIAL).find(([, pattern]) => pattern.test(plain))?.[0];
    if (kind !== undefined && Number.isInteger(value)) special[kind] = value as number;
    else ignored.push(key);
  }
  const shape = `${found.shape}, in "${inner}"`;
  return { ...found, shape, special, ...(ignored.length > 0 && { ignored }) };
}

/** Tables that often stand beside another of the same words; the first that is there counts. */
const KNOWN_TABLES = [
  "word_index",
  "wordIndex",
  "vocabulary",
  "vocab",
  "stoi",
  "index_word",
  "itos",
];

/**
 * Reads a vocabulary in any of the shapes in which programs write it.
 *
 * @param json The JSON value.
 * @param name The name of its file, for messages.
 * @returns The words with the rows that stand there, not yet checked.
 * @throws {SyntaxError} If it is none, or could be read in two ways; the message says what to do.
 */
export function parseVocabulary(json: unknown, name: string): ParsedVocabulary {
  if (typeof json === "string") {
    // Written twice: the JSON of a text that is JSON itself, as of Tokenizer.to_json().
    let inner: unknown;
    try {
      inner = JSON.parse(json);
    } catch {
      refuse(name, `it is a text, not ${VOCABULARY_SHAPE}`);
    }
    if (typeof inner === "string") refuse(name, `it is a text, not ${VOCABULARY_SHAPE}`);
    return parseVocabulary(inner, name);
  }
  if (Array.isArray(json)) return parseList(json, name);
  if (!isObject(json)) refuse(name, `it is ${shown(json)}, not ${VOCABULARY_SHAPE}`);
  if (json.class_name === "Tokenizer" && isObject(json.config)) {
    const keras = readKerasTokenizer(json.config, name);
    const { words, shape } = parseVocabulary(keras.wordIndex, name);
    const unknown = keras.oovToken === undefined ? undefined : words.get(keras.oovToken);
    return {
      words,
      shape: `${shape}, in Keras's Tokenizer.to_json()`,
      keras,
      ...(unknown !== undefined && { special: { unknown } }),
    };
  }
  if (isObject(json.model) && json.model.vocab !== undefined) {
    refuse(
      name,
      "it is a tokenizer of Hugging Face, whose pieces of words this model cannot have been " +
        `trained on; give the words of the Embedding as ${VOCABULARY_SHAPE}`,
    );
  }
  const tables = Object.entries(json).filter(([key, value]) =>
    typeof value === "object" && value !== null ||
    KNOWN_TABLES.includes(key) && typeof value === "string" && /^\s*[[{]/.test(value)
  );
  if (tables.length === 0) return parseTable(json, name);
  const known = KNOWN_TABLES.map((key) => tables.find(([table]) => table === key));
  const table = tables.length === 1 ? tables[0] : known.find((found) => found !== undefined);
  if (table === undefined) {
    const names = tables.slice(0, 3).map(([key]) => `"${key}"`).join(", ");
    refuse(name, `it holds several tables, ${names}; leave that of the words: ${VOCABULARY_SHAPE}`);
  }
  return parseNested(name, table, Object.entries(json).filter(([key]) => key !== table[0]));
}
