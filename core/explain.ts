import { assertFound } from "./assert_found.ts";
import { type Explainer, getExplainer, listExplainers, type Needs } from "./explainer.ts";
import { type Input, isDifferentiable, isLayered, type Model } from "./model.ts";
import { type OptionSpecs, readOptions } from "./options.ts";
import type { OnProgress } from "./progress.ts";
import type { Relevance } from "./relevance.ts";
import type { Target } from "./target.ts";

/** How to explain. */
export interface ExplainSettings {
  /** Stops the work; what is thrown then is its reason. */
  readonly signal?: AbortSignal;
  /** Called with progress. */
  readonly onProgress?: OnProgress;
}

/** Any explainer, whatever its options and needs. */
export type AnyExplainer<O extends OptionSpecs, N extends Needs> = Explainer<O, N> | string;

/**
 * Whether a model can do what an explainer needs.
 *
 * @param explainer The explainer.
 * @param model The model.
 * @returns Nothing, or why not, as a whole sentence without its full stop.
 */
export function reasonAgainst(
  { name, tags: { needs } }: Pick<Explainer, "name" | "tags">,
  model: Model,
): string | undefined {
  if (needs === "gradients" ? isDifferentiable(model) : needs !== "layers" || isLayered(model)) {
    return undefined;
  }
  const why = model.limitation === undefined ? "" : `: ${model.limitation}`;
  return `Explainer "${name}" needs ${needs}, which this model lacks${why}`;
}

/**
 * Checks that a model can do what an explainer needs.
 *
 * @param explainer The explainer.
 * @param model The model.
 * @throws {TypeError} If it cannot; the message names the registered explainers that work with it.
 */
export function assertAble(
  explainer: Pick<Explainer, "name" | "tags">,
  model: Model,
): void {
  const against = reasonAgainst(explainer, model);
  if (against === undefined) return;
  const able = listExplainers().filter((other) => reasonAgainst(other, model) === undefined);
  const instead = able.length === 0
    ? ""
    : `; explainers that work with it: ${able.map(({ name }) => name).join(", ")}`;
  throw new TypeError(`${against}${instead}`);
}

/**
 * Explains one input for several targets, with checked options and checked results.
 *
 * @param explainer The explainer, or the name of a registered one.
 * @param model The model.
 * @param input An input of that model.
 * @param targets What to explain.
 * @param options Options that differ from their defaults.
 * @param settings A signal that stops the work, and what is called with progress.
 * @returns A relevance for each target.
 * @throws {RangeError} If the name or an option is unknown, a value is out of range, or a number
 * that the explainer found is not finite.
 * @throws {TypeError} If the model cannot do what the explainer needs, a value has the wrong type,
 * or the explainer returns no results; see {@linkcode assertFound}.
 */
export async function explainAll<O extends OptionSpecs, N extends Needs>(
  explainer: AnyExplainer<O, N>,
  model: Model,
  input: Input,
  targets: readonly Target[],
  options: Readonly<Record<string, unknown>> = {},
  settings: ExplainSettings = {},
): Promise<Relevance[]> {
  const method = (typeof explainer === "string" ? getExplainer(explainer) : explainer) as Explainer;
  assertAble(method, model);
  const values = readOptions(method.options, options);
  settings.signal?.throwIfAborted();
  const found: unknown = await method.explain({
    model,
    input,
    targets,
    options: values,
    ...settings,
  });
  // Promises in the list are refused below; one that fails later must not end the program.
  if (Array.isArray(found)) void Promise.allSettled(found);
  settings.signal?.throwIfAborted();
  if (!Array.isArray(found) || found.length !== targets.length) {
    const what = Array.isArray(found) ? `${found.length} results` : "no array of results";
    throw new TypeError(
      `Explainer "${method.name}" returned ${what} for ${targets.length} targets`,
    );
  }
  const { name } = method;
  return targets.map((target, i) => {
    const one: unknown = found[i];
    assertFound(one, { explainer: name, length: input.length });
    return { ...one, explainer: name, options: values, target };
  });
}

/**
 * Explains one input for one target; see {@linkcode explainAll}.
 *
 * @param explainer The explainer, or the name of a registered one.
 * @param model The model.
 * @param input An input of that model.
 * @param target What to explain.
 * @param options Options that differ from their defaults.
 * @param settings A signal that stops the work, and what is called with progress.
 * @returns The relevance of every word.
 * @throws {RangeError} As {@linkcode explainAll}.
 * @throws {TypeError} As {@linkcode explainAll}.
 */
export async function explain<O extends OptionSpecs, N extends Needs>(
  explainer: AnyExplainer<O, N>,
  model: Model,
  input: Input,
  target: Target,
  options: Readonly<Record<string, unknown>> = {},
  settings: ExplainSettings = {},
): Promise<Relevance> {
  const [relevance] = await explainAll(explainer, model, input, [target], options, settings);
  return relevance!;
}
