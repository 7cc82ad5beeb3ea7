import { roundUp } from "@heatword/core/round-up";

/** What the memory of a training depends on. */
export interface SkipgramSize {
  /** The words that get a vector. */
  readonly words: number;
  /** The words of all texts that have a vector. */
  readonly length: number;
  /** The texts. */
  readonly texts: number;
  /** Length of a vector. */
  readonly dimensions: number;
  /** How far away a context word may be. */
  readonly window: number;
  /** Noise words for each word. */
  readonly negatives: number;
  /** Parts of the text that are learned from at the same time. */
  readonly parts: number;
  /** Places of the text in a part. */
  readonly places: number;
  /** Noise words that are drawn for a part. */
  readonly drawn: number;
  /** Threads. */
  readonly workers: number;
}

/** The addresses of a part of the text. */
export interface PartAddresses {
  /** Number of rows, then the ids of the rows. */
  readonly list: number;
  /** The rows. */
  readonly copies: number;
}

/** The addresses of a thread. */
export interface MemberAddresses {
  /** For each row, its copy in the part that is worked on. */
  readonly slots: number;
  /** The noise words that are drawn for the part. */
  readonly pool: number;
  /** What the part is to learn. */
  readonly groups: number;
  /** Products of context rows and output rows. */
  readonly products: number;
  /** New output rows of a group. */
  readonly fresh: number;
  /** A row of zeros. */
  readonly blank: number;
}

/** Where everything is in the memory, in bytes. */
export interface SkipgramLayout {
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** Bytes of a row of products. */
  readonly width: number;
  /** All rows: those of contexts, which become the vectors, then those of outputs. */
  readonly table: number;
  /** The numbers of the words of all texts. */
  readonly numbers: number;
  /** Where each text starts. */
  readonly starts: number;
  /** Which text comes when. */
  readonly order: number;
  /** The chances of words to stay. */
  readonly chances: number;
  /** The cells that noise words are drawn from. */
  readonly noise: number;
  /** What remains of the texts in this epoch. */
  readonly kept: number;
  /** The parts. */
  readonly parts: readonly PartAddresses[];
  /** The threads. */
  readonly members: readonly MemberAddresses[];
  /** Bytes of all this. */
  readonly bytes: number;
}

/** A memory has at most this much. */
export const MAX_BYTES = 2 ** 32 - 65536;

/**
 * Lays out the memory of a training.
 *
 * @param size What is trained.
 * @throws {RangeError} If it is too much for one memory.
 */
export function layOut(size: SkipgramSize): SkipgramLayout {
  const { words, length, texts, dimensions, window, negatives, parts, places, drawn, workers } =
    size;
  const rowBytes = roundUp(4 * dimensions, 48);
  const contexts = Math.max(2, 2 * window);
  const outputs = roundUp(1 + negatives, 3);
  const width = roundUp(4 * (outputs + 1), 16);
  const rows = Math.min(words, places + 2 * window) +
    Math.min(words, places + drawn);
  let at = 64;
  const take = (bytes: number) => {
    const address = at;
    at += roundUp(bytes, 64);
    return address;
  };
  const layout = {
    rowBytes,
    width,
    table: take(2 * words * rowBytes),
    numbers: take(4 * length),
    starts: take(4 * (texts + 1)),
    order: take(4 * texts),
    chances: take(4 * words),
    noise: take(8 * words),
    kept: take(4 * (length + texts + 1)),
    parts: Array.from({ length: parts }, () => ({
      list: take(4 * (1 + rows)),
      copies: take(rows * rowBytes),
    })),
    members: Array.from({ length: workers }, () => ({
      slots: take(8 * words),
      pool: take(4 * drawn),
      groups: take(places * (16 + 4 * (contexts + outputs))),
      products: take(contexts * width),
      fresh: take(outputs * rowBytes),
      blank: take(rowBytes),
    })),
  };
  if (at > MAX_BYTES) {
    throw new RangeError(
      `Cannot train ${words} word vectors of ${dimensions} numbers: that takes ${
        (at / 1e9).toFixed(1)
      } GB, and 4.3 is the most; take a larger minCount or fewer dimensions`,
    );
  }
  return { ...layout, bytes: at };
}

/**
 * How much memory a training takes for its vectors and texts, in bytes: two rows of 4 D bytes for each
 * word, filled up to a multiple of 48, and 8 bytes for each word of the texts, for the most part.
 *
 * @param size What is trained.
 * @throws {RangeError} If it is too much for one memory.
 */
export function skipgramBytes(size: SkipgramSize): number {
  return layOut(size).bytes;
}
