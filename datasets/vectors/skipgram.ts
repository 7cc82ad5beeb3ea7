import type { OnProgress } from "@heatword/core";
import type { SkipgramReply, SkipgramRequest } from "./_skipgram_worker.ts";
import { NamedVectors } from "./named_vectors.ts";

/** How a skip-gram model is trained; Mikolov et al., "Distributed Representations of Words", 2013. */
export interface SkipgramOptions {
  /** Length of a vector. @default {300} */
  readonly dimensions?: number;
  /** How far away a context word may be, in words. @default {10} */
  readonly window?: number;
  /** How often the whole text is gone through. @default {25} */
  readonly epochs?: number;
  /** Words seen less often get no vector. @default {2} */
  readonly minCount?: number;
  /** Words with a larger share of the text than this are left out at times. @default {1e-5} */
  readonly subsample?: number;
  /** Noise words for each pair. @default {5} */
  readonly negatives?: number;
  /** Learning rate at the start; falls linearly to zero. @default {0.05} */
  readonly learningRate?: number;
  /** Seed of the random numbers. @default {0} */
  readonly seed?: number;
}

/** What {@linkcode trainSkipgram} takes besides {@linkcode SkipgramOptions}. */
export interface TrainSkipgramOptions extends SkipgramOptions {
  /** Called with progress. */
  readonly onProgress?: OnProgress;
  /** Stops the training. */
  readonly signal?: AbortSignal;
}

/** The options with which nothing is left open. */
export function skipgramDefaults(options: SkipgramOptions = {}): Required<SkipgramOptions> {
  const full = {
    dimensions: options.dimensions ?? 300,
    window: options.window ?? 10,
    epochs: options.epochs ?? 25,
    minCount: options.minCount ?? 2,
    subsample: options.subsample ?? 1e-5,
    negatives: options.negatives ?? 5,
    learningRate: options.learningRate ?? 0.05,
    seed: options.seed ?? 0,
  };
  for (const name of ["dimensions", "window", "epochs", "minCount", "negatives"] as const) {
    if (!Number.isInteger(full[name]) || full[name] < 1) {
      throw new RangeError(`Cannot train with ${name} ${full[name]}: give a positive whole number`);
    }
  }
  for (const name of ["subsample", "learningRate"] as const) {
    if (!(full[name] > 0 && full[name] < Infinity)) {
      throw new RangeError(`Cannot train with ${name} ${full[name]}: give a positive number`);
    }
  }
  if (!Number.isInteger(full.seed)) {
    throw new RangeError(`Cannot train with seed ${full.seed}: give a whole number`);
  }
  return full;
}

/**
 * Writes texts as fastText reads them: one text per line, a blank between two words.
 *
 * @param texts The words of each text.
 * @returns The lines in UTF-8.
 * @throws {SyntaxError} If a word is empty, holds white space, or is one of fastText's own marks.
 *
 * @example
 * ```ts
 * import { trainingText } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const text = trainingText([["the", "moon"], [], ["the", "sun"]]);
 * assertEquals(new TextDecoder().decode(text), "the moon\nthe sun\n");
 * ```
 */
export function trainingText(texts: Iterable<readonly string[]>): Uint8Array {
  const lines: string[] = [];
  for (const words of texts) {
    for (const word of words) {
      // deno-lint-ignore no-control-regex
      if (word === "" || /[\s\x00]/.test(word) || word === "</s>" || word.startsWith("__label__")) {
        throw new SyntaxError(`Cannot train a vector for the word ${JSON.stringify(word)}`);
      }
    }
    if (words.length > 0) lines.push(words.join(" ") + "\n");
  }
  return new TextEncoder().encode(lines.join(""));
}

/**
 * Trains word vectors by fastText's skip-gram with negative sampling, without parts of words, in a
 * worker. One thread, so the same texts and options give the same bytes everywhere.
 *
 * @param texts The words of each text; words of two texts are never each other's context.
 * @param options How to train.
 * @returns The vectors of all words seen at least `minCount` times, the most frequent first.
 * @throws {RangeError} If an option makes no sense or no word is frequent enough.
 * @throws {SyntaxError} If a word holds white space.
 *
 * @example
 * ```ts
 * import { trainSkipgram } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = [["the", "moon", "and", "the", "sun"], ["the", "moon"]];
 * const vectors = await trainSkipgram(texts, { dimensions: 4, minCount: 2, subsample: 1 });
 * assertEquals(vectors.words, ["the", "moon"]);
 * assertEquals(vectors.matrix.length, 2 * 4);
 * ```
 */
export function trainSkipgram(
  texts: Iterable<readonly string[]>,
  options: TrainSkipgramOptions = {},
): Promise<NamedVectors> {
  return trainOnText(trainingText(texts), options);
}

/** As {@linkcode trainSkipgram}, on lines that {@linkcode trainingText} wrote. */
export async function trainOnText(
  text: Uint8Array,
  options: TrainSkipgramOptions,
): Promise<NamedVectors> {
  const { dimensions, window, epochs, minCount, subsample, negatives, learningRate, seed } =
    skipgramDefaults(options);
  const { onProgress, signal } = options;
  signal?.throwIfAborted();
  const { total, words } = countWords(text, minCount);
  if (words.length === 0) {
    throw new RangeError(`Cannot train word vectors: no word is there ${minCount} times`);
  }
  const request: SkipgramRequest = {
    text,
    words,
    args: {
      dim: dimensions,
      ws: window,
      epoch: epochs,
      minCount,
      t: subsample,
      neg: negatives,
      lr: learningRate,
      seed,
      minn: 0,
      maxn: 0,
      bucket: 0,
    },
  };
  const report = (done: number, loss?: number) =>
    onProgress?.({
      task: "Training word vectors",
      done: Math.min(Math.round(done * total * epochs), total * epochs),
      total: total * epochs,
      unit: "words",
      ...(loss !== undefined && loss >= 0 ? { figures: { loss } } : {}),
    });
  report(0);
  const worker = new Worker(new URL("./_skipgram_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<NamedVectors>();
  const stop = () => reject(signal!.reason);
  signal?.addEventListener("abort", stop, { once: true });
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Training word vectors failed: ${event.message}`));
  };
  worker.onmessage = ({ data }: MessageEvent<SkipgramReply>) => {
    if (data.kind === "progress") report(data.part, data.loss);
    else if (data.kind === "done") resolve(new NamedVectors(data.words, data.matrix, dimensions));
    else reject(new Error(`Training word vectors failed: ${data.message}`));
  };
  worker.postMessage(request);
  try {
    const vectors = await promise;
    report(1);
    return vectors;
  } finally {
    signal?.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function countWords(text: Uint8Array, minCount: number): { total: number; words: string[] } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const word of new TextDecoder().decode(text).split(/[ \n]/)) {
    if (word === "") continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total++;
  }
  return { total, words: [...counts.keys()].filter((word) => counts.get(word)! >= minCount) };
}
