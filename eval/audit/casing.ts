import { groupSpans, type Span } from "./groups.ts";

/** A way to write a word. */
export interface WordCasing {
  /** What it is called. */
  readonly what: string;
  /** Finds words that are written so; global, with the flag `u`. */
  readonly pattern: RegExp;
  /** Writes a word so. */
  write(word: string): string;
}

/** A way to write all of a text. */
export interface TextCasing {
  /** What it is called. */
  readonly what: string;
  /** Finds the words that count; global, with the flag `u`. */
  readonly words: RegExp;
  /** How one is written. */
  readonly written: RegExp;
  /** The share of them that is. */
  readonly share: number;
  /** Writes a text so. */
  write(text: string): string;
  /** Writes a text that is written so as others are. */
  undo(text: string): string;
}

const capitalised = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

/** A text that begins with a capital letter. */
const sentence = (text: string) => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());

/** How words are written that count as casing. */
export const wordCasings: readonly WordCasing[] = [
  {
    what: "ALL CAPS",
    pattern: /(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu,
    write: (word) => word.toUpperCase(),
  },
  {
    what: "Capitalised",
    pattern: /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?![\p{L}\p{N}])/gu,
    write: capitalised,
  },
  {
    what: "MiXeD",
    pattern: /(?<![\p{L}\p{N}])(?=\p{L}*\p{Ll}\p{Lu})\p{L}+(?![\p{L}\p{N}])/gu,
    write: (word) =>
      [...word].map((letter, i) => i % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())
        .join(""),
  },
];

/** How whole texts are written that count as casing. */
export const textCasings: readonly TextCasing[] = [
  {
    what: "ALL OF THE TEXT IN CAPITALS",
    words: /\p{L}{2,}/gu,
    written: /^\p{Lu}+$/u,
    share: 0.8,
    write: (text) => text.toUpperCase(),
    undo: (text) => text.toLowerCase(),
  },
  {
    what: "All Of The Text Capitalised",
    // Of "Don't" the first letter alone is a capital one.
    words: /\p{L}(?=[\p{L}\p{M}]|['’]\p{L})[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu,
    written: /^\p{Lu}[\p{Ll}\p{M}]*(?:['’]\p{L}\p{Ll}*)*$/u,
    share: 0.95,
    write: (text) => text.replaceAll(/\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu, capitalised),
    undo: (text) => sentence(text.toLowerCase()),
  },
  {
    what: "all of the text in lower case",
    words: /\p{L}+/gu,
    written: /^\p{Ll}+$/u,
    share: 1,
    write: (text) => text.toLowerCase(),
    undo: sentence,
  },
];

/** A text of fewer words is not written in any way. */
const LEAST_WORDS = 3;

/**
 * Where a text is written in a way: all of its words, if enough of them are; else nowhere.
 *
 * @param casing The way.
 * @param text The text.
 */
export function textCasingSpans({ words, written, share }: TextCasing, text: string): Span[] {
  const found = groupSpans({ pattern: words }, text);
  if (found.length < LEAST_WORDS) return [];
  const such = found.filter((span) => written.test(text.slice(...span)));
  return such.length >= share * found.length ? found : [];
}

/** The way to write all of a text that is called so, if any is. */
export function textCasing(what: string): TextCasing | undefined {
  return textCasings.find((casing) => casing.what === what);
}

/** The way to write a word that is called so, if any is. */
export function wordCasing(what: string): WordCasing | undefined {
  return wordCasings.find((casing) => casing.what === what);
}
