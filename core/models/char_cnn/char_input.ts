import { pickRows } from "../../layers/mod.ts";
import type { VectorInput } from "../../model.ts";
import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { rowsInput } from "../rows_input.ts";

/**
 * An input of a char-CNN: words, each with the vectors of its characters side by side, zeros where it
 * has fewer; or, without `places`, characters one by one, as the layers see them.
 */
export interface CharInput extends VectorInput {
  /** The row of each character, −1 for the zero vector, shape [N]; absent where vectors were given. */
  readonly rows?: Int32Array;
  /**
   * Where each character stands: word times the most characters of a word, and which of its
   * characters; shape [N]. Absent where the characters themselves are the positions of the input.
   */
  readonly places?: Int32Array;
}

/** The layer from words to characters. */
export function toCharacters(places: Int32Array, wordLength: number) {
  return pickRows(places, "characters", wordLength);
}

/**
 * An input of words that are known by their characters; the vectors are looked up when asked for.
 *
 * @param rows The row of each character; kept.
 * @param places Where each stands; kept.
 * @param length Number of words.
 * @param wordLength Most characters of a word.
 * @param table The vectors of the characters.
 * @param unknown Positions of words without a known character.
 */
export function wordsOfRows(
  rows: Int32Array,
  places: Int32Array,
  length: number,
  wordLength: number,
  table: EmbeddingTable,
  unknown: readonly number[] = [],
): CharInput {
  const dimensions = wordLength * table.dimensions;
  let found: FloatArray | undefined;
  return {
    length,
    dimensions,
    rows,
    places,
    ...(unknown.length > 0 && { unknown }),
    get vectors() {
      if (found) return found;
      const { vectors } = rowsInput(rows, table);
      const size = table.dimensions;
      found = zerosLike(vectors, length * dimensions);
      for (let i = 0; i < places.length; i++) {
        found.set(vectors.subarray(i * size, (i + 1) * size), places[i]! * size);
      }
      return found;
    },
  };
}

/**
 * The characters that belong to words.
 *
 * @param places Where each character stands.
 * @param wordLength Most characters of a word.
 * @param words Positions of words.
 * @returns Positions of characters, increasing.
 */
export function charactersOf(
  places: Int32Array,
  wordLength: number,
  words: Iterable<number>,
): number[] {
  const wanted = new Set(words);
  const found: number[] = [];
  for (let i = 0; i < places.length; i++) {
    if (wanted.has(Math.floor(places[i]! / wordLength))) found.push(i);
  }
  return found;
}
