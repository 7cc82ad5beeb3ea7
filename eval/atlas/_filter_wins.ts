import type { Document } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";
import type { AtlasDocument, AtlasFilter, Bigram } from "./atlas.ts";

interface Ngram {
  readonly words: Bigram;
  activation: number;
  count: number;
}

/** What is known of one filter so far; both lists are sorted, largest activation first. */
interface Wins {
  fired: number;
  sum: number;
  readonly ngrams: Ngram[];
  readonly documents: AtlasDocument[];
}

const sameWords = (a: Bigram, b: Bigram) => a[0] === b[0] && a[1] === b[1];

/** Puts an item into a sorted list of bounded length; of equals, the one that was there first stays. */
function insert<T extends { readonly activation: number }>(list: T[], item: T, most: number): void {
  let at = list.length;
  while (at > 0 && list[at - 1]!.activation < item.activation) at--;
  list.splice(at, 0, item);
  if (list.length > most) list.pop();
}

/**
 * What every filter wins on. A filter gives the same for the same two words, so the n-grams with the
 * largest activations are found in one pass with a bounded list; how often it won on them is counted
 * in a second one.
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
      ngrams: [],
      documents: [],
    }));
  }

  /** Sees a document for the first time. */
  add(document: Document, input: WordCnnInput, names: readonly (string | undefined)[]): void {
    const { preActivations, winners } = this.#model.trace(input);
    const { id, label } = document;
    this.#wins.forEach((wins, f) => {
      const activation = preActivations[f]!;
      if (!(activation > 0)) return;
      wins.fired++;
      wins.sum += activation;
      const t = winners[f]!;
      const worst = (list: readonly { activation: number }[], most: number) =>
        list.length < most ? 0 : list[most - 1]?.activation ?? Infinity;
      const forNgrams = activation > worst(wins.ngrams, this.#mostNgrams);
      const forDocuments = activation > worst(wins.documents, this.#mostDocuments);
      if (!forNgrams && !forDocuments) return;
      const words: Bigram = [names[t], names[t + 1]];
      if (forNgrams && !wins.ngrams.some((known) => sameWords(known.words, words))) {
        insert(wins.ngrams, { words, activation, count: 0 }, this.#mostNgrams);
      }
      if (forDocuments) {
        insert(wins.documents, {
          words,
          activation,
          ...(id !== undefined && { id }),
          ...(label !== undefined && { label }),
        }, this.#mostDocuments);
      }
    });
  }

  /** Sees a document for the second time. */
  count(input: WordCnnInput, names: readonly (string | undefined)[]): void {
    const { preActivations, winners } = this.#model.trace(input);
    this.#wins.forEach(({ ngrams }, f) => {
      if (!(preActivations[f]! > 0)) return;
      const t = winners[f]!;
      const words: Bigram = [names[t], names[t + 1]];
      const known = ngrams.find((ngram) => sameWords(ngram.words, words));
      if (known) known.count++;
    });
  }

  /** What was found. */
  filters(documents: number): AtlasFilter[] {
    const { classes, weights: { denseWeights } } = this.#model;
    const length = classes.length;
    return this.#wins.map(({ fired, sum, ngrams, documents: seen }, filter) => ({
      filter,
      weights: [...denseWeights.subarray(filter * length, (filter + 1) * length)],
      fired,
      mean: sum / documents,
      ngrams: ngrams.map(({ words, count, activation }) => ({ words, count, activation })),
      documents: seen,
    }));
  }
}
