import process from "node:process";
import { Coalitions, explain, explainAll } from "@heatword/core";
import type { WordCnn, WordCnnInput } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { inputsOf, layersOf, madeModel, madeTexts, madeVectors, type Sizes } from "./_made.ts";

/** What a network of some sizes costs for texts of one length; times in milliseconds a text. */
export interface Costs {
  /** Projecting one word, in microseconds. */
  readonly projection: number;
  readonly forward: number;
  readonly lrp: number;
  readonly lrpAll: number;
  readonly sa: number;
  /** One deletion of a curve of 50, in microseconds. */
  readonly deletion: number;
  readonly layersForward: number;
  readonly layersLrp: number;
  /** The numbers a forward pass has to read, over the bandwidth of copying. */
  readonly bound: number;
}

/** Processor time of this program, in milliseconds: unlike the clock it is not that of others. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds that an action takes for each of some items, the best of a few rounds. */
export async function timePer<T>(
  items: readonly T[],
  act: (item: T) => unknown,
  rounds = 3,
): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = processorTime();
    for (const item of items) {
      const done = act(item);
      // Waiting for what is done already would be measured too.
      if (done instanceof Promise) await done;
    }
    best = Math.min(best, (processorTime() - start) / items.length);
  }
  return best;
}

/** Bytes of projections that a text's forward pass reads: two parts for each word and filter. */
export function bytesRead(length: number, filters: number): number {
  return 2 * length * filters * Float32Array.BYTES_PER_ELEMENT;
}

/** Deletes 50 words of a text one after the other, and classifies after each. */
function deleteFifty(model: WordCnn, input: WordCnnInput): void {
  const coalitions = new Coalitions(input.length, 50);
  for (let k = 0; k < 50; k++) {
    if (k > 0) coalitions.copy(k, k - 1);
    coalitions.delete(k, (k * 37) % input.length);
  }
  model.scores(input, coalitions);
}

/**
 * Measures the fast path and the layers beside it.
 *
 * @param sizes The sizes of the network.
 * @param length Words a text.
 * @param bandwidth Bytes that can be copied in a second.
 */
export async function measure(sizes: Sizes, length: number, bandwidth: number): Promise<Costs> {
  const model = madeModel(sizes, madeVectors(sizes), 2 ** 30);
  const inputs = inputsOf(model, madeTexts(400, length, sizes.words));
  const distinct = new Set(inputs.flatMap(({ rows }) => [...rows!])).size;
  const start = processorTime();
  model.prepare(inputs);
  const projection = (processorTime() - start) * 1000 / distinct;
  const layers = layersOf(model);
  const few = inputs.slice(0, 2);
  const classes = model.classes.map((_, c) => c);
  const words = { detail: "words" };
  return {
    projection,
    forward: await timePer(inputs, (input) => model.scores(input)),
    lrp: await timePer(inputs, async (input) => await explain("lrp", model, input, 0, words)),
    lrpAll: await timePer(
      inputs,
      async (input) => await explainAll("lrp", model, input, classes, words),
    ),
    sa: await timePer(inputs, async (input) => await explain("sa", model, input, 0, words)),
    deletion: (await timePer(inputs.slice(0, 50), (input) => deleteFifty(model, input))) * 1000 /
      50,
    layersForward: await timePer(few, (input) => layers.scores(input), 2),
    layersLrp: await timePer(
      few,
      async (input) => await explain("lrp", layers, input, 0, words),
      2,
    ),
    bound: bytesRead(length, sizes.filters) / bandwidth * 1000,
  };
}

/** Bytes that this machine copies in a second on one thread; as many are read as are written. */
export async function copyBandwidth(): Promise<number> {
  const from = new Float64Array(2 ** 25).fill(1);
  const to = new Float64Array(from.length);
  return from.byteLength / (await timePer([from], (numbers) => to.set(numbers), 7)) * 1000;
}
