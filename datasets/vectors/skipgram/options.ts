import type { OnProgress } from "@heatword/core";

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
  /** Noise words for each word, shared by its contexts. @default {5} */
  readonly negatives?: number;
  /** Learning rate at the start; falls linearly to zero. @default {0.05} */
  readonly learningRate?: number;
  /** Seed of the random numbers. @default {0} */
  readonly seed?: number;
}

/** What {@linkcode trainSkipgram} takes besides {@linkcode SkipgramOptions}. */
export interface TrainSkipgramOptions extends SkipgramOptions {
  /** Number of threads; makes no difference to the result. @default {navigator.hardwareConcurrency} */
  readonly workers?: number;
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
