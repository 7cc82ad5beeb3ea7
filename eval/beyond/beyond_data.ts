import type { Conservation } from "../corpus/summarize.ts";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";

/** What was measured of a model on the texts of a task. */
export interface MeasuredModel {
  /** What kind of model it is, e.g. `char-cnn`. */
  readonly name: string;
  /** The part of the test documents that it classifies correctly. */
  readonly accuracy: number;
  /** √(a (1 − a) / n). */
  readonly standardError: number;
  /** How many test documents that was measured on. */
  readonly documents: number;
  /** How many of these were explained. */
  readonly explained: number;
  /** How well explainers keep their promise of a sum, on those that were explained. */
  readonly conservation: readonly Conservation[];
  /**
   * The two experiments of word deletion: documents that are classified correctly at first, and the
   * others.
   */
  readonly deletion: readonly [correct: DeletionExperiment, wrong: DeletionExperiment];
}

/** A task, and what was measured on it. */
export interface MeasuredTask {
  /** Its name. */
  readonly name: string;
  /** How many documents it was learned from. */
  readonly train: number;
  /** Its number of classes. */
  readonly classes: number;
  /** Fewest words of a document that loses words. */
  readonly minLength: number;
  /** Most words that are deleted. */
  readonly deletions: number;
  /** How many runs of random deletion there were. */
  readonly runs: number;
  /** The models. */
  readonly models: readonly MeasuredModel[];
}

/** What was measured beyond the paper. */
export interface BeyondData {
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** The tasks. */
  readonly tasks: readonly MeasuredTask[];
}
