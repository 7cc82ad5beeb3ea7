import type { MaxPooledLayers } from "../../max_pooled_layers.ts";
import type { FilterBank, Winnings } from "../../max_pooled_model.ts";
import type { ScoresAndGradients } from "../../model.ts";
import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { RowsInput } from "../rows_input.ts";
import { type FilterWeights, filterWeights } from "./_filter_weights.ts";
import { Projector } from "./_projector.ts";
import { winningsOf } from "./_winnings_of.ts";

/**
 * Tells what the filters of max-pooled convolutions of any widths win. It projects every word once
 * and keeps the projections, so that a text is only additions and maxima.
 */
export class WinningsReader {
  readonly #pooled: MaxPooledLayers;
  readonly #vectors: EmbeddingTable;
  #fast: { readonly weights: FilterWeights; readonly projector: Projector } | undefined;

  /**
   * Makes a reader; the weights are looked at when it is first asked.
   *
   * @param pooled The layers.
   * @param vectors The word vectors.
   */
  constructor(pooled: MaxPooledLayers, vectors: EmbeddingTable) {
    this.#pooled = pooled;
    this.#vectors = vectors;
  }

  get #projecting() {
    if (this.#fast) return this.#fast;
    const weights = filterWeights(this.#pooled, this.#vectors.dimensions);
    return this.#fast = { weights, projector: new Projector(weights, this.#vectors) };
  }

  /**
   * What the words of a text add to the filters.
   *
   * @param input The text.
   * @returns For each word what it adds as the first of a window, as the second and so on, of one
   * convolution after the other; [T] of shape [Σ K · F].
   */
  project(input: RowsInput): readonly FloatArray[] {
    return this.#projecting.projector.project(input);
  }

  /**
   * What is won on a text.
   *
   * @param input The text; its words stand where the layers see them.
   */
  read(input: RowsInput): Winnings {
    const { weights } = this.#projecting;
    const words = this.project(input);
    return winningsOf(this.#pooled.filterBank, weights, words, words[0]!);
  }
}

/**
 * Scores, and gradients of weighted sums of them.
 *
 * @param winnings What was won on a text.
 * @param bank The filters.
 * @param weights What each score counts in each sum, [M] of shape [C].
 */
export function gradientsOf(
  { scores, preActivations, pullBack }: Winnings,
  { denseWeights }: FilterBank,
  weights: readonly FloatArray[],
): ScoresAndGradients {
  const classes = scores.length;
  const gradients = weights.map((list) => {
    const used = [...list.keys()].filter((c) => list[c] !== 0);
    const slopes = zerosLike(preActivations, preActivations.length);
    for (let f = 0; f < slopes.length; f++) {
      if (preActivations[f]! <= 0) continue;
      let slope = 0;
      for (const c of used) slope += list[c]! * denseWeights[f * classes + c]!;
      slopes[f] = slope;
    }
    return pullBack(slopes);
  });
  return { scores, gradients };
}
