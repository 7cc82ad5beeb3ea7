import {
  explain,
  type Explainer,
  getExplainer,
  type Input,
  type Model,
  type Relevance,
} from "@heatword/core";
import { explainUnits, type Grouped } from "./units.ts";

/** Whether an explainer gives relevance for each number of a word vector, and can leave it out. */
export function hasDetail(explainer: Explainer): boolean {
  const detail = explainer.options.detail;
  return detail?.type === "choice" && ["values", "words"].every((x) => detail.choices.includes(x));
}

/** Explanations of one input, each computed when it is first asked for and then kept.
 *
 * @example
 * ```ts
 * import { Explanations } from "@heatword/eval/explanations";
 * import "@heatword/explainers";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertStrictEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const input = model.encode({ text: "red", tokens: [{ text: "red", start: 0, end: 3 }] });
 * const explanations = new Explanations(model, input, 0);
 * assertStrictEquals(await explanations.values("sa", 1), await explanations.words("sa", 1));
 * ```
 */
export class Explanations<M extends Model = Model> {
  readonly #known = new Map<string, Promise<Relevance>>();
  readonly #seed: number;
  readonly #grouped: Grouped | undefined;
  /** The model; that of the groups, where words are grouped. */
  readonly model: M;
  /** The input that is explained; that of the groups, where words are grouped. */
  readonly input: Input;

  /**
   * Starts without any.
   *
   * @param model The model.
   * @param input An input of that model.
   * @param seed The option `seed` of explainers that sample.
   * @param grouped What explains groups of words, where words are grouped; see
   * {@linkcode Explanations.ofUnits}.
   */
  constructor(model: M, input: Input, seed: number, grouped?: Grouped) {
    this.model = model;
    this.input = input;
    this.#seed = seed;
    this.#grouped = grouped;
  }

  /**
   * Explanations of groups of words.
   *
   * @param grouped The words in their groups.
   * @param seed The option `seed` of explainers that sample.
   */
  static ofUnits(grouped: Grouped, seed: number): Explanations {
    return new Explanations(grouped.byUnits as unknown as Model, grouped.units, seed, grouped);
  }

  /**
   * The explanation by one explainer, with a relevance for each number of a word vector where the
   * explainer can give it.
   *
   * @param explainer Name of a registered explainer.
   * @param target Index of the class to explain.
   * @param options Options that differ from their defaults.
   * @returns The relevance.
   * @throws {RangeError} If the explainer or an option is unknown.
   * @throws {TypeError} If the model cannot do what the explainer needs.
   */
  values(
    explainer: string,
    target: number,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<Relevance> {
    const key = JSON.stringify([explainer, target, options]);
    const known = this.#known.get(key);
    if (known) return known;
    const method = getExplainer(explainer);
    const all = {
      ...(method.tags.stochastic && { seed: this.#seed }),
      ...(hasDetail(method) && { detail: "values" }),
      ...options,
    };
    const relevance = this.#grouped
      ? explainUnits(this.#grouped, method, [target], all).then(([found]) => found!)
      : explain(method, this.model, this.input, target, all);
    this.#known.set(key, relevance);
    return relevance;
  }

  /**
   * As {@linkcode Explanations.values}, for callers that need the relevance of words alone.
   *
   * @param explainer Name of a registered explainer.
   * @param target Index of the class to explain.
   * @param options Options that differ from their defaults.
   * @returns The relevance; `values` may be absent.
   * @throws {RangeError} If the explainer or an option is unknown.
   * @throws {TypeError} If the model cannot do what the explainer needs.
   */
  words(
    explainer: string,
    target: number,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<Relevance> {
    const known = this.#known.get(JSON.stringify([explainer, target, options]));
    if (known) return known;
    const detail = hasDetail(getExplainer(explainer)) ? { detail: "words" } : {};
    return this.values(explainer, target, { ...detail, ...options });
  }
}
