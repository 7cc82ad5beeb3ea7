import type { OnProgress } from "@heatword/core";

/** Options of {@linkcode trainPpmi} that shape the vectors. */
export interface PpmiOptions {
  /** Length of a vector. @default {300} */
  readonly dimensions?: number;
  /** How many words before and behind a word are its context. @default {10} */
  readonly window?: number;
  /** Words seen less often get no vector. @default {2} */
  readonly minCount?: number;
  /** Exponent of the frequencies of words; below 1, rare words count less. @default {0.875} */
  readonly smoothing?: number;
  /** Exponent of the singular values. @default {0.5} */
  readonly power?: number;
  /** Seed of the random numbers that the decomposition begins with. @default {0} */
  readonly seed?: number;
}

/** What {@linkcode trainPpmi} takes besides {@linkcode PpmiOptions}. */
export interface TrainPpmiOptions extends PpmiOptions {
  /** Called with progress. */
  readonly onProgress?: OnProgress;
  /** Stops the training. */
  readonly signal?: AbortSignal;
}

/** The options with which nothing is left open. */
export function ppmiDefaults(options: PpmiOptions = {}): Required<PpmiOptions> {
  const full = {
    dimensions: options.dimensions ?? 300,
    window: options.window ?? 10,
    minCount: options.minCount ?? 2,
    smoothing: options.smoothing ?? 0.875,
    power: options.power ?? 0.5,
    seed: options.seed ?? 0,
  };
  for (const name of ["dimensions", "window", "minCount"] as const) {
    if (!Number.isInteger(full[name]) || full[name] < 1) {
      throw new RangeError(`Cannot train with ${name} ${full[name]}: give a positive whole number`);
    }
  }
  for (const name of ["smoothing", "power"] as const) {
    if (!(full[name] >= 0 && full[name] <= 1)) {
      throw new RangeError(`Cannot train with ${name} ${full[name]}: give a number from 0 to 1`);
    }
  }
  if (!Number.isInteger(full.seed)) {
    throw new RangeError(`Cannot train with seed ${full.seed}: give a whole number`);
  }
  return full;
}
