import type { OnProgress, TextReading } from "@heatword/core";
import type { Hyperparameters } from "@heatword/core/word-cnn";

/** How everything is trained that is trained. */
export interface Recipe {
  /** Options of skip-gram that differ from their defaults. */
  readonly skipgram: Readonly<Record<string, number>>;
  /** The norm that word vectors are scaled to; as they come out of skip-gram, norms vary widely. */
  readonly norm: number;
  /** Hyper-parameters of the classifier that differ from their defaults. */
  readonly hyperparameters: Partial<Hyperparameters>;
  /** The part of the training documents that is held out to choose the epoch by; with 0, it is the last. */
  readonly heldOut: number;
}

/** What the training needs beside the corpus. */
export interface TrainingContext {
  /** How to train. */
  readonly recipe: Recipe;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
  /** The folder for checkpoints and models. */
  readonly cache: string;
  /** How texts become words. @default {as those of 20Newsgroups} */
  readonly reading?: TextReading;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}
