import { type FeatureKind, visitFeatures } from "../features.ts";

/** How often each document has which features of a kind: rows of a sparse matrix. */
export interface Counts {
  /** The kind of features. */
  readonly kind: FeatureKind;
  /** The names of the features. */
  readonly names: readonly string[];
  /** Where the entries of each document start, and after the last one their number; shape [N + 1]. */
  readonly starts: Int32Array;
  /** The feature of each entry, increasing within a document. */
  readonly features: Int32Array;
  /** How often the document has it. */
  readonly counts: Float64Array;
}

/** Numbers that are added one by one. */
class Growing {
  values = new Int32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

/**
 * Counts the features of documents.
 *
 * @param documents The words of each.
 * @param kind Which features.
 * @param minDocuments In how many documents a feature must be to count.
 */
export function countFeatures(
  documents: readonly (readonly string[])[],
  kind: FeatureKind,
  minDocuments: number,
): Counts {
  const ids = new Map<string, number>();
  const documentsWith = new Growing();
  const entries = new Growing();
  const times = new Growing();
  const starts = new Int32Array(documents.length + 1);
  /** For each feature the entry of the document that had it last. */
  const latest = new Growing();
  documents.forEach((words, i) => {
    const start = entries.length;
    visitFeatures(words, kind, (name) => {
      let id = ids.get(name);
      if (id === undefined) {
        id = ids.size;
        ids.set(name, id);
        documentsWith.push(0);
        latest.push(-1);
      }
      const entry = latest.values[id]!;
      if (entry >= start) times.values[entry]!++;
      else {
        latest.values[id] = entries.length;
        documentsWith.values[id]!++;
        entries.push(id);
        times.push(1);
      }
    });
    starts[i + 1] = entries.length;
  });
  const names: string[] = [];
  const numbers = new Int32Array(ids.size).fill(-1);
  let id = 0;
  for (const name of ids.keys()) {
    if (documentsWith.values[id]! >= minDocuments) {
      numbers[id] = names.length;
      names.push(name);
    }
    id++;
  }
  return { kind, names, ...keep(numbers, starts, entries, times) };
}

/** Only the entries of features that have a number. */
function keep(
  numbers: Int32Array,
  starts: Int32Array,
  entries: Growing,
  times: Growing,
): Omit<Counts, "kind" | "names"> {
  const kept = new Int32Array(starts.length);
  const features = new Int32Array(entries.length);
  const counts = new Float64Array(entries.length);
  let end = 0;
  for (let i = 0; i + 1 < starts.length; i++) {
    for (let e = starts[i]!; e < starts[i + 1]!; e++) {
      const number = numbers[entries.values[e]!]!;
      if (number < 0) continue;
      features[end] = number;
      counts[end++] = times.values[e]!;
    }
    kept[i + 1] = end;
  }
  return { starts: kept, features: features.slice(0, end), counts: counts.slice(0, end) };
}
