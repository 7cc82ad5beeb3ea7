import { activations, explain, winners } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { layersOf } from "./_made.ts";

/** How far the fast path is from the layers, over some texts. */
export interface Agreement {
  texts: number;
  /** Largest difference of a score, relative to the largest score of the text. */
  score: number;
  /** Largest difference of a word's LRP relevance, relative to the largest of the text. */
  relevance: number;
  /** Filters that won on another window, and how many there were. */
  otherWinners: number;
  filters: number;
  /** Of the filters that won elsewhere, how far apart their two pre-activations are at most. */
  winnerGap: number;
  /** Filters whose pre-activation has another sign, which turns the stabiliser round. */
  otherSigns: number;
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0);

function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = largest(expected);
  const max = largest(Array.from(expected, (value, i) => value - actual[i]!));
  return max === 0 ? 0 : max / scale;
}

/** Computes texts by the fast path and by the layers, in float32, and compares. */
export async function agreement(
  model: WordCnn,
  inputs: readonly WordCnnInput[],
  onText: (done: number) => void,
): Promise<Agreement> {
  const layers = layersOf(model);
  const { filters } = model;
  const found: Agreement = {
    texts: 0,
    score: 0,
    relevance: 0,
    otherWinners: 0,
    filters: 0,
    winnerGap: 0,
    otherSigns: 0,
  };
  for (const input of inputs) {
    const won = model.winnings(input);
    const values = activations(model.layers, model.layerInput(input));
    const [z, best, scores] = [values[1]!, values[2]!.data, values.at(-1)!.data];
    const expected = winners(z);
    for (let f = 0; f < filters; f++) {
      const [a, b] = [won.starts[f]!, expected[f]!];
      if (a !== b) {
        found.otherWinners++;
        const gap = z.data[b * filters + f]! - z.data[a * filters + f]!;
        found.winnerGap = Math.max(found.winnerGap, gap);
      }
      if (won.preActivations[f]! >= 0 !== best[f]! >= 0) found.otherSigns++;
    }
    const target = scores.indexOf(Math.max(...scores));
    const fast = (await explain("lrp", model, input, target, { detail: "words" })).words;
    const slow = (await explain("lrp", layers, { ...input }, target, { detail: "words" })).words;
    found.score = Math.max(found.score, difference(won.scores, scores));
    found.relevance = Math.max(found.relevance, difference(fast, slow));
    found.filters += filters;
    onText(++found.texts);
  }
  return found;
}
