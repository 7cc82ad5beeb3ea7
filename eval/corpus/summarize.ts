import { type Classification, classification } from "../classification/confusion_matrix.ts";
import { deletionDefaults } from "../deletion/delete_words.ts";
import { deletionCurves, type DeletionExperiment } from "../deletion/deletion_curves.ts";
import { evaluatePanel, type PanelResult } from "../pca/evaluate_panels.ts";
import {
  deletionExplainers,
  type DocumentEvaluation,
  type EvaluationPlan,
} from "./evaluate_document.ts";

/** How well an explainer keeps its promise of a sum. */
export interface Conservation {
  /** Name of the explainer. */
  readonly explainer: string;
  /** The worst residual of any document. */
  readonly worst: number;
  /** Index of the document with the worst residual. */
  readonly at: number;
  /** The mean residual. */
  readonly mean: number;
  /** How many documents were checked. */
  readonly documents: number;
}

/**
 * The residuals of all documents, by explainer.
 *
 * @param evaluations What was found about each document.
 * @param explainers The explainers, in the order of the residuals.
 * @returns An entry for each explainer that promises a sum.
 */
export function conservationByExplainer(
  evaluations: readonly DocumentEvaluation[],
  explainers: readonly string[],
): Conservation[] {
  return explainers.flatMap((explainer, e) => {
    let worst = -Infinity, at = -1, sum = 0, documents = 0;
    evaluations.forEach(({ residuals }, d) => {
      const residual = residuals[e]!;
      if (Number.isNaN(residual)) return;
      documents++;
      sum += residual;
      if (residual > worst) [worst, at] = [residual, d];
    });
    return documents === 0 ? [] : [{ explainer, worst, at, mean: sum / documents, documents }];
  });
}

/**
 * How the model did on all documents.
 *
 * @param evaluations What was found about each document.
 * @param classes The names of the classes.
 * @returns Accuracy and confusion matrix.
 */
export function classificationOf(
  evaluations: readonly DocumentEvaluation[],
  classes: readonly string[],
): Classification {
  return classification(
    evaluations.map(({ label }) => label),
    evaluations.map(({ prediction }) => prediction),
    classes,
  );
}

/**
 * The two experiments of word deletion.
 *
 * @param evaluations What was found about each document.
 * @param plan The plan it was found under.
 * @returns First the documents that were classified correctly at first, then the others.
 */
export function deletionOf(
  evaluations: readonly DocumentEvaluation[],
  plan: EvaluationPlan,
): [correct: DeletionExperiment, wrong: DeletionExperiment] {
  const { runs, deletions } = { ...deletionDefaults, ...plan.deletion };
  const names = deletionExplainers(plan.explainers);
  const curves = (group: "correct" | "wrong") => {
    const flag = group === "correct" ? 1 : 0;
    const outcomes = evaluations.flatMap(({ flags, words, units = words }) =>
      flags && flags[0] === flag ? [{ flags, words: units }] : []
    );
    const { seed, unit } = plan;
    const found = deletionCurves(outcomes, group, names, runs, deletions, { seed });
    return unit === undefined || unit === "word" ? found : { ...found, unit };
  };
  return [curves("correct"), curves("wrong")];
}

/**
 * The vectors of all documents in one panel.
 *
 * @param evaluations What was found about each document; each must have vectors.
 * @param panel Which panel of the plan.
 * @param panels How many panels the plan has.
 * @returns The vectors, shape [N, D].
 */
export function panelVectors(
  evaluations: readonly DocumentEvaluation[],
  panel: number,
  panels: number,
): Float32Array<ArrayBuffer> {
  const dimensions = (evaluations[0]?.vectors?.length ?? 0) / panels;
  const vectors = new Float32Array(evaluations.length * dimensions);
  evaluations.forEach((evaluation, d) => {
    const own = evaluation.vectors!.subarray(panel * dimensions, (panel + 1) * dimensions);
    vectors.set(own, d * dimensions);
  });
  return vectors;
}

/** Options of {@linkcode panelsOf}. */
export interface PanelsOfOptions {
  /** Whether the silhouette is also taken before PCA. @default {true} */
  readonly full?: boolean;
}

/**
 * The panels of document vectors.
 *
 * @param evaluations What was found about each document; each must have vectors.
 * @param plan The plan it was found under.
 * @param groups The group of each document; negative for none.
 * @param groupCount How many groups there are.
 * @param options What to compute.
 * @returns A result for each panel of the plan.
 */
export function panelsOf(
  evaluations: readonly DocumentEvaluation[],
  plan: EvaluationPlan,
  groups: ArrayLike<number>,
  groupCount: number,
  options: PanelsOfOptions = {},
): PanelResult[] {
  const panels = plan.panels ?? [];
  return panels.map((panel, p) => {
    const vectors = panelVectors(evaluations, p, panels.length);
    const dimensions = vectors.length / evaluations.length;
    return evaluatePanel(panel, vectors, dimensions, groups, groupCount, options);
  });
}
