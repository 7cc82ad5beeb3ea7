import { Random } from "@heatword/core";

/** Which texts with deleted words are drawn. */
export interface Sampling {
  /** How many words can be deleted. */
  readonly words: number;
  /** How many texts, the whole one among them. */
  readonly count: number;
  /** Width of the kernel, in hundredths of the cosine distance. */
  readonly width: number;
  /** Seed of the draws. */
  readonly seed: number;
}

/** A text with deleted words. */
export interface Sample {
  /** Which words are there; overwritten by the next sample. */
  readonly present: Uint8Array;
  /** How much it counts. */
  readonly weight: number;
}

/**
 * Draws the texts, first the whole one; each number of deletions and each choice of words are
 * equally likely. They are drawn anew, and alike, at each call, so that they need not be kept.
 */
export function* drawSamples({ words, count, width, seed }: Sampling): Generator<Sample> {
  const random = new Random(seed);
  const present = new Uint8Array(words).fill(1);
  yield { present, weight: 1 };
  for (let m = 1; m < count; m++) {
    const deletions = 1 + random.below(words);
    present.fill(1).fill(0, 0, deletions);
    random.shuffle(present);
    const distance = 100 * (1 - Math.sqrt(1 - deletions / words));
    yield { present, weight: Math.exp(-((distance / width) ** 2) / 2) };
  }
}
