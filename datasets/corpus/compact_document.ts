import type { Document } from "@heatword/core";
import type { CorpusReading } from "./corpus_reading.ts";

/** A document in little space: its words without their places in the text. */
export interface CompactDocument {
  /** Its name. */
  readonly id: string;
  /** Index of its true class. */
  readonly label: number;
  /** Its words, a blank between two. */
  readonly words: string;
  /** The words one by one, where one of them holds a blank itself. */
  readonly list?: readonly string[];
  /** How many words it has. */
  readonly length: number;
  /** The words of the whole text, where `words` are only the first of them. */
  readonly whole?: string;
}

/**
 * Turns a text into a compact document.
 *
 * @param text The text, its name and its class.
 * @param classes The names of the classes.
 * @param reading How it becomes words.
 * @param maxWords How many words are kept. @default {reading.maxWords}
 * @returns The document.
 */
export function compactDocument(
  { id, label, text }: { readonly id: string; readonly label: string; readonly text: string },
  classes: readonly string[],
  reading: CorpusReading,
  maxWords = reading.maxWords,
): CompactDocument {
  const texts = reading.readWhole(text).tokens.map((token) => token.text);
  const kept = texts.slice(0, maxWords);
  return {
    id,
    label: classes.indexOf(label),
    words: kept.join(" "),
    length: kept.length,
    ...(kept.some((word) => word.includes(" ")) && { list: kept }),
    ...(kept.length < texts.length && { whole: texts.join(" ") }),
  };
}

/**
 * Turns a compact document into one that models and explainers take.
 *
 * @param compact The compact document.
 * @returns The document; its text is its words, a blank between two.
 */
export function toDocument(
  { words, list }: Pick<CompactDocument, "words" | "list">,
): Document {
  let start = 0;
  const texts = list ?? (words === "" ? [] : words.split(" "));
  const tokens = texts.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: words, tokens };
}
