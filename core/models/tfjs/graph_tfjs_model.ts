import type { Coalitions } from "../../coalitions.ts";
import type { Model } from "../../model.ts";
import type { FloatArray } from "../../tensor.ts";
import type { GraphPredictor } from "./_graph_predictor.ts";
import { RowsModel, type RowsParts, type ScoringTfjsInput } from "./rows_model.ts";

/** All that a {@linkcode GraphTfjsModel} is made of. */
export interface GraphTfjsParts extends RowsParts {
  readonly predictor: GraphPredictor;
}

/**
 * A TensorFlow.js graph-model, whose operations are no longer layers: the library runs it, and it gives
 * scores only. A deleted word is the zero vector here too.
 */
export class GraphTfjsModel extends RowsModel implements Model<ScoringTfjsInput> {
  readonly #predictor: GraphPredictor;

  /** Made by {@linkcode loadTfjsGraphModel}. */
  constructor(parts: GraphTfjsParts) {
    super(parts);
    this.#predictor = parts.predictor;
  }

  async scores(input: ScoringTfjsInput, coalitions?: Coalitions): Promise<FloatArray> {
    const scores = this.emptyScores(coalitions);
    let offset = 0;
    for (const { rows, texts } of this.batches(input, coalitions)) {
      offset = this.put(await this.#predictor.predict(rows, texts), scores, offset);
    }
    return scores;
  }

  /** Frees the memory that the library holds; the model cannot be used any more. */
  dispose(): void {
    this.#predictor.dispose();
  }

  /** Frees the memory that the library holds, as `dispose` does. */
  close(): void {
    this.dispose();
  }
}
