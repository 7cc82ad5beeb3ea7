import type { Layer } from "../../layers/mod.ts";
import { maxPooledLayers } from "../../max_pooled_layers.ts";
import type { Winnings } from "../../max_pooled_model.ts";
import { type FloatArray, tensor } from "../../tensor.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { WinningsReader } from "../max_pooled/winnings.ts";
import type { RowsInput } from "../rows_input.ts";
import { WindowedText } from "../windowed_text.ts";
import type { Engine, ScorableText } from "./_engine.ts";

/** The engine of filters of any widths, in float32 or float64: as plain loops. */
export class AnyWidthEngine implements Engine {
  readonly #layers: readonly Layer[];
  readonly #reader: WinningsReader;

  /**
   * Starts the engine.
   *
   * @param layers The layers of the network.
   * @param vectors The word vectors.
   */
  constructor(layers: readonly Layer[], vectors: EmbeddingTable) {
    this.#layers = layers;
    this.#reader = new WinningsReader(maxPooledLayers(layers, vectors.dimensions)!, vectors);
  }

  prepare(): void {}

  scores(input: RowsInput): FloatArray {
    return this.#reader.read(input).scores;
  }

  winnings(input: RowsInput): Winnings {
    return this.#reader.read(input);
  }

  perturb({ vectors, length, dimensions }: RowsInput): ScorableText {
    const text = new WindowedText(this.#layers, tensor(vectors, [length, dimensions]));
    return {
      score(coalitions, scores) {
        const classes = scores.length / coalitions.size;
        for (let m = 0; m < coalitions.size; m++) {
          scores.set(text.score(coalitions.deleted(m)), m * classes);
        }
      },
    };
  }
}
