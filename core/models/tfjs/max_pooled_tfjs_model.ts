import type { Coalitions } from "../../coalitions.ts";
import type { MaxPooledLayers } from "../../max_pooled_layers.ts";
import { pickRows } from "../../layers/mod.ts";
import type { FilterBank, LaidOut, MaxPooledModel, Winnings } from "../../max_pooled_model.ts";
import type { ScoresAndGradients } from "../../model.ts";
import { type FloatArray, tensor } from "../../tensor.ts";
import { rowsInput } from "../rows_input.ts";
import {
  type LayeredTfjsInput,
  LayeredTfjsModel,
  type LayeredTfjsParts,
} from "./layered_tfjs_model.ts";
import { gradientsOf, WinningsReader } from "../max_pooled/winnings.ts";

/**
 * A TensorFlow.js model of max-pooled convolutions (Kim 2014): Embedding, Conv1D of one or several
 * widths side by side, each with ReLU and GlobalMaxPooling1D, Concatenate and Dense. It projects every
 * word once and keeps the projections, so that a text is only additions and maxima.
 */
export class MaxPooledTfjsModel extends LayeredTfjsModel
  implements MaxPooledModel<LayeredTfjsInput> {
  readonly filterBank: FilterBank;
  readonly #pooled: MaxPooledLayers;
  readonly #reader: WinningsReader;

  /** Made by {@linkcode loadTfjsModel}. */
  constructor(parts: LayeredTfjsParts, pooled: MaxPooledLayers) {
    super(parts);
    this.filterBank = pooled.filterBank;
    this.#pooled = pooled;
    this.#reader = new WinningsReader(pooled, this.vectors);
  }

  laidOut(input: LayeredTfjsInput): LaidOut<LayeredTfjsInput> | undefined {
    const { order, rows, dimensions } = input;
    if (order === undefined) return undefined;
    if (rows) {
      return { input: rowsInput(Int32Array.from(order, (t) => rows[t]!), this.vectors), order };
    }
    const { data: vectors } = pickRows(order).forward(this.layerInput(input));
    return { input: { length: order.length, dimensions, vectors }, order };
  }

  #assertLaidOut({ order }: LayeredTfjsInput): void {
    if (order === undefined) return;
    throw new RangeError(
      "Cannot tell what filters make of a text whose words must be laid out first",
    );
  }

  winnings(input: LayeredTfjsInput): Winnings {
    this.#assertLaidOut(input);
    return this.#reader.read(input);
  }

  wordParts(input: LayeredTfjsInput): Float64Array[] {
    this.#assertLaidOut(input);
    const { data, shape } = this.layerInput(input);
    return this.#pooled.wordParts({ shape, data: Float64Array.from(data) });
  }

  override scores(input: LayeredTfjsInput, coalitions?: Coalitions): FloatArray {
    return coalitions
      ? super.scores(input, coalitions)
      : this.winnings(this.laidOut(input)?.input ?? input).scores;
  }

  override scoresAndGradients(
    input: LayeredTfjsInput,
    weights: readonly FloatArray[],
  ): ScoresAndGradients {
    const laid = this.laidOut(input);
    const found = gradientsOf(this.winnings(laid?.input ?? input), this.filterBank, weights);
    if (laid === undefined) return found;
    const gradients = found.gradients.map((gradient) => {
      const at = tensor(gradient, [laid.order.length, this.dimensions]);
      return pickRows(laid.order).backward(this.layerInput(input), at).data;
    });
    return { ...found, gradients };
  }
}
