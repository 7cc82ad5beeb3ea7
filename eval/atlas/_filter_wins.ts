import type { Document, LaidOut, MaxPooledModel, VectorInput } from "@heatword/core";
import { HeavyNgrams } from "./_heavy_ngrams.ts";
import type { AtlasDocument, AtlasFilter, AtlasNgram, Ngram } from "./atlas_types.ts";

/** How many n-grams are followed for each filter; more than are listed, so that the best are sure. */
const ROOM = 96;

interface Won {
  readonly key: string;
  readonly activation: number;
}

/** What is known of one filter so far; both lists are sorted, largest activation first. */
interface Wins {
  fired: number;
  sum: number;
  readonly strongest: Won[];
  readonly heavy: HeavyNgrams;
  readonly documents: AtlasDocument[];
  /** Counts and activations of the n-grams that are kept, in the second pass. */
  readonly counts: Map<string, { count: number; activation: number }>;
}

/** Puts an item into a sorted list of bounded length; of equals, the one that was there first stays. */
function insert<T extends { readonly activation: number }>(list: T[], item: T, max: number): void {
  let at = list.length;
  while (at > 0 && list[at - 1]!.activation < item.activation) at--;
  list.splice(at, 0, item);
  if (list.length > max) list.pop();
}

/** Whether a list of bounded length would take an activation. */
const fits = (list: readonly Won[] | readonly AtlasDocument[], max: number, activation: number) =>
  list.length < max || activation > (list.at(-1)?.activation ?? Infinity);

/** The n-gram of a key. */
const ngramOf = (key: string): Ngram =>
  (JSON.parse(key) as (string | null)[]).map((word) => word ?? undefined);

/** Gives the keys of the windows of a text, each made once. */
function keysOf(names: readonly (string | undefined)[]) {
  const known = new Map<number, string>();
  return (start: number, width: number): string => {
    const place = width * names.length + start;
    let key = known.get(place);
    if (key === undefined) {
      // A word without a name becomes null.
      known.set(place, key = JSON.stringify(names.slice(start, start + width)));
    }
    return key;
  };
}

/**
 * What every filter wins on. A filter gives the same for the same words. One pass finds the n-grams
 * for which it gave most, and those for which it gave most in sum, in bounded memory; a second one
 * counts exactly how often it won on them.
 */
export class FilterWins {
  readonly #model: MaxPooledModel;
  readonly #maxNgrams: number;
  readonly #maxDocuments: number;
  readonly #wins: Wins[];

  constructor(model: MaxPooledModel, maxNgrams: number, maxDocuments: number) {
    this.#model = model;
    this.#maxNgrams = maxNgrams;
    this.#maxDocuments = maxDocuments;
    this.#wins = Array.from(model.filterBank.widths, () => ({
      fired: 0,
      sum: 0,
      strongest: [],
      heavy: new HeavyNgrams(Math.max(ROOM, 4 * maxNgrams)),
      documents: [],
      counts: new Map(),
    }));
  }

  /** Calls back for each filter that gives more than zero for a text. */
  #each(
    input: VectorInput,
    names: readonly (string | undefined)[],
    visit: (wins: Wins, key: string, activation: number) => void,
  ): void {
    const { widths } = this.#model.filterBank;
    const laid = this.#model.laidOut?.(input);
    const { preActivations, starts } = this.#model.winnings(laid?.input ?? input);
    const namesOf = (laid: LaidOut) =>
      laid.parts === undefined
        ? Array.from(laid.order, (t) => names[t])
        : this.#model.knownWords?.(laid.input) ?? [];
    const keyOf = keysOf(laid ? namesOf(laid) : names);
    this.#wins.forEach((wins, f) => {
      const activation = preActivations[f]!;
      if (activation > 0) visit(wins, keyOf(starts[f]!, widths[f]!), activation);
    });
  }

  /** Sees a document for the first time, with the name of each word. */
  add(
    { id, label }: Document,
    input: VectorInput,
    names: readonly (string | undefined)[],
  ): void {
    this.#each(input, names, (wins, key, activation) => {
      wins.fired++;
      wins.sum += activation;
      wins.heavy.add(key, activation);
      const { strongest, documents } = wins;
      if (
        fits(strongest, this.#maxNgrams, activation) &&
        !strongest.some((known) => known.key === key)
      ) insert(strongest, { key, activation }, this.#maxNgrams);
      if (fits(documents, this.#maxDocuments, activation)) {
        insert(documents, {
          words: ngramOf(key),
          activation,
          ...(id !== undefined && { id }),
          ...(label !== undefined && { label }),
        }, this.#maxDocuments);
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
  count(input: VectorInput, names: readonly (string | undefined)[]): void {
    this.#each(input, names, ({ counts }, key, activation) => {
      const known = counts.get(key);
      if (!known) return;
      known.count++;
      known.activation = activation;
    });
  }

  /** What was found. */
  filters(documents: number): AtlasFilter[] {
    const { denseWeights, denseBias, widths } = this.#model.filterBank;
    const length = denseBias.length;
    return this.#wins.map((wins, filter) => {
      const { fired, sum, strongest, counts } = wins;
      const ngram = (key: string): AtlasNgram => ({ words: ngramOf(key), ...counts.get(key)! });
      const total = (key: string) => counts.get(key)!.count * counts.get(key)!.activation;
      const frequent = [...counts.keys()]
        .sort((a, b) => total(b) - total(a) || (a < b ? -1 : 1))
        .slice(0, this.#maxNgrams);
      return {
        filter,
        width: widths[filter]!,
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
