import { ShingleTable } from "./_shingle_table.ts";

/** How near-duplicates are recognised. */
export interface NearDuplicateOptions {
  /** How many consecutive words an n-gram has. @default {8} */
  readonly size?: number;
  /** The share of a document's n-grams from which on it counts as a near-duplicate. @default {0.8} */
  readonly share?: number;
}

/** The values of {@linkcode NearDuplicateOptions} where none are given. */
export const nearDuplicateDefaults: Required<NearDuplicateOptions> = { size: 8, share: 0.8 };

/** What was found about test documents. */
export interface NearDuplicates extends Required<NearDuplicateOptions> {
  /** How many test documents have the same words in the same order as a training document. */
  readonly identical: number;
  /** How many are near-duplicates; identical ones that are long enough to have an n-gram included. */
  readonly near: number;
  /** Places of all test documents that are one or the other, rising. */
  readonly found: readonly number[];
}

/** Words as numbers, the same for the same word in upper and lower case. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  /** The numbers of the words of a text, with blanks between. */
  read(text: string): Int32Array {
    const words = text === "" ? [] : text.toLowerCase().split(" ");
    const numbers = new Int32Array(words.length);
    for (let i = 0; i < words.length; i++) {
      let number = this.#numbers.get(words[i]!);
      if (number === undefined) this.#numbers.set(words[i]!, number = this.#numbers.size);
      numbers[i] = number;
    }
    return numbers;
  }
}

/** The distinct n-grams of the test documents: which documents have each, how many each document. */
class TestShingles {
  readonly table: ShingleTable;
  readonly counts: Int32Array;
  /** The documents of the n-gram at a place, as a list: the newest first, −1 at its end. */
  readonly #newest: Int32Array;
  readonly #documents: number[] = [];
  readonly #older: number[] = [];

  constructor(documents: readonly Int32Array[], size: number) {
    const total = documents.reduce((sum, { length }) => sum + length, 0);
    const words = new Int32Array(total);
    this.table = new ShingleTable(words, size);
    this.counts = new Int32Array(documents.length);
    this.#newest = new Int32Array(total).fill(-1);
    let start = 0;
    documents.forEach((document, d) => {
      words.set(document, start);
      for (let at = start; at + size <= start + document.length; at++) this.#add(at, d);
      start += document.length;
    });
  }

  #add(at: number, document: number): void {
    const place = this.table.add(at);
    const newest = this.#newest[place]!;
    if (newest >= 0 && this.#documents[newest] === document) return;
    this.counts[document]!++;
    this.#newest[place] = this.#documents.length;
    this.#documents.push(document);
    this.#older.push(newest);
  }

  /** Calls back with every document that has the n-gram at a place. */
  forEachDocument(place: number, onDocument: (document: number) => void): void {
    for (let entry = this.#newest[place]!; entry >= 0; entry = this.#older[entry]!) {
      onDocument(this.#documents[entry]!);
    }
  }
}

/** The largest share of each test document's n-grams that one training document has. */
function largestShares(
  train: readonly Int32Array[],
  test: readonly Int32Array[],
  size: number,
): Float64Array {
  const shingles = new TestShingles(test, size);
  const { table, counts } = shingles;
  const shares = new Float64Array(test.length);
  const shared = new Int32Array(test.length);
  const lastSeen = new Int32Array(table.length).fill(-1);
  train.forEach((words, t) => {
    const touched: number[] = [];
    for (let at = 0; at + size <= words.length; at++) {
      const place = table.find(words, at);
      if (place < 0 || lastSeen[place] === t) continue;
      lastSeen[place] = t;
      shingles.forEachDocument(place, (d) => {
        if (shared[d]!++ === 0) touched.push(d);
      });
    }
    for (const d of touched) {
      shares[d] = Math.max(shares[d]!, shared[d]! / counts[d]!);
      shared[d] = 0;
    }
  });
  return shares;
}

/**
 * Counts the test documents that the training documents hold too. A test document is *identical* to a
 * training document where both have the same words in the same order, upper and lower case alike; it
 * is a *near-duplicate* where one training document has at least `share` of its distinct n-grams of
 * `size` consecutive words. A document of fewer words has no n-gram and can only be identical; one
 * without words is neither. The cost grows with the number of words, not of pairs.
 *
 * @param train The words of each training document, a blank between two.
 * @param test The words of each test document.
 * @param options What counts as near.
 * @returns How many there are, and which.
 * @throws {RangeError} If the size is not a whole number from 1, or the share not above 0 and at most 1.
 *
 * @example
 * ```ts
 * import { findNearDuplicates } from "@heatword/eval/duplicates";
 * import { assertEquals } from "@std/assert";
 *
 * const train = ["the moon is up there", "engines and oil"];
 * const test = ["The moon is up", "oil and engines", "Engines and oil"];
 * const { identical, near, found } = findNearDuplicates(train, test, { size: 2 });
 * assertEquals([identical, near, found], [1, 2, [0, 2]]);
 * ```
 */
export function findNearDuplicates(
  train: readonly string[],
  test: readonly string[],
  options: NearDuplicateOptions = {},
): NearDuplicates {
  const { size, share } = { ...nearDuplicateDefaults, ...options };
  if (!(Number.isInteger(size) && size >= 1)) {
    throw new RangeError(`Cannot take n-grams of ${size} words: a whole number from 1 is needed`);
  }
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`Cannot take a share of ${share}: it lies above 0 and is at most 1`);
  }
  const numbering = new Numbering();
  const read = (text: string) => numbering.read(text);
  const shares = largestShares(train.map(read), test.map(read), size);
  const known = new Set(train.map((text) => text.toLowerCase()));
  const isIdentical = test.map((text) => text !== "" && known.has(text.toLowerCase()));
  const isNear = Array.from(shares, (own) => own >= share);
  const count = (flags: readonly boolean[]) => flags.filter((flag) => flag).length;
  return {
    size,
    share,
    identical: count(isIdentical),
    near: count(isNear),
    found: [...test.keys()].filter((d) => isIdentical[d] || isNear[d]),
  };
}
