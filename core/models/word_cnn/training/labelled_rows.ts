import type { FloatArray } from "../../../tensor.ts";
import { sha256 } from "../../digest.ts";
import { type EmbeddingTable, vectorsToArray } from "../../embedding_table.ts";

/** A document for training: the rows of its words, and its class. */
export interface LabelledRows {
  /** Rows of the vocabulary in text order, −1 for the zero vector. */
  readonly rows: ArrayLike<number>;
  /**
   * Which word each row is a part of, in text order, where rows are parts of words: parts are left out
   * at random together. @default {each is a word of its own}
   */
  readonly words?: ArrayLike<number>;
  /**
   * For each row 1 where its relevance is penalised, else 0; see `relevancePenalty`.
   *
   * @default {none is}
   */
  readonly marked?: ArrayLike<number>;
  /** Index of the class. */
  readonly label: number;
}

/** How well a set of documents is classified. */
export interface Metrics {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Part of the documents that is classified correctly. */
  readonly accuracy: number;
}

/**
 * Checks the classes and rows of documents.
 *
 * @param documents The documents.
 * @param kind What they are called.
 * @param classes How many classes there are.
 * @param words How many rows there are.
 * @throws {RangeError} If one is out of range.
 */
export function checkLabelledRows(
  documents: readonly LabelledRows[],
  kind: string,
  classes: number,
  words: number,
): void {
  documents.forEach(({ rows, label, words: wholes, marked }, i) => {
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(
        `Cannot train: class "${label}" of ${kind} document ${i} is not one of ${classes}`,
      );
    }
    for (const [name, list] of Object.entries({ words: wholes, marked })) {
      if (!list || list.length === rows.length) continue;
      throw new RangeError(
        `Cannot train: "${name}" of ${kind} document ${i} has ${list.length} numbers for ` +
          `${rows.length} rows`,
      );
    }
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      if (!Number.isInteger(row) || row < -1 || row >= words) {
        throw new RangeError(
          `Cannot train: row "${row}" of ${kind} document ${i} is not one of ${words}`,
        );
      }
    }
  });
}

/**
 * A digest of everything that shapes a run.
 *
 * @param about Settings; any JSON.
 * @param documents All documents.
 * @param vectors The word vectors.
 * @param start The weights that it starts from, where they are not drawn.
 */
export async function digestOfRun(
  about: unknown,
  documents: readonly LabelledRows[],
  vectors: EmbeddingTable,
  start: readonly FloatArray[] = [],
): Promise<string> {
  const length = documents.reduce(
    (sum, { rows, words = [], marked = [] }) =>
      sum + rows.length + words.length + marked.length + 2,
    0,
  );
  const numbers = new Int32Array(length);
  let at = 0;
  for (const { rows, words = [], marked = [], label } of documents) {
    numbers.set([label, rows.length], at);
    numbers.set(rows, at + 2);
    numbers.set(words, at + 2 + rows.length);
    numbers.set(marked, at + 2 + rows.length + words.length);
    at += rows.length + words.length + marked.length + 2;
  }
  const values = Float32Array.from(vectorsToArray(vectors));
  const digests = await Promise.all([
    ...start.map((weights) => sha256(new Uint8Array(Float32Array.from(weights).buffer))),
    sha256(new TextEncoder().encode(JSON.stringify(about))),
    sha256(new Uint8Array(numbers.buffer)),
    sha256(new Uint8Array(values.buffer)),
  ]);
  return await sha256(new TextEncoder().encode(digests.join()));
}
