import { type Checked, type CheckResult, runChecks } from "../checks.ts";
import { assertModel } from "../define_model.ts";
import { reasonAgainst } from "../explain.ts";
import { listExplainers } from "../explainer.ts";
import type { Model } from "../model.ts";
import { classChecks } from "./_class_checks.ts";
import { costOf, type ModelCost } from "./_cost.ts";
import { deletionChecks } from "./_deletion_checks.ts";
import { gradientChecks } from "./_gradient_checks.ts";
import { layerChecks } from "./_layer_checks.ts";
import { ModelSubject } from "./_model_subject.ts";
import { readingChecks } from "./_reading_checks.ts";
import { scoreChecks } from "./_score_checks.ts";
import { awkwardTexts } from "./_texts.ts";
import { winningsChecks } from "./_winnings_checks.ts";

/** What became of the checks of a model. */
export interface ModelReport extends Checked {
  /** The model that was checked. */
  readonly model: Model;
  /** The names of the registered explainers that work with it. */
  readonly explainers: readonly string[];
  /** What texts cost, where it scores them. */
  readonly cost?: ModelCost;
}

/** Options of {@linkcode checkModel}. */
export interface ModelCheckOptions {
  /** Texts that it is tried on besides those of the kit, best with words it knows. @default {[]} */
  readonly texts?: readonly string[];
  /**
   * How far two ways to the same numbers may be apart (coalitions and texts without words, layers
   * and scores), as a part of the largest of them.
   *
   * @default {1e-4}
   */
  readonly tolerance?: number;
  /** The time, in milliseconds, by which costs are measured. @default {performance.now} */
  readonly now?: () => number;
}

/**
 * Proves a model right, as far as that can be done from outside: tries it on plain and awkward texts
 * and checks how it reads them, that its scores are finite and the same each time, that deleting words
 * and scoring coalitions agree, that a text gets the same scores alone and together with others, and, where
 * it gives them, its gradients by finite differences, its layers by its scores, and what its filters won
 * on by both. A model that remembers texts is made to forget them where that could hide a difference.
 *
 * @param model The model.
 * @param options More texts, and how exact it is.
 * @returns What became of each check; nothing is thrown for a check that fails.
 *
 * @example
 * ```ts
 * import { checkModel, modelCard } from "@heatword/core/check";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assert, assertStringIncludes } from "@std/assert";
 *
 * const report = await checkModel(miniModel());
 * assert(report.passed);
 * assertStringIncludes(modelCard("mini", report), "✓ shows layers that give its scores");
 * ```
 */
export async function checkModel(
  model: Model,
  options: ModelCheckOptions = {},
): Promise<ModelReport> {
  const { texts = [], tolerance = 1e-4, now = () => performance.now() } = options;
  const all = [
    ...texts.map((text, i) => [`that was given (${i + 1})`, text] as const),
    ...Object.entries(awkwardTexts),
  ];
  const first = { name: "is well formed", run: () => assertModel(model) };
  const checks = [
    ...classChecks,
    ...readingChecks,
    ...scoreChecks,
    ...deletionChecks,
    ...gradientChecks,
    ...layerChecks,
    ...winningsChecks,
  ];
  const subject = new ModelSubject(model, all, tolerance);
  const checked = await runChecks(first, checks, subject);
  const [{ status }] = checked.results as [CheckResult];
  const cost = status === "passed" ? await costOf(model, now).catch(() => undefined) : undefined;
  const explainers = listExplainers()
    .filter((explainer) => reasonAgainst(explainer, model) === undefined)
    .map(({ name }) => name);
  return { model, ...checked, explainers, ...(cost && { cost }) };
}
