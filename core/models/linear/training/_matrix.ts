import { inverseDocumentFrequency, termFrequency } from "../tf_idf.ts";
import { scaledTogether } from "../features.ts";
import type { Counts } from "./_counts.ts";

/** A sparse matrix of documents and features, row by row. */
export interface SparseRows {
  /** Number of columns. */
  readonly columns: number;
  /** Where the entries of each row start, and after the last one their number; shape [N + 1]. */
  readonly starts: Int32Array;
  /** The column of each entry. */
  readonly features: Int32Array;
  /** Its value. */
  readonly values: Float64Array;
}

/** TF-IDF of documents, and the inverse document frequencies of which it is made. */
export interface Weighted extends SparseRows {
  /** Inverse document frequency of each column; 0 for features that are in no document learned. */
  readonly idf: Float64Array;
}

/**
 * TF-IDF of counts, scaled to unit l2 norm in each document; see {@linkcode scaledTogether}.
 *
 * @param kinds The counts of each kind of feature, of the same documents.
 * @param learned Whether a document counts for the inverse document frequencies.
 */
export function weighted(kinds: readonly Counts[], learned?: Uint8Array): Weighted {
  const rows = kinds[0]!.starts.length - 1;
  const columns = kinds.reduce((sum, { names }) => sum + names.length, 0);
  const entries = kinds.reduce((sum, { features }) => sum + features.length, 0);
  const idf = new Float64Array(columns);
  const documents = learned ? learned.reduce((sum, is) => sum + is, 0) : rows;
  const starts = new Int32Array(rows + 1);
  const features = new Int32Array(entries);
  const values = new Float64Array(entries);
  let offset = 0;
  for (const kind of kinds) {
    for (let i = 0; i < rows; i++) {
      if (learned && !learned[i]) continue;
      for (let e = kind.starts[i]!; e < kind.starts[i + 1]!; e++) {
        idf[offset + kind.features[e]!]!++;
      }
    }
    offset += kind.names.length;
  }
  for (let f = 0; f < columns; f++) {
    if (idf[f]! > 0) idf[f] = inverseDocumentFrequency(documents, idf[f]!);
  }
  let end = 0;
  for (let i = 0; i < rows; i++) {
    offset = 0;
    let start = end;
    let squares = 0;
    for (const [k, kind] of kinds.entries()) {
      for (let e = kind.starts[i]!; e < kind.starts[i + 1]!; e++) {
        const feature = offset + kind.features[e]!;
        const value = termFrequency(kind.counts[e]!) * idf[feature]!;
        if (value === 0) continue;
        squares += value * value;
        features[end] = feature;
        values[end++] = value;
      }
      offset += kind.names.length;
      if (k + 1 < kinds.length && scaledTogether(kind.kind, kinds[k + 1]!.kind)) continue;
      const norm = Math.sqrt(squares);
      for (let e = start; e < end; e++) values[e]! /= norm;
      start = end;
      squares = 0;
    }
    starts[i + 1] = end;
  }
  return {
    columns,
    starts,
    features: features.subarray(0, end),
    values: values.subarray(0, end),
    idf,
  };
}
