/**
 * Writes texts as lines: one text per line, a blank between two words.
 *
 * @param texts The words of each text.
 * @returns The lines in UTF-8.
 * @throws {SyntaxError} If a word is empty or holds white space, which ends words there.
 *
 * @example
 * ```ts
 * import { trainingText } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const text = trainingText([["the", "moon"], [], ["the", "sun"]]);
 * assertEquals(new TextDecoder().decode(text), "the moon\nthe sun\n");
 * ```
 */
export function trainingText(texts: Iterable<readonly string[]>): Uint8Array {
  const lines: string[] = [];
  for (const words of texts) {
    for (const word of words) {
      // deno-lint-ignore no-control-regex
      if (word === "" || /[\s\x00]/.test(word)) {
        throw new SyntaxError(`Cannot train a vector for the word ${JSON.stringify(word)}`);
      }
    }
    if (words.length > 0) lines.push(words.join(" ") + "\n");
  }
  return new TextEncoder().encode(lines.join(""));
}
