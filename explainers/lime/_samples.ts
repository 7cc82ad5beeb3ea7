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

/** Takes the m-th text: which words are there (overwritten by the next), and how much it counts. */
export type Visit = (present: Uint8Array, weight: number, m: number) => void;

/**
 * Visits the texts, first the whole one; each number of deletions and each choice of words are
 * equally likely. They are drawn anew, and alike, at each call, so that they need not be kept.
 */
export function eachSample({ words, count, width, seed }: Sampling, visit: Visit): void {
  const random = new Random(seed);
  const present = new Uint8Array(words).fill(1);
  visit(present, 1, 0);
  for (let m = 1; m < count; m++) {
    const deletions = 1 + random.below(words);
    present.fill(1).fill(0, 0, deletions);
    random.shuffle(present);
    const distance = 100 * (1 - Math.sqrt(1 - deletions / words));
    visit(present, Math.exp(-((distance / width) ** 2) / 2), m);
  }
}
