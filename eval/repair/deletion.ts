import { type Document, withWordsBeyond } from "@heatword/core";
import type { LeakingText, LearnedText } from "./counter_examples.ts";
import { type Leak, withoutLeak } from "./leak.ts";

/** Training texts with a leak taken out. */
export interface DeletedLeak {
  /** The texts, in their order, without those in which no word is left. */
  readonly texts: readonly LearnedText[];
  /** How many of them had the leak. */
  readonly changed: number;
  /** How many were left out, as the leak was all that they say. */
  readonly empty: number;
  /** Words of the leak, as they were written, that stand nowhere else in the texts. */
  readonly gone: readonly string[];
  /** Those that stand elsewhere, too. */
  readonly elsewhere: readonly string[];
}

/**
 * Takes a leak out of training texts: a model that learns from them has never seen it. Of a leak that
 * was added to texts, they are what was there before.
 *
 * @param texts The texts to learn from, and where they have the leak.
 * @param leak The leak.
 * @param read How the model reads texts.
 * @returns The texts, and which words went with the leak.
 *
 * @example
 * ```ts
 * import { miniModel } from "@heatword/explainers/check";
 * import { leakingTexts, leakOfWords, withLeakDeleted } from "@heatword/eval/repair";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const leak = leakOfWords(["best regards"], model);
 * const texts = [
 *   { text: "a refund best regards", label: "billing" },
 *   { text: "the best route", label: "delivery" },
 * ];
 * const read = (text: string) => model.read(text);
 * const deleted = withLeakDeleted(leakingTexts(texts, leak, read), leak, read);
 * assertEquals(deleted.texts.map(({ text }) => text), ["a refund ", "the best route"]);
 * assertEquals([deleted.gone, deleted.elsewhere], [["regards"], ["best"]]);
 * ```
 */
export function withLeakDeleted(
  texts: readonly LeakingText[],
  leak: Leak,
  read: (text: string) => Document,
): DeletedLeak {
  const taken = new Set<string>();
  const left = new Set<string>();
  const kept: LearnedText[] = [];
  let [changed, empty] = [0, 0];
  for (const { text, label, spans } of texts) {
    const without = spans.length === 0 ? text : withoutLeak(text, leak, spans);
    const words = withWordsBeyond(read(without)).tokens;
    words.forEach((word) => left.add(word.text));
    if (spans.length > 0) {
      for (const { text: word, start, end } of withWordsBeyond(read(text)).tokens) {
        if (spans.some(([from, to]) => start < to && from < end)) taken.add(word);
      }
      if (words.length === 0) {
        empty++;
        continue;
      }
      changed++;
    }
    kept.push({ text: without, label });
  }
  const words = [...taken].sort();
  return {
    texts: kept,
    changed,
    empty,
    gone: words.filter((word) => !left.has(word)),
    elsewhere: words.filter((word) => left.has(word)),
  };
}
