import type { VectorInput } from "../../model.ts";

/** An input of a linear model: for each word one number, and what each class gives for it. */
export interface LinearInput extends VectorInput {
  /** One number a word: its part of the TF-IDF of the text. */
  readonly dimensions: 1;
  /** What a word adds to each score, for each unit of its number; shape [T, C]. */
  readonly slopes: Float64Array;
  /** The words as the model knows them, shape [T]; undefined for those without a known feature. */
  readonly names: readonly (string | undefined)[];
}
