import type { Coalitions } from "../../coalitions.ts";
import type { Model } from "../../model.ts";
import type { FloatArray } from "../../tensor.ts";
import type { Predictor } from "./_predictor.ts";
import { RowsModel, type RowsParts, type ScoringTfjsInput } from "./rows_model.ts";

export type { ScoringTfjsInput };

/** All that a {@linkcode ScoringTfjsModel} is made of. */
export interface ScoringTfjsParts extends RowsParts {
  readonly predictor: Predictor;
}

/**
 * A TensorFlow.js model that the library runs: it gives scores only, for explainers that ask for no
 * more. A deleted word is the zero vector here too.
 */
export class ScoringTfjsModel extends RowsModel implements Model<ScoringTfjsInput> {
  readonly #predictor: Predictor;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: ScoringTfjsParts) {
    super(parts);
    this.#predictor = parts.predictor;
  }

  scores(input: ScoringTfjsInput, coalitions?: Coalitions): FloatArray {
    const scores = this.emptyScores(coalitions);
    let offset = 0;
    for (const { rows, texts } of this.batches(input, coalitions)) {
      offset = this.put(this.#predictor.predict(rows, texts), scores, offset);
    }
    return scores;
  }

  /** Frees the memory that the library holds; the model cannot be used any more. */
  dispose(): void {
    this.#predictor.dispose();
  }
}
