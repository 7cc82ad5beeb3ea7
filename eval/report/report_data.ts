import type { Document, Explainer } from "@heatword/core";
import type { Classification } from "../classification/confusion_matrix.ts";
import type { Conservation } from "../corpus/summarize.ts";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import type { BeyondData } from "../beyond/beyond_data.ts";
import type { Claim } from "../claims/claim.ts";
import type { Duplicates } from "../duplicates/duplicates.ts";
import type { PanelResult } from "../pca/evaluate_panels.ts";
import type { TrustTable } from "../trust/table/trust_table.ts";
import type { PlotGroups } from "../plots/pca_plot.ts";
import type { PlottedTexts } from "./points_script.ts";

/** How one step of the run went. */
export interface Timing {
  /** What was done. */
  readonly step: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** What is worth knowing, e.g. `from the cache`. */
  readonly note?: string;
}

/** One heatmap of Fig. 2. */
export interface ReportHeatmap {
  /** Name of the explainer. */
  readonly explainer: string;
  /** Relevance of each word position, shape [T]. */
  readonly words: ArrayLike<number>;
  /** What the relevances sum to, where several positions show that of one group of words. */
  readonly sum?: number;
}

/** One target of Fig. 2: a row of heatmaps, one for each explainer. */
export interface ReportTarget {
  /** Name of the target class. */
  readonly target: string;
  /** Its score. */
  readonly score: number;
  /** The heatmaps. */
  readonly heatmaps: readonly ReportHeatmap[];
}

/** Fig. 2: one document explained for several targets. */
export interface ReportDocument {
  /** The document. */
  readonly document: Document;
  /** Positions of its words that the model does not know. @default {[]} */
  readonly unknown?: readonly number[];
  /** What stands before the relevance of each position where it is told. */
  readonly names?: readonly string[];
  /** Name of the predicted class. */
  readonly predicted: string;
  /** The targets. */
  readonly targets: readonly ReportTarget[];
}

/** Everything that a report shows. */
export interface ReportData {
  /** Name of the corpus. */
  readonly corpus: string;
  /** How its texts become words, in whole sentences. */
  readonly preparation: string;
  /** Whether corpus and classifier are those of the paper. */
  readonly comparable: boolean;
  /** What the classifier is and how it was trained, in whole sentences. */
  readonly classifier: string;
  /** How many words a document must have for words to be deleted. */
  readonly minLength: number;
  /** Things that must not be overlooked, e.g. that this is a quick run. */
  readonly notices: readonly string[];
  /** The ledger. */
  readonly claims: readonly Claim[];
  /** How many documents the corpus has. */
  readonly documents: { readonly train: number; readonly test: number; readonly length100: number };
  /** How the classifier did. */
  readonly classification: Classification;
  /** Test documents that the training documents hold too; absent where none of those are known. */
  readonly duplicates?: Duplicates;
  /** Fig. 1. */
  readonly deletion: readonly [correct: DeletionExperiment, wrong: DeletionExperiment];
  /** Fig. 2; absent when there is no document to show. */
  readonly heatmaps?: ReportDocument;
  /** Fig. 3; empty when no vectors were made. */
  readonly panels: readonly PanelResult[];
  /** The groups of Fig. 3. */
  readonly groups: PlotGroups;
  /** The texts of the document vectors, where the page shall tell which point is which. */
  readonly points?: PlottedTexts;
  /** How well the explainers kept their promise of a sum. */
  readonly conservation: readonly Conservation[];
  /** The explainers that were run. */
  readonly explainers: readonly Explainer[];
  /** Hyper-parameters, seeds, versions: what was set, by name. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** What was measured of other networks and on other tasks. */
  readonly beyond?: BeyondData;
  /** Which explainers may be trusted for the classifier, where that was measured. */
  readonly trust?: TrustTable;
  /** How long each step took. */
  readonly timings: readonly Timing[];
  /** The command that makes this report again. */
  readonly command: string;
}
