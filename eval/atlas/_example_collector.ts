import type { Document } from "@heatword/core";
import type { SummedWord } from "./_word_sums.ts";
import type { Example } from "./atlas_types.ts";
import type { Excerpt } from "./excerpt.ts";

type Side = "for" | "against";

/** A place where a listed word has relevance. */
interface Place {
  readonly document: Document;
  readonly token: number;
  readonly relevance: number;
}

/** Where a listed word had the most relevance so far. */
interface Collected {
  readonly target: number;
  readonly sign: 1 | -1;
  readonly places: Place[];
}

const keyOf = (target: number, side: Side, word: string) => `${target} ${side} ${word}`;

/** Finds, for the words that are listed, where they had the most relevance. */
export class ExampleCollector {
  readonly #count: number;
  readonly #byWord = new Map<string, Collected[]>();
  readonly #byKey = new Map<string, Collected>();

  constructor(ranked: readonly Readonly<Record<Side, readonly SummedWord[]>>[], count: number) {
    this.#count = count;
    ranked.forEach((sides, target) => {
      for (const side of ["for", "against"] as const) {
        for (const { word } of sides[side]) {
          const collected: Collected = { target, sign: side === "for" ? 1 : -1, places: [] };
          this.#byKey.set(keyOf(target, side, word), collected);
          const known = this.#byWord.get(word);
          if (known) known.push(collected);
          else this.#byWord.set(word, [collected]);
        }
      }
    });
  }

  /** Whether a document has a word that is listed. */
  wants(names: readonly (string | undefined)[]): boolean {
    return this.#count > 0 && names.some((name) => name !== undefined && this.#byWord.has(name));
  }

  /** Takes the best place of each listed word in a document. */
  add(
    document: Document,
    names: readonly (string | undefined)[],
    relevances: readonly ArrayLike<number>[],
  ): void {
    const places = new Map<string, number[]>();
    names.forEach((name, t) => {
      if (name === undefined || !this.#byWord.has(name)) return;
      const known = places.get(name);
      if (known) known.push(t);
      else places.set(name, [t]);
    });
    for (const [word, tokens] of places) {
      for (const collected of this.#byWord.get(word)!) {
        const values = relevances[collected.target]!;
        const { sign } = collected;
        const token = tokens.reduce((best, t) =>
          sign * values[t]! > sign * values[best]! ? t : best
        );
        this.#keep(collected, { document, token, relevance: values[token]! });
      }
    }
  }

  #keep({ sign, places }: Collected, place: Place): void {
    const strength = sign * place.relevance;
    const last = places[this.#count - 1];
    if (!(strength > 0) || last && sign * last.relevance >= strength) return;
    const at = places.findIndex((other) => sign * other.relevance < strength);
    places.splice(at < 0 ? places.length : at, 0, place);
    if (places.length > this.#count) places.pop();
  }

  /** The sentences of a listed word. */
  examples(
    target: number,
    side: Side,
    word: string,
    excerpt: (document: Document, token: number) => Excerpt,
  ): Example[] {
    const { places } = this.#byKey.get(keyOf(target, side, word))!;
    return places.map(({ document, token, relevance }) => ({
      ...excerpt(document, token),
      relevance,
      ...(document.id !== undefined && { id: document.id }),
      ...(document.label !== undefined && { label: document.label }),
    }));
  }
}
