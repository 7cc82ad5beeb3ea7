import { refuse } from "./_refuse.ts";
import { type StoredSettings, TEXT_NAME } from "./_text_settings.ts";
import type { ParsedVocabulary } from "./_vocabulary.ts";

/** The words of a vocabulary in the rows of an Embedding. */
export interface PlacedWords {
  /** The row of each word that has one. */
  readonly rows: ReadonlyMap<string, number>;
  /** What is worth knowing of it; a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Puts the words of a vocabulary into the rows of the Embedding. A `word_index` of Keras has more
 * words than the Embedding has rows: those of the rows that there are not are unknown to the model.
 *
 * @param vocabulary The words with the rows that their file says.
 * @param name The name of the file.
 * @param rows How many rows the Embedding has.
 * @param settings What is added to rows, and from which row on words are unknown.
 * @returns The words that have a row.
 * @throws {SyntaxError} If a row is none, no word has one, or nobody says where rows begin.
 */
export function placeWords(
  { words, keras, byPlace, ignored }: ParsedVocabulary,
  name: string,
  rows: number,
  settings: Pick<StoredSettings, "offset" | "numWords">,
): PlacedWords {
  const { offset = 0, numWords = keras?.numWords ?? Infinity } = settings;
  if (words.size === 0) refuse(name, "it holds no word");
  if (byPlace && settings.offset === undefined && words.size === rows - 1) {
    refuse(
      name,
      `it lists ${words.size} words for an Embedding of ${rows} rows, so that the first may have row ` +
        `0 or 1: say which by "offset" in "${TEXT_NAME}", {"offset": 1} where row 0 is for padding`,
    );
  }
  const max = Math.min(rows, numWords);
  const placed = new Map<string, number>();
  /** The word of the lowest row that there is not. */
  let first: string | undefined;
  for (const [word, row] of words) {
    const place = row + offset;
    if (!Number.isInteger(row) || place < 0) {
      const added = offset === 0 ? "" : ` (with ${offset} added)`;
      refuse(
        name,
        `word "${word}" has row ${JSON.stringify(row)}${added}, but the rows are 0 to ${rows - 1}`,
      );
    }
    if (place < max) placed.set(word, place);
    else if (first === undefined || row < words.get(first)!) first = word;
  }
  if (placed.size === 0) {
    refuse(
      name,
      `word "${first}" has row ${words.get(first!)! + offset}, but the rows are 0 to ${max - 1}, ` +
        "and no other word has one of these: is it the vocabulary of another model?",
    );
  }
  const notes: string[] = [];
  const beyond = words.size - placed.size;
  if (beyond > 0) {
    const limit = numWords < rows
      ? `the model uses the rows below ${numWords} alone`
      : `the Embedding has ${rows.toLocaleString("en")} rows`;
    notes.push(
      `${beyond.toLocaleString("en")} of the ${
        words.size.toLocaleString("en")
      } words of "${name}" ` +
        `have further rows, where ${limit}: they are unknown to the model (the first is "${first}")`,
    );
  }
  if (ignored) {
    notes.push(`not used of "${name}": ${ignored.map((field) => `"${field}"`).join(", ")}`);
  }
  return { rows: placed, notes };
}
