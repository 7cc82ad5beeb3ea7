import type { Random } from "@heatword/core";

/** A text with its class. */
export interface LabelledSentences {
  /** The sentences of a text. */
  readonly sentences: readonly string[];
  /** Index of its class. */
  readonly label: number;
}

/** A text made of sentences of several texts. */
export interface HybridText {
  /** The text. */
  readonly text: string;
  /** Where each sentence ends in it, increasing; UTF-16 offsets. */
  readonly ends: readonly number[];
  /** The class of each sentence. */
  readonly labels: readonly number[];
}

/**
 * Makes hybrid texts: all sentences of some texts are shuffled and put together, so many a text; a
 * rest that does not fill one is dropped (Poerner et al. 2018, who take ten).
 *
 * @param texts The texts, cut into sentences with at least one word each.
 * @param sentences How many sentences a hybrid has.
 * @param random Shuffles the sentences.
 * @param most How many hybrids are made at most.
 * @returns The hybrids.
 *
 * @example
 * ```ts
 * import { Random } from "@heatword/core";
 * import { hybridTexts } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = [{ sentences: ["A b.", "C d."], label: 0 }, { sentences: ["E f."], label: 1 }];
 * const [hybrid, ...others] = hybridTexts(texts, 2, new Random(0), 10);
 * assertEquals([hybrid!.text.length, hybrid!.ends, others], [9, [4, 9], []]);
 * ```
 */
export function hybridTexts(
  texts: readonly LabelledSentences[],
  sentences: number,
  random: Random,
  most: number,
): HybridText[] {
  const all = texts.flatMap(({ sentences, label }) => sentences.map((text) => ({ text, label })));
  const order = random.shuffle(Int32Array.from(all.keys()));
  const hybrids: HybridText[] = [];
  for (
    let first = 0;
    first + sentences <= all.length && hybrids.length < most;
    first += sentences
  ) {
    const parts = Array.from(order.subarray(first, first + sentences), (i) => all[i]!);
    let end = -1;
    hybrids.push({
      text: parts.map(({ text }) => text).join(" "),
      ends: parts.map(({ text }) => end += 1 + text.length),
      labels: parts.map(({ label }) => label),
    });
  }
  return hybrids;
}

/**
 * The class of each word of a hybrid: that of the sentence it starts in.
 *
 * @param hybrid The hybrid.
 * @param starts Where each word starts, UTF-16 offsets.
 * @returns A class for each word.
 */
export function labelsOfWords({ ends, labels }: HybridText, starts: readonly number[]): number[] {
  return starts.map((start) => labels[ends.findIndex((end) => start < end)]!);
}
