import type { DifferentiableModel, Input, LayeredModel, Model, VectorInput } from "./model.ts";
import type { OptionSpecs, OptionValues, ValuesOf } from "./options.ts";
import { assertOptionSpecs, assertPluginName } from "./plugin.ts";
import { poolingNames } from "./pooling.ts";
import type { OnProgress } from "./progress.ts";
import { Registry } from "./registry.ts";
import type { Contributions } from "./relevance.ts";
import type { Target } from "./target.ts";

/** What an explainer may need of a model: only scores, also gradients, or the layers. */
export type Needs = "scores" | "gradients" | "layers";

/** The models that can do what an explainer needs. */
export type ModelFor<N extends Needs> = [N] extends ["layers"] ? LayeredModel
  : [N] extends ["gradients"] ? DifferentiableModel
  : Model;

/** The inputs of {@linkcode ModelFor}. */
export type InputFor<N extends Needs> = [N] extends ["layers" | "gradients"] ? VectorInput : Input;

/** What an explainer promises and needs; eval, apps and the conformance kit go by it. */
export interface ExplainerTags<N extends Needs = Needs> {
  /** What it needs of a model. */
  readonly needs: N;
  /**
   * Whether negative relevance means "against the target", with the default options; what other
   * options make of it says {@linkcode signedOf}.
   */
  readonly signed: boolean;
  /**
   * What the relevances sum to with the default options: the `score`, its `difference` from the
   * score with all words deleted, or neither (`false`); less what a relevance says is kept by
   * biases.
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

/** What is asked of an explainer. */
export interface Question<O extends OptionSpecs = OptionSpecs, N extends Needs = Needs> {
  /** The model; the tag `needs` says what it can do. */
  readonly model: ModelFor<N>;
  /** An input of that model; must not be changed. */
  readonly input: InputFor<N>;
  /** What to explain, each on its own. */
  readonly targets: readonly Target[];
  /** A value for every option, checked. */
  readonly options: ValuesOf<O>;
  /** Says when nobody wants the answer any more. */
  readonly signal?: AbortSignal;
  /** Called with progress. */
  readonly onProgress?: OnProgress;
}

/** A way to tell which words made a model score as it did. */
export interface Explainer<O extends OptionSpecs = OptionSpecs, N extends Needs = Needs> {
  /** Its name on command lines and in files: lower case, digits and hyphens. */
  readonly name: string;
  /** One sentence that says what it does. */
  readonly description: string;
  /** The publication it comes from. */
  readonly citation: string;
  /** What it promises and needs. */
  readonly tags: ExplainerTags<N>;
  /** The options it takes. */
  readonly options: O;
  /**
   * Explains one input for several targets.
   *
   * @param question The model, the input, the targets and the options.
   * @returns What was found for each target, in their order; names and options are added by
   * {@linkcode explain}, which also checks it.
   */
  explain(question: Question<O, N>): readonly Contributions[] | Promise<readonly Contributions[]>;
  /**
   * How many texts it has scored at most, the whole and the empty one among them, where it needs scores
   * alone; so that the cost can be told before it is spent.
   *
   * @param words How many words, or groups of words, can be deleted.
   * @param options A value for every option.
   */
  cost?(words: number, options: ValuesOf<O>): number;
  /**
   * Explains groups of words by scores alone, where it needs more than scores for words: in place of
   * words, what the model deletes are groups.
   *
   * @param question The model and input of `groupUnits`, the targets and the options.
   * @returns What was found for each target, with a number for each group.
   */
  explainUnits?(
    question: Question<O, "scores">,
  ): readonly Contributions[] | Promise<readonly Contributions[]>;
}

/**
 * Checks that something is an explainer, as far as that can be seen without running it.
 *
 * @param candidate What should be one.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertExplainer(candidate: unknown): asserts candidate is Explainer {
  assertPluginName("explainer", candidate);
  const explainer = candidate as Explainer;
  const demand = (condition: boolean, what: string) => {
    if (!condition) throw new TypeError(`Cannot take explainer "${explainer.name}": ${what}`);
  };
  demand(typeof explainer.explain === "function", '"explain" must be a function');
  demand(
    explainer.explain.length <= 1,
    '"explain" takes one object, { model, input, targets, options }, and gives a result per target',
  );
  demand(typeof explainer.citation === "string", '"citation" must be a string');
  const { tags, options } = explainer;
  demand(typeof tags === "object" && tags !== null, '"tags" must be an object');
  demand(
    ["scores", "gradients", "layers"].includes(tags.needs),
    '"tags.needs" must be "scores", "gradients" or "layers"',
  );
  demand(typeof tags.signed === "boolean", '"tags.signed" must be true or false');
  demand(typeof tags.stochastic === "boolean", '"tags.stochastic" must be true or false');
  demand(
    ["score", "difference", false].includes(tags.conserves),
    '"tags.conserves" must be "score", "difference" or false',
  );
  assertOptionSpecs("explainer", explainer);
  demand(!tags.stochastic || "seed" in options, 'a stochastic explainer needs an option "seed"');
}

/** The explainers that are known by name. */
export const explainers: Registry<Explainer> = new Registry("explainer", assertExplainer);

/**
 * Defines an explainer: the types of its option values follow from its options, those of model and
 * input from what it needs.
 *
 * @param explainer The explainer.
 * @returns The same explainer, checked but not registered.
 * @throws {TypeError} If a part is missing or malformed.
 *
 * @example
 * ```ts
 * import { defineExplainer, explain, targetScore } from "@heatword/core";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * const equal = defineExplainer({
 *   name: "equal",
 *   description: "Gives every word an equal part of the score",
 *   citation: "none",
 *   tags: { needs: "scores", signed: true, conserves: "score", stochastic: false },
 *   options: {},
 *   async explain({ model, input, targets }) {
 *     const scores = await model.scores(input);
 *     return targets.map((target) => {
 *       const score = targetScore(target, scores);
 *       const words = new Float64Array(input.length).fill(score / input.length);
 *       return { score, words, expectedSum: score };
 *     });
 *   },
 * });
 * const model = miniModel();
 * const { words } = await explain(equal, model, model.encode(model.read("red green")), 0);
 * assertEquals(words[0], words[1]);
 * ```
 */
export function defineExplainer<const O extends OptionSpecs, const N extends Needs>(
  explainer: Explainer<O, N>,
): Explainer<O, N> {
  assertExplainer(explainer);
  return explainer;
}

/**
 * Makes an explainer known by its name to everything that takes explainers.
 *
 * @param explainer The explainer.
 * @returns The same explainer.
 * @throws {TypeError} If it is malformed, or another one has its name.
 */
export function registerExplainer<const O extends OptionSpecs, const N extends Needs>(
  explainer: Explainer<O, N>,
): Explainer<O, N> {
  explainers.register(explainer as Explainer);
  return explainer;
}

/**
 * Finds a registered explainer.
 *
 * @param name Its name.
 * @returns The explainer.
 * @throws {RangeError} If there is none; the message says the nearest known name.
 */
export function getExplainer(name: string): Explainer {
  return explainers.get(name);
}

/** All registered explainers, in the order of their registration. */
export function listExplainers(): Explainer[] {
  return explainers.list();
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
