import { Random } from "@heatword/core";

/** Which pairs of a coalition and its complement are fitted to. */
export interface Pairs {
  /** How many words. */
  readonly words: number;
  /** How many pairs. */
  readonly count: number;
  /** Whether they are all there are; then nothing is left to chance. */
  readonly exact: boolean;
  /** Seed of the draws. */
  readonly seed: number;
}

/** A coalition and its complement. */
export interface Pair {
  /** The words of the coalition; overwritten by the next pair. */
  readonly present: Uint8Array;
  /** The words of its complement; overwritten by the next pair. */
  readonly complement: Uint8Array;
  /** How much the pair counts. */
  readonly weight: number;
}

/**
 * The pairs for a number of samples: all, where there are no more than that, else drawn ones.
 *
 * @throws {RangeError} If they are fewer than the values to be found.
 */
export function pairsFor(words: number, samples: number, seed: number): Pairs {
  if (words < 2) return { words, count: 0, exact: true, seed };
  if (2 ** words - 2 <= samples) return { words, count: 2 ** (words - 1) - 1, exact: true, seed };
  // As the sum is given, a coalition says no more than its complement: a pair is one equation, and
  // one value follows from the others.
  const min = 2 * (words - 1);
  if (samples < min) {
    throw new RangeError(
      `Cannot find the values of ${words} words from ${samples} samples: ${words} words need at ` +
        `least ${min} samples`,
    );
  }
  return { words, count: Math.floor(samples / 2), exact: false, seed };
}

/** The Shapley kernel's weight of one coalition of `size` of n words, up to a factor. */
function kernel(n: number, size: number): number {
  let choices = 1;
  for (let i = 1; i <= size; i++) choices *= (n - size + i) / i;
  return (n - 1) / (choices * size * (n - size));
}

/** All pairs of complementary coalitions: those without the last word, and their complements. */
function* allPairs({ words: n, count }: Pairs): Generator<Pair> {
  const present = new Uint8Array(n);
  const complement = new Uint8Array(n);
  for (let m = 0; m < count; m++) {
    let size = 0;
    for (let i = 0; i < n; i++) {
      present[i] = (m + 1) >> i & 1;
      complement[i] = 1 - present[i]!;
      size += present[i]!;
    }
    yield { present, complement, weight: kernel(n, size) };
  }
}

/** Pairs drawn from the Shapley kernel. */
function* drawnPairs({ words: n, count, seed }: Pairs): Generator<Pair> {
  const random = new Random(seed);
  // The chance of a size is its kernel weight times its number of coalitions ~ 1 / (s (n − s)).
  const cumulative: number[] = [];
  for (let size = 1; size < n; size++) {
    cumulative.push((cumulative.at(-1) ?? 0) + 1 / (size * (n - size)));
  }
  const present = new Uint8Array(n);
  const complement = new Uint8Array(n);
  for (let m = 0; m < count; m++) {
    const point = random.uniform() * cumulative.at(-1)!;
    const size = 1 + Math.max(0, cumulative.findIndex((bound) => point < bound));
    random.shuffle(present.fill(0).fill(1, 0, size));
    for (let i = 0; i < n; i++) complement[i] = 1 - present[i]!;
    yield { present, complement, weight: 1 };
  }
}

/** Makes the pairs, anew and alike at each call, so that they need not be kept. */
export function makePairs(pairs: Pairs): Generator<Pair> {
  return pairs.exact ? allPairs(pairs) : drawnPairs(pairs);
}

/** Visits the pairs, with their numbers. */
export function eachPair(pairs: Pairs, visit: (pair: Pair, m: number) => void): void {
  let m = 0;
  for (const pair of makePairs(pairs)) visit(pair, m++);
}
