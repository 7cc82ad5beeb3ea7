import { type FeatureKind, scaledTogether, visitFeatures } from "./features.ts";
import { termFrequency } from "./tf_idf.ts";

/** The features of a kind that a model knows. */
export interface KnownFeatures {
  /** Which features. */
  readonly kind: FeatureKind;
  /** Their names; none is listed twice. */
  readonly names: readonly string[];
}

/** What a text has of one kind of feature. */
interface Found {
  /** The features at their places: number of the feature, first and last word; three numbers each. */
  readonly places: readonly number[];
  /** How often the text has each feature. */
  readonly counts: ReadonlyMap<number, number>;
}

/** The features of a model, and where texts have them. */
export class FeatureTable {
  /** The features, one kind after the other. */
  readonly kinds: readonly KnownFeatures[];
  /** How many there are. */
  readonly size: number;
  readonly #rows: readonly ReadonlyMap<string, number>[];
  readonly #idf: ArrayLike<number>;
  /** The longest run of characters it knows: models of earlier versions have longer ones. */
  readonly #longest: number;

  /**
   * Makes a table.
   *
   * @param kinds The features, one kind after the other; kept, not copied.
   * @param idf The inverse document frequency of each.
   * @throws {RangeError} If a feature is listed twice, or their numbers differ.
   */
  constructor(kinds: readonly KnownFeatures[], idf: ArrayLike<number>) {
    let size = 0;
    this.kinds = kinds;
    this.#rows = kinds.map(({ kind, names }) => {
      const rows = new Map<string, number>();
      for (const name of names) rows.set(name, size++);
      if (rows.size !== names.length) {
        const twice = names.find((name, i) => names.indexOf(name) !== i);
        throw new RangeError(`Cannot make a linear model: "${twice}" is twice among its ${kind}`);
      }
      return rows;
    });
    this.size = size;
    this.#longest = kinds.filter(({ kind }) => kind === "characters").flatMap(({ names }) => names)
      .reduce((longest, name) => Math.max(longest, [...name].length), 0);
    this.#idf = idf;
    if (idf.length !== size) {
      throw new RangeError(
        `Cannot make a linear model: ${size} features have ${idf.length} frequencies`,
      );
    }
  }

  #find(words: readonly string[], k: number): Found {
    const rows = this.#rows[k]!;
    const places: number[] = [];
    const counts = new Map<number, number>();
    visitFeatures(words, this.kinds[k]!.kind, (name, first, last) => {
      const row = rows.get(name);
      if (row === undefined) return;
      places.push(row, first, last);
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }, this.#longest);
    return { places, counts };
  }

  /**
   * Shares the TF-IDF of a text out among its words. A feature has the value (1 + ln n) · idf, scaled
   * so that words and pairs together have unit l2 norm, and characters too. Each of its n places gets the same part of it, and
   * each word that a place lies in the same part of that.
   *
   * @param words The words of the text.
   * @param visit Called with the word, the feature and the part, for each word in each place.
   */
  share(
    words: readonly string[],
    visit: (word: number, feature: number, part: number) => void,
  ): void {
    const found = this.kinds.map((_, k) => this.#find(words, k));
    const squares = found.map(({ counts }) => {
      let sum = 0;
      for (const [row, count] of counts) sum += (termFrequency(count) * this.#idf[row]!) ** 2;
      return sum;
    });
    found.forEach(({ places, counts }, k) => {
      const { kind } = this.kinds[k]!;
      const norm = Math.sqrt(squares.reduce(
        (sum, other, j) => sum + (scaledTogether(kind, this.kinds[j]!.kind) ? other : 0),
        0,
      ));
      for (let i = 0; i < places.length; i += 3) {
        const [row, first, last] = [places[i]!, places[i + 1]!, places[i + 2]!];
        const count = counts.get(row)!;
        const value = termFrequency(count) * this.#idf[row]! / norm;
        const part = value / (count * (last - first + 1));
        for (let t = first; t <= last; t++) visit(t, row, part);
      }
    });
  }
}
