import type { Document } from "@heatword/core";
import type { Span } from "./groups.ts";

/** What stands beside a feature; at the ends of a text something else is to be expected. */
export interface Neighbour {
  /** The word, in lower case. */
  readonly word: string;
  /** On which side it stands, and whether the feature ends the text on the other. */
  readonly where: "left" | "right" | "last" | "first";
}

/** The words beside a place of a text. */
export function neighboursOf({ tokens }: Document, [start, end]: Span): Neighbour[] {
  const before = tokens.findLast((token) => token.end <= start)?.text.toLowerCase();
  const after = tokens.find((token) => token.start >= end)?.text.toLowerCase();
  const found: Neighbour[] = [];
  if (before !== undefined) {
    found.push({ word: before, where: after === undefined ? "last" : "left" });
  }
  if (after !== undefined) {
    found.push({ word: after, where: before === undefined ? "first" : "right" });
  }
  return found;
}

/** How often two of some words are the same. */
function agreement(counts: ReadonlyMap<string, number>): { same: number; pairs: number } {
  let [same, total] = [0, 0];
  for (const count of counts.values()) {
    same += count * (count - 1) / 2;
    total += count;
  }
  return { same, pairs: total * (total - 1) / 2 };
}

function counted(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** How often two words at some place of the texts of a class are the same. */
export class ExpectedNeighbours {
  readonly #rates: Readonly<Record<Neighbour["where"], number>>;

  /**
   * Counts the words of texts.
   *
   * @param documents Texts of the class.
   */
  constructor(documents: readonly Document[]) {
    const rate = (words: Iterable<string>) => {
      const { same, pairs } = agreement(counted(words));
      return pairs === 0 ? 0 : same / pairs;
    };
    const lower = (document: Document, t: number) =>
      [document.tokens.at(t)].flatMap((token) => token ? [token.text.toLowerCase()] : []);
    const anywhere = rate(
      documents.flatMap(({ tokens }) => tokens.map(({ text }) => text.toLowerCase())),
    );
    this.#rates = {
      left: anywhere,
      right: anywhere,
      first: rate(documents.flatMap((document) => lower(document, 0))),
      last: rate(documents.flatMap((document) => lower(document, -1))),
    };
  }

  /** The neighbours at each kind of place, how many are the same, and how many were to be expected. */
  #compared(neighbours: readonly Neighbour[]) {
    return Object.entries(this.#rates).map(([where, rate]) => {
      const words = neighbours.filter((one) => one.where === where).map(({ word }) => word);
      return { ...agreement(counted(words)), rate };
    });
  }

  /**
   * How much more often two neighbours of a feature are the same than any words.
   *
   * @param neighbours Those of each place.
   * @returns The difference of the rates; 0 where there are no two.
   */
  excess(neighbours: readonly Neighbour[]): number {
    let [sum, all] = [0, 0];
    for (const { same, pairs, rate } of this.#compared(neighbours)) {
      sum += same - pairs * rate;
      all += pairs;
    }
    return all === 0 ? 0 : sum / all;
  }

  /**
   * How much more likely the neighbours of a feature are where it stands anywhere than where it stands
   * in phrases: the mean log-likelihood ratio of two of its neighbours being the same or not, at the
   * rate of any words, and at a rate above that by `phrases`, once for each text.
   *
   * @param neighbours Those of each place.
   * @param texts In how many texts the feature is.
   * @param phrases How much more often words in phrases have the same neighbour.
   */
  compare(neighbours: readonly Neighbour[], texts: number, phrases: number): number {
    let [sum, all] = [0, 0];
    for (const { same, pairs, rate } of this.#compared(neighbours)) {
      const any = Math.max(1e-4, Math.min(0.99 - phrases, rate));
      const more = any + phrases;
      sum += same * Math.log(any / more) + (pairs - same) * Math.log((1 - any) / (1 - more));
      all += pairs;
    }
    return all === 0 ? 0 : texts * sum / all;
  }
}
