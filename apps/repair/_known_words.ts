import { formatCount, type Model } from "@heatword/core";

/** What became of the words of a leak that was taken out of texts. */
export interface LeftKnown {
  /** How many words of its vocabulary the model knows no more. */
  readonly forgotten: number;
  /** How many it still knows, as they stand elsewhere, too. */
  readonly known: number;
}

/** What a model knows a word as: a word in capitals may be read as the one in small letters. */
function knownAs(model: Model, word: string): string | undefined {
  const token = { text: word, start: 0, end: word.length };
  return model.knownWords?.(model.encode({ text: word, tokens: [token] }))?.[0];
}

/**
 * Counts which words of a leak a model knows no more, and which it still does.
 *
 * @param words The words, as texts have them; those that the model never knew do not count.
 * @param before The model that learned with the leak.
 * @param after The one that learned without it.
 */
export function leftKnown(words: readonly string[], before: Model, after: Model): LeftKnown {
  const [forgotten, known] = [new Set<string>(), new Set<string>()];
  for (const word of words) {
    const [was, is] = [knownAs(before, word), knownAs(after, word)];
    if (is !== undefined) known.add(is);
    else if (was !== undefined) forgotten.add(was);
  }
  // Another form of a word that is still known is no other word.
  return { forgotten: forgotten.difference(known).size, known: known.size };
}

/** What became of the words of a leak, as a clause; nothing of what is nothing. */
export function wordsText({ forgotten, known }: LeftKnown): string {
  const parts = [
    forgotten > 0 && `${formatCount(forgotten, "word")} of the leak it no longer knows`,
    known > 0 &&
    `${formatCount(known, "word")} of it ${known === 1 ? "says" : "say"} what ${
      known === 1 ? "it says" : "they say"
    } elsewhere in the texts`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `; ${parts.join(", ")}` : "";
}
