import { preprocess, type PreprocessOptions } from "../preprocess.ts";

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
  /** The words of the whole text, where `words` are only the first of them. */
  readonly whole?: string;
}

/**
 * Turns a text into a compact document.
 *
 * @param text The text, its name and its class.
 * @param classes The names of the classes.
 * @param options What Punkt knows, and how many words are kept.
 */
export function compactDocument(
  { id, label, text }: { readonly id: string; readonly label: string; readonly text: string },
  classes: readonly string[],
  options: Pick<PreprocessOptions, "parameters" | "maxTokens">,
): CompactDocument {
  const { maxTokens = 400 } = options;
  const texts = preprocess(text, { ...options, maxTokens: Infinity }).tokens
    .map((token) => token.text);
  const kept = texts.slice(0, maxTokens);
  return {
    id,
    label: classes.indexOf(label),
    words: kept.join(" "),
    length: kept.length,
    ...(kept.length < texts.length && { whole: texts.join(" ") }),
  };
}
