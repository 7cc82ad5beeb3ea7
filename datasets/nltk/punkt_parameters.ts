/** Flags of an orthographic context: where a word type was seen, and in which case. */
export const Ortho = {
  /** Upper case at the beginning of a sentence. */
  BEG_UC: 1 << 1,
  /** Upper case inside a sentence. */
  MID_UC: 1 << 2,
  /** Upper case where it is unknown whether a sentence begins. */
  UNK_UC: 1 << 3,
  /** Upper case anywhere. */
  UC: (1 << 1) | (1 << 2) | (1 << 3),
  /** Lower case at the beginning of a sentence. */
  BEG_LC: 1 << 4,
  /** Lower case inside a sentence. */
  MID_LC: 1 << 5,
  /** Lower case where it is unknown whether a sentence begins. */
  UNK_LC: 1 << 6,
  /** Lower case anywhere. */
  LC: (1 << 4) | (1 << 5) | (1 << 6),
} as const;

/**
 * What Punkt knows of a language. Types are tokens in lower case, numbers being `##number##`.
 *
 * @example
 * ```ts
 * import { PunktParameters, sentTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * const parameters = new PunktParameters();
 * assertEquals(sentTokenize("Cf. Figure 2.", parameters), ["Cf.", "Figure 2."]);
 * parameters.abbrevTypes.add("cf");
 * assertEquals(sentTokenize("Cf. Figure 2.", parameters), ["Cf. Figure 2."]);
 * ```
 */
export class PunktParameters {
  /** Abbreviations, without their last full stop: `mr`, `e.g`. */
  readonly abbrevTypes: Set<string> = new Set();
  /** Collocations across a full stop: for each first type the types that may follow it. */
  readonly collocations: Map<string, Set<string>> = new Map();
  /** Types that often begin a sentence. */
  readonly sentStarters: Set<string> = new Set();
  /** The {@linkcode Ortho} flags of each type. */
  readonly orthoContext: Map<string, number> = new Map();

  /** Adds the collocation of `first` and `second`. */
  addCollocation(first: string, second: string): void {
    const seconds = this.collocations.get(first);
    if (seconds === undefined) this.collocations.set(first, new Set([second]));
    else seconds.add(second);
  }

  /** Tells whether `first` and `second` are a collocation. */
  hasCollocation(first: string, second: string): boolean {
    return this.collocations.get(first)?.has(second) ?? false;
  }

  /** Adds {@linkcode Ortho} flags to a type. */
  addOrthoContext(type: string, flag: number): void {
    this.orthoContext.set(type, (this.orthoContext.get(type) ?? 0) | flag);
  }
}
