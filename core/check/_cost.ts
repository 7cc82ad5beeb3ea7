import type { Model } from "../model.ts";
import { longText } from "./_texts.ts";

/** What texts cost. */
export interface ModelCost {
  /** Milliseconds for a text that is scored alone. */
  readonly single: number;
  /** Milliseconds for each text of a batch. */
  readonly inBatch: number;
  /** How many texts the batch had. */
  readonly batch: number;
  /** How many words each had. */
  readonly words: number;
}

/** How many words the texts have. */
const WORDS = 50;
/** How often is measured; the least time counts, as others may use the machine meanwhile. */
const TIMES = 5;
/** How long it is measured at most before another time is begun, in milliseconds. */
const LONG_ENOUGH = 1000;
/** How many texts a batch has where the model has no size for it. */
const USUAL_BATCH = 64;
/** The largest batch that is tried. */
const MOST = 256;

/**
 * Measures what texts cost; none is scored twice.
 *
 * @param model The model.
 * @param now The time, in milliseconds.
 * @throws {Error} If the model scores no texts.
 */
export async function costOf(model: Model, now: () => number): Promise<ModelCost> {
  let count = 0;
  const next = () => model.encode(model.read(`${count++} ${longText(WORDS - 1)}`));
  const timeOf = async (texts: number) => {
    const inputs = Array.from({ length: texts }, next);
    const began = now();
    // Together, as explanations ask; a model without batches takes one after the other.
    await Promise.all(inputs.map((input) => model.scores(input)));
    return now() - began;
  };
  const least = async (texts: number) => {
    let [total, min] = [0, Infinity];
    for (let i = 0; i < TIMES && total < LONG_ENOUGH; i++) {
      const time = await timeOf(texts);
      total += time;
      min = Math.min(min, time);
    }
    return min;
  };
  // The first may have to warm up.
  await timeOf(1);
  const batch = Math.min(MOST, model.batchSize ?? USUAL_BATCH);
  const inBatch = await least(batch) / batch;
  return { single: await least(1), inBatch, batch, words: WORDS };
}
