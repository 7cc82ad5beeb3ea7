import type { Classification } from "../classification/confusion_matrix.ts";
import type { Conservation } from "../corpus/summarize.ts";
import type { Duplicates } from "../duplicates/duplicates.ts";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import type { PanelResult } from "../pca/evaluate_panels.ts";

/** Relevance of one word of the heatmap document, for each target and explainer. */
export interface WordRelevance {
  /** The word. */
  readonly word: string;
  /** Sum over its occurrences, by explainer and then by target class. */
  readonly byExplainer: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What was measured; the ledger is made from it. */
export interface Facts {
  /**
   * Whether the corpus and the classifier are those of the paper, so that its counts and its accuracy
   * can be checked.
   */
  readonly comparable: boolean;
  /** How many documents the corpus has. */
  readonly documents: { readonly train: number; readonly test: number; readonly length100: number };
  /** How the classifier did on the test documents. */
  readonly classification: Classification;
  /** Test documents that it may have learned by heart; absent where no training documents are known. */
  readonly duplicates?: Duplicates;
  /** Where the randomness of the intervals starts. */
  readonly seed: number;
  /** The two experiments of word deletion. */
  readonly deletion: readonly [correct: DeletionExperiment, wrong: DeletionExperiment];
  /** How well the explainers kept their promise of a sum. */
  readonly conservation: readonly Conservation[];
  /** Panels of document vectors; empty where none were made. */
  readonly panels: readonly PanelResult[];
  /** The word whose sign the paper tells, "ride", in the heatmap document; absent where there is no such document. */
  readonly probeWord?: WordRelevance;
}
