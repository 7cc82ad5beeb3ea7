import type { Document } from "../../document.ts";
import type { Input, Model } from "../../model.ts";
import { type Perturbation, recomputingPerturbation } from "../../perturbation.ts";
import type { FloatArray } from "../../tensor.ts";
import type { Predictor } from "./_predictor.ts";
import type { Lengths, RowEncoder } from "./_words.ts";

/** A document as a {@linkcode ScoringTfjsModel} sees it. */
export interface ScoringTfjsInput extends Input {
  /** The row of the Embedding of each word, −1 for the zero vector, shape [T]. */
  readonly rows: Int32Array;
  /** How many of them are words; the rest is padding. */
  readonly words: number;
}

/** All that a {@linkcode ScoringTfjsModel} is made of. */
export interface ScoringTfjsParts {
  readonly classes: readonly string[];
  /** Why it has no layers. */
  readonly lacks: string;
  readonly predictor: Predictor;
  /** The row of zeros. */
  readonly zeroRow: number;
  readonly paddingSide: "post" | "pre";
  readonly encoder: RowEncoder;
  readonly lengths: Lengths;
}

/**
 * A TensorFlow.js model that the library runs: it gives scores only, for explainers that ask for no
 * more. A deleted word is the zero vector here too.
 */
export class ScoringTfjsModel implements Model<ScoringTfjsInput> {
  readonly classes: readonly string[];
  readonly lacks: string;
  readonly maxWords?: number;
  readonly #parts: ScoringTfjsParts;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: ScoringTfjsParts) {
    this.classes = parts.classes;
    this.lacks = parts.lacks;
    this.#parts = parts;
    if (parts.lengths.fixed !== undefined) this.maxWords = parts.lengths.fixed;
  }

  encode(document: Document): ScoringTfjsInput {
    const { rows, words } = this.#parts.encoder.encode(document);
    return { length: rows.length, rows, words };
  }

  scores({ rows, words }: ScoringTfjsInput): FloatArray {
    const { zeroRow, paddingSide, predictor } = this.#parts;
    const filled = rows.map((row) => row < 0 ? zeroRow : row);
    if (paddingSide === "post") return predictor.predict(filled);
    const turned = new Int32Array(filled.length);
    turned.set(filled.subarray(words));
    turned.set(filled.subarray(0, words), filled.length - words);
    return predictor.predict(turned);
  }

  withoutWords(input: ScoringTfjsInput, positions: Iterable<number>): ScoringTfjsInput {
    const rows = input.rows.slice();
    for (const t of positions) rows[t] = -1;
    return { ...input, rows };
  }

  perturb(input: ScoringTfjsInput): Perturbation {
    return recomputingPerturbation(this, input);
  }

  /** Frees the memory that the library holds; the model cannot be used any more. */
  dispose(): void {
    this.#parts.predictor.dispose();
  }
}
