import type { DocumentEvaluation } from "../corpus/evaluate_document.ts";
import { type ScoreCurve, scoreCurves } from "../deletion/score_curves.ts";

/** One of the two experiments of deletion, by score. */
export interface ScoreExperiment {
  /** Which texts: those classified right at first, or those classified wrong. */
  readonly group: "correct" | "wrong";
  /** What is deleted one after the other. */
  readonly unit: string;
  /** How many texts. */
  readonly documents: number;
  /** A curve for each explainer, then random deletion. */
  readonly curves: readonly ScoreCurve[];
}

/** How the experiments were made. */
export interface ScorePlan {
  /** Names of the explainers, in the order of the rows. */
  readonly explainers: readonly string[];
  /** How many words are deleted at most. */
  readonly deletions: number;
  /** What is deleted one after the other. */
  readonly unit: string;
  /** The seed of the resamples. */
  readonly seed: number;
}

/**
 * How the score of the true class moves as words are deleted: of texts classified right the most
 * relevant first, of others the least relevant first.
 *
 * @param evaluations What was found about each text.
 * @param plan How it was found.
 * @returns First the texts that were classified right.
 */
export function scoreExperiments(
  evaluations: readonly DocumentEvaluation[],
  { explainers, deletions, unit, seed }: ScorePlan,
): [right: ScoreExperiment, wrong: ScoreExperiment] {
  const of = (group: "correct" | "wrong"): ScoreExperiment => {
    const changes = evaluations.flatMap(({ changes, label, prediction }) =>
      changes && (label === prediction) === (group === "correct") ? [changes] : []
    );
    const curves = scoreCurves(changes, explainers, deletions, { seed });
    return { group, unit, documents: changes.length, curves };
  };
  return [of("correct"), of("wrong")];
}
