import type { Document } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";
import { HeavyPairs } from "./_heavy_pairs.ts";
import type { AtlasDocument, AtlasFilter, AtlasNgram, Bigram } from "./atlas.ts";

/** How many pairs are followed for each filter; more than are listed, so that the best are sure. */
const ROOM = 96;
/** More than any vocabulary has words. */
const RADIX = 2 ** 26;

interface Pair {
  readonly key: number;
  readonly activation: number;
}

/** What is known of one filter so far; both lists are sorted, largest activation first. */
interface Wins {
  fired: number;
  sum: number;
  readonly strongest: Pair[];
  readonly heavy: HeavyPairs;
  readonly documents: AtlasDocument[];
  /** Counts and activations of the pairs that are kept, in the second pass. */
  readonly counts: Map<number, { count: number; activation: number }>;
}

/** Puts an item into a sorted list of bounded length; of equals, the one that was there first stays. */
function insert<T extends { readonly activation: number }>(list: T[], item: T, most: number): void {
  let at = list.length;
  while (at > 0 && list[at - 1]!.activation < item.activation) at--;
  list.splice(at, 0, item);
  if (list.length > most) list.pop();
}

/** Whether a list of bounded length would take an activation. */
const fits = (list: readonly Pair[] | readonly AtlasDocument[], most: number, activation: number) =>
  list.length < most || activation > (list.at(-1)?.activation ?? Infinity);

/**
 * What every filter wins on. A filter gives the same for the same two words. One pass finds the
 * pairs for which it gave most, and those for which it gave most in sum, in bounded memory; a second
 * one counts exactly how often it won on them.
 */
export class FilterWins {
  readonly #model: WordCnn;
  readonly #mostNgrams: number;
  readonly #mostDocuments: number;
  readonly #wins: Wins[];

  constructor(model: WordCnn, mostNgrams: number, mostDocuments: number) {
    this.#model = model;
    this.#mostNgrams = mostNgrams;
    this.#mostDocuments = mostDocuments;
    this.#wins = Array.from({ length: model.filters }, () => ({
      fired: 0,
      sum: 0,
      strongest: [],
      heavy: new HeavyPairs(Math.max(ROOM, 4 * mostNgrams)),
      documents: [],
      counts: new Map(),
    }));
  }

  /** The two words at a window as one number; 0 stands for a word without a vector. */
  #key({ rows }: WordCnnInput, t: number): number {
    return (rows![t]! + 1) * RADIX + rows![t + 1]! + 1;
  }

  #words(key: number): Bigram {
    const word = (row: number) => this.#model.vocabulary.words[row - 1];
    return [word(Math.floor(key / RADIX)), word(key % RADIX)];
  }

  /** Sees a document for the first time. */
  add({ id, label }: Document, input: WordCnnInput): void {
    const { preActivations, winners } = this.#model.trace(input);
    this.#wins.forEach((wins, f) => {
      const activation = preActivations[f]!;
      if (!(activation > 0)) return;
      const key = this.#key(input, winners[f]!);
      wins.fired++;
      wins.sum += activation;
      wins.heavy.add(key, activation);
      const { strongest, documents } = wins;
      if (
        fits(strongest, this.#mostNgrams, activation) &&
        !strongest.some((known) => known.key === key)
      ) insert(strongest, { key, activation }, this.#mostNgrams);
      if (fits(documents, this.#mostDocuments, activation)) {
        insert(documents, {
          words: this.#words(key),
          activation,
          ...(id !== undefined && { id }),
          ...(label !== undefined && { label }),
        }, this.#mostDocuments);
      }
    });
  }

  /** Ends the first pass. */
  startCounting(): void {
    for (const { strongest, heavy, counts } of this.#wins) {
      for (const key of [...strongest.map(({ key }) => key), ...heavy.keys()]) {
        counts.set(key, { count: 0, activation: 0 });
      }
    }
  }

  /** Sees a document for the second time. */
  count(input: WordCnnInput): void {
    const { preActivations, winners } = this.#model.trace(input);
    this.#wins.forEach(({ counts }, f) => {
      if (!(preActivations[f]! > 0)) return;
      const known = counts.get(this.#key(input, winners[f]!));
      if (!known) return;
      known.count++;
      known.activation = preActivations[f]!;
    });
  }

  /** What was found. */
  filters(documents: number): AtlasFilter[] {
    const { classes, weights: { denseWeights } } = this.#model;
    const length = classes.length;
    return this.#wins.map((wins, filter) => {
      const { fired, sum, strongest, counts } = wins;
      const ngram = (key: number): AtlasNgram => ({ words: this.#words(key), ...counts.get(key)! });
      const total = (key: number) => counts.get(key)!.count * counts.get(key)!.activation;
      const frequent = [...counts.keys()].sort((a, b) => total(b) - total(a) || a - b)
        .slice(0, this.#mostNgrams);
      return {
        filter,
        weights: [...denseWeights.subarray(filter * length, (filter + 1) * length)],
        fired,
        mean: sum / documents,
        frequent: frequent.map(ngram),
        strongest: strongest.map(({ key }) => ngram(key)),
        documents: wins.documents,
      };
    });
  }
}
