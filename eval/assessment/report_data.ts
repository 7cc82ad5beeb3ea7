import type { Explainer } from "@heatword/core";
import type { Classification } from "../classification/confusion_matrix.ts";
import type { DeletionExperiment } from "../deletion/deletion_curves.ts";
import type { PanelResult } from "../pca/evaluate_panels.ts";
import type { PlotGroups } from "../plots/pca_plot.ts";
import type { ReportDocument, Timing } from "../report/report_data.ts";
import type { ClassWords } from "./class_words.ts";
import type { Finding } from "./findings.ts";
import type { QuickTrust } from "./quick_trust.ts";
import type { ScoreExperiment } from "./score_experiment.ts";
import type { PlottedTexts } from "../report/points_script.ts";

/** A text that the report shows, with its heatmaps. */
export interface ShownExample extends ReportDocument {
  /** The probability of the predicted class. */
  readonly probability: number;
}

/** What the words say for classes, and on which texts. */
export interface WordsOfClasses {
  /** Name of the explainer. */
  readonly explainer: string;
  /** Whether each text told it for every class, or for its true, predicted and next likely one. */
  readonly allClasses: boolean;
  /** How many texts told it. */
  readonly texts: number;
  /** The words of each class. */
  readonly classes: readonly ClassWords[];
}

/** Everything that the report on one's own texts shows. */
export interface AssessmentData {
  /** Name of the texts. */
  readonly corpus: string;
  /** What was given as the model. */
  readonly model: string;
  /** How the texts become words, in whole sentences. */
  readonly preparation: string;
  /** What the classifier is, in whole sentences. */
  readonly classifier: string;
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
  /** How words are deleted because the texts are as they are, in a sentence. */
  readonly deletionNote?: string;
  /** How many training texts are known, and how many were measured on. */
  readonly documents: { readonly train: number; readonly test: number };
  /** How the classifier did. */
  readonly classification: Classification;
  /** Of how many words a text must be for words to be deleted. */
  readonly minLength: number;
  /** Deletion by accuracy. */
  readonly deletion: readonly [correct: DeletionExperiment, wrong: DeletionExperiment];
  /** Deletion by score. */
  readonly scores: readonly [correct: ScoreExperiment, wrong: ScoreExperiment];
  /** The quick columns of trust, or why there are none. */
  readonly trust: QuickTrust | string;
  /** The errors that the model was surest of. */
  readonly errors: readonly ShownExample[];
  /** Typical texts that were classified right. */
  readonly typical: readonly ShownExample[];
  /** What words say for and against classes, or why it is not told. */
  readonly words: WordsOfClasses | string;
  /** Document vectors; empty for models without word vectors. */
  readonly panels: readonly PanelResult[];
  /** The classes as groups of the document vectors. */
  readonly groups: PlotGroups;
  /** The texts of the document vectors, where the page shall tell which point is which. */
  readonly points?: PlottedTexts;
  /** Statements that were checked. */
  readonly findings: readonly Finding[];
  /** The explainers that were run; the first one made heatmaps and words. */
  readonly explainers: readonly Explainer[];
  /** What was set, by name. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** How long each step took. */
  readonly timings: readonly Timing[];
  /** The command that makes this report again. */
  readonly command: string;
}
