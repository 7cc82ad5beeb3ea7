import { defined } from "../cli/flag.ts";
import type { TrainArguments } from "../cli/programs/train.ts";
import { type LabelledSettings, labelledSettings } from "../opening/labelled_settings.ts";

/** What to train on, how, and where to. */
export interface Settings extends LabelledSettings {
  /** The folder of the model. */
  readonly out: string;
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** `skipgram`, or a file of word vectors. */
  readonly vectors: string;
  /**
   * Save the word vectors in 8 bits a number, and only of words that the training documents have at
   * least so many times; when absent, all words in full precision.
   */
  readonly compact?: number;
  /** Numbers that differ from the recipe's. */
  readonly epochs?: number;
  /** Number of filters, when it was said. */
  readonly filters?: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: TrainArguments): Settings {
  const { out, cache, vectors, compact, epochs, filters } = args;
  return {
    ...labelledSettings(args),
    ...defined({ cache, compact, epochs, filters }),
    out,
    vectors,
    seed: args.seed,
    workers: args.workers,
  };
}
