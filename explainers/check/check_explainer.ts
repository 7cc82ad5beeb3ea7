import {
  assertExplainer,
  type Awaitable,
  type Check,
  type Checked,
  type Explainer,
  failCheck as fail,
  type Input,
  type Model,
  type Needs,
  type OptionSpecs,
  relativeDifference as difference,
  runChecks,
  shortNumber as show,
  type Target,
} from "@heatword/core";
import { invarianceChecks } from "./_invariance_checks.ts";
import { promiseChecks } from "./_promise_checks.ts";
import { resultChecks } from "./_result_checks.ts";
import { Subject } from "./_subject.ts";

/** What became of all checks. */
export interface CheckReport extends Checked {
  /** The explainer that was checked. */
  readonly explainer: Explainer;
}

/** Options of {@linkcode checkExplainer}. */
export interface CheckOptions {
  /**
   * A slow and simple way to the same word relevances with the default options; checked on small
   * word-CNNs in float64.
   *
   * @param model The model.
   * @param input An input of it.
   * @param target What to explain.
   * @returns The relevance of each word, shape [T].
   */
  readonly reference?: (model: Model, input: Input, target: Target) => Awaitable<ArrayLike<number>>;
  /**
   * How far the relevances may be from the reference's, as a part of the largest one.
   *
   * @default {1e-6}
   */
  readonly tolerance?: number;
}

function referenceCheck({ reference, tolerance = 1e-6 }: CheckOptions): Check<Subject> {
  return {
    name: "agrees with a slow reference",
    skip: () => reference ? undefined : "none was given",
    async run(subject) {
      for (const { relevance, model, input, target, text } of await subject.trials()) {
        const off = difference(relevance.words, await reference!(model, input, target));
        if (off > tolerance) fail(`the relevances are off by ${show(100 * off)} % ${text}`);
      }
    },
  };
}

/**
 * Proves an explainer right, as far as that can be done from outside: tries it on small word-CNNs
 * and on texts long, short, empty and with repeated words, and checks what every explanation must
 * hold and what the explainer promises by its tags. The models are small layered networks of a
 * convolution of width 2, max over time, ReLU and a dense layer.
 *
 * @param explainer The explainer; it need not be registered.
 * @param options A reference to compare with.
 * @returns What became of each check; nothing is thrown for a check that fails.
 *
 * @example
 * ```ts
 * import { checkExplainer } from "@heatword/explainers/check";
 * import { occlusion } from "@heatword/explainers/occlusion";
 * import { assert } from "@std/assert";
 *
 * assert((await checkExplainer(occlusion)).passed);
 * ```
 */
export async function checkExplainer<O extends OptionSpecs, N extends Needs>(
  explainer: Explainer<O, N>,
  options: CheckOptions = {},
): Promise<CheckReport> {
  const checked = await runChecks(
    { name: "is well formed", run: () => assertExplainer(explainer) },
    [...resultChecks, ...promiseChecks, ...invarianceChecks, referenceCheck(options)],
    new Subject(explainer as Explainer),
  );
  return { explainer: explainer as Explainer, ...checked };
}
