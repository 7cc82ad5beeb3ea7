/** A piece of a text between two word boundaries. */
export interface Segment {
  /** Offset of its first UTF-16 code unit. */
  readonly start: number;
  /** Offset after its last one. */
  readonly end: number;
  /** Whether it is a word, a number or an emoji, not white space or punctuation. */
  readonly isWord: boolean;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: that takes longer than to load all tokenizers. */
const boundaries = () => segmenter ??= new Intl.Segmenter("und", { granularity: "word" });

/** Emoji and flags; digits, which Unicode counts as emoji too, are words anyway. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/**
 * Cuts a text at the word boundaries of Unicode (UAX #29), with the dictionaries of ICU for scripts
 * that have no blanks.
 *
 * @param text The text.
 * @param emoji Whether an emoji is a word.
 * @returns All of it, in pieces.
 */
export function* segmentsOf(text: string, emoji = true): Generator<Segment> {
  for (const { segment, index, isWordLike } of boundaries().segment(text)) {
    const isWord = isWordLike === true || emoji && EMOJI.test(segment);
    yield { start: index, end: index + segment.length, isWord };
  }
}
