import type { Input, Model } from "./model.ts";
import type { OptionSpecs, OptionValues } from "./options.ts";
import { poolingNames } from "./pooling.ts";
import type { Relevance } from "./relevance.ts";
import type { Target } from "./target.ts";

/** What an explainer promises and needs; eval, apps and the conformance kit go by it. */
export interface ExplainerTags {
  /** What it needs of a model: only scores, also gradients, or the layers. */
  readonly needs: "scores" | "gradients" | "layers";
  /**
   * Whether negative relevance means "against the target", with the default options; what other
   * options make of it says {@linkcode signedOf}.
   */
  readonly signed: boolean;
  /**
   * What the relevances sum to with the default options: the `score`, its `difference` from the
   * score with all words deleted, or neither (`false`).
   */
  readonly conserves: "score" | "difference" | false;
  /**
   * How far the sum may be off with the default options, as a part of the expected sum (of 1 where
   * that is smaller); for methods that approximate an integral.
   *
   * @default {1e-6}
   */
  readonly conservationTolerance?: number;
  /**
   * Whether a word that is deleted already (a zero vector) gets exactly 0.
   *
   * @default {false}
   */
  readonly ignoresDeleted?: boolean;
  /** Whether it samples; then it has an option `seed`. */
  readonly stochastic: boolean;
}

/** A way to tell which words made a model score as it did. */
export interface Explainer {
  /** Its name on command lines and in files: lower case, digits and hyphens. */
  readonly name: string;
  /** One sentence that says what it does. */
  readonly description: string;
  /** The publication it comes from. */
  readonly citation: string;
  /** What it promises and needs. */
  readonly tags: ExplainerTags;
  /** The options it takes. */
  readonly options: OptionSpecs;
  /**
   * Explains one input.
   *
   * @param model The model; the tag `needs` says what it must be able to do.
   * @param input An input of that model; must not be changed.
   * @param target What to explain.
   * @param options A value for every option, checked, as {@linkcode readOptions} gives them.
   * @returns The relevance of every word.
   */
  explain(model: Model, input: Input, target: Target, options: OptionValues): Relevance;
  /**
   * Explains several targets of one input at once, where that is cheaper than one by one.
   *
   * @param model The model.
   * @param input An input of that model.
   * @param targets What to explain.
   * @param options A value for every option.
   * @returns A relevance for each target, equal to what `explain` gives.
   */
  explainAll?(
    model: Model,
    input: Input,
    targets: readonly Target[],
    options: OptionValues,
  ): Relevance[];
}

/**
 * Whether negative relevance means "against the target" with the options given. The tag `signed`
 * says so for the defaults. The option `pooling` can change it: a sum has a sign whatever is summed,
 * and norms have none.
 *
 * @param explainer The explainer.
 * @param options Its options; those left out have their defaults.
 * @returns Whether the relevances have a sign.
 *
 * @example
 * ```ts
 * import { signedOf } from "@heatword/core";
 * import { lrp, sa } from "@heatword/explainers";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([signedOf(sa), signedOf(sa, { pooling: "sum" })], [false, true]);
 * assertEquals([signedOf(lrp), signedOf(lrp, { pooling: "l2" })], [true, false]);
 * ```
 */
export function signedOf(
  explainer: Pick<Explainer, "tags" | "options">,
  options: OptionValues = {},
): boolean {
  const fallback = explainer.options.pooling?.default;
  const pooling = options.pooling ?? fallback;
  const known = poolingNames.some((name) => name === pooling);
  return known && pooling !== fallback ? pooling === "sum" : explainer.tags.signed;
}
