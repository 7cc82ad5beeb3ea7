import { Vocabulary } from "../word_cnn/vocabulary.ts";
import type { NetworkHeader } from "./tensors.ts";
import { textOf } from "./read.ts";

/**
 * The words of a model as a file has them: UTF-8, one a line.
 *
 * @throws {RangeError} If a word cannot stand on a line.
 */
export function vocabularyFile(words: readonly string[]): Uint8Array {
  for (const word of words) {
    // deno-lint-ignore no-control-regex
    if (word === "" || /[\x00-\x1f]/.test(word) || !word.isWellFormed()) {
      throw new RangeError(`Cannot save the word ${JSON.stringify(word)}`);
    }
  }
  return new TextEncoder().encode(words.map((word) => word + "\n").join(""));
}

/**
 * Reads what {@linkcode vocabularyFile} gave.
 *
 * @throws {SyntaxError} If it has other words than the header says, or one twice.
 */
export function readVocabulary(content: Uint8Array, header: NetworkHeader): Vocabulary {
  const { name } = header.files.vocabulary!;
  const refuse = (what: string) => new SyntaxError(`Cannot read model file "${name}": ${what}`);
  const words = textOf(content, name).split("\n");
  if (words.pop() !== "" || words.length !== header.words) {
    throw refuse(`it does not have the ${header.words} lines that the header says`);
  }
  if (words.includes("")) throw refuse("it has an empty line");
  try {
    return new Vocabulary(words);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}
