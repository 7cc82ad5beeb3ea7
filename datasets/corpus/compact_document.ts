import type { Document, TextReader } from "@heatword/core";

/** A document in little space: its words without their places in the text. */
export interface CompactDocument {
  /** Its name. */
  readonly id: string;
  /** Index of its true class. */
  readonly label: number;
  /** Its words, a blank between two. */
  readonly words: string;
  /** How many words it has. */
  readonly length: number;
  /** The words one by one, where a blank in one of them makes that needed. */
  readonly separate?: readonly string[];
  /** The words of the whole text, where `words` are only the first of them. */
  readonly whole?: string;
  /** The text as it is written, where its sentences are asked for: then it is read anew. */
  readonly text?: string;
}

/** The words after the last one that is seen, as they stand in the text. */
function wordsBeyond({ text, unseen = [] }: Document): string[] {
  const beyond = unseen.filter(({ reason }) => reason === "beyond the limit");
  return beyond.map(({ start, end }) => text.slice(start, end));
}

/**
 * Turns a text into a compact document.
 *
 * @param text The text, its name and its class.
 * @param classes The names of the classes.
 * @param reader Cuts the text into words.
 */
export function compactDocument(
  { id, label, text }: { readonly id: string; readonly label: string; readonly text: string },
  classes: readonly string[],
  reader: Pick<TextReader, "read">,
): CompactDocument {
  const document = reader.read(text);
  const kept = document.tokens.map((token) => token.text);
  const beyond = wordsBeyond(document);
  const words = kept.join(" ");
  return {
    id,
    label: classes.indexOf(label),
    words,
    length: kept.length,
    ...(kept.some((word) => word === "" || word.includes(" ")) && { separate: kept }),
    ...(beyond.length > 0 && { whole: [...kept, ...beyond].join(" ") }),
  };
}

/**
 * A compact document of all words of a text, those too that a reader leaves out as too many.
 *
 * @param document A compact document of the first words.
 */
export function wholeDocument(document: CompactDocument): CompactDocument {
  const { whole, separate: _, ...rest } = document;
  if (whole === undefined) return document;
  return { ...rest, words: whole, length: whole.split(" ").length };
}

/** Turns a compact document into one that models and explainers take. */
export function toDocument(
  { words, separate }: Pick<CompactDocument, "words" | "separate">,
): Document {
  let start = 0;
  const texts = separate ?? (words === "" ? [] : words.split(" "));
  const tokens = texts.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: words, tokens };
}
