import { assertNoPromise, assertRelevance } from "./assert_relevance.ts";
import type { Explainer } from "./explainer.ts";
import { type Input, isDifferentiable, isLayered, type Model } from "./model.ts";
import { unknownName } from "./nearest_name.ts";
import { readOptions } from "./options.ts";
import type { Relevance } from "./relevance.ts";
import type { Target } from "./target.ts";

const registered = new Map<string, Explainer>();

/**
 * Checks that something is an explainer, as far as that can be seen without running it.
 *
 * @param candidate What should be one.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertExplainer(candidate: unknown): asserts candidate is Explainer {
  const explainer = candidate as Explainer;
  const shown = typeof explainer?.name === "string" ? `"${explainer.name}"` : "without a name";
  const demand = (condition: boolean, what: string) => {
    if (!condition) throw new TypeError(`Cannot take explainer ${shown}: ${what}`);
  };
  demand(typeof explainer === "object" && explainer !== null, "it is not an object");
  demand(typeof explainer.name === "string", '"name" must be a string');
  demand(/^[a-z][a-z0-9-]*$/.test(explainer.name), '"name" takes a-z, 0-9 and hyphens');
  demand(typeof explainer.explain === "function", '"explain" must be a function');
  demand(typeof explainer.description === "string", '"description" must be a string');
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
  demand(typeof options === "object" && options !== null, '"options" must be an object');
  demand(!tags.stochastic || "seed" in options, 'a stochastic explainer needs an option "seed"');
  try {
    readOptions(
      options,
      Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
    );
  } catch (error) {
    demand(false, `a default is not allowed: ${(error as Error).message}`);
  }
}

/**
 * Makes an explainer known by its name to everything that takes explainers.
 *
 * @param explainer The explainer.
 * @returns The same explainer.
 * @throws {TypeError} If it is malformed, or another one has its name.
 */
export function register(explainer: Explainer): Explainer {
  assertExplainer(explainer);
  const other = registered.get(explainer.name);
  if (other !== undefined && other !== explainer) {
    throw new TypeError(
      `Cannot register explainer "${explainer.name}": another one has that name`,
    );
  }
  registered.set(explainer.name, explainer);
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
  const explainer = registered.get(name);
  if (explainer === undefined) throw unknownName("explainer", name, [...registered.keys()]);
  return explainer;
}

/** All registered explainers, in the order of their registration. */
export function listExplainers(): Explainer[] {
  return [...registered.values()];
}

/** Checks that a model can do what an explainer needs. */
function checkModel(explainer: Explainer, model: Model): void {
  const { needs } = explainer.tags;
  if (needs === "gradients" ? isDifferentiable(model) : needs !== "layers" || isLayered(model)) {
    return;
  }
  const why = model.lacks === undefined ? "" : `: ${model.lacks}`;
  throw new TypeError(`Explainer "${explainer.name}" needs ${needs}, which this model lacks${why}`);
}

function checked(method: Explainer, { length }: Input, target: Target, found: unknown): Relevance {
  assertRelevance(found, { explainer: method.name, target, length });
  return found;
}

/**
 * Explains one input for one target, with checked options.
 *
 * @param explainer The explainer, or the name of a registered one.
 * @param model The model.
 * @param input An input of that model.
 * @param target What to explain.
 * @param options Options that differ from their defaults.
 * @returns The relevance of every word.
 * @throws {RangeError} If the name or an option is unknown, a value is out of range, or a number
 * that the explainer found is not finite.
 * @throws {TypeError} If the model cannot do what the explainer needs, a value has the wrong type,
 * or the explainer returns no relevance; see {@linkcode assertRelevance}.
 */
export function explain(
  explainer: Explainer | string,
  model: Model,
  input: Input,
  target: Target,
  options: Readonly<Record<string, unknown>> = {},
): Relevance {
  const method = typeof explainer === "string" ? getExplainer(explainer) : explainer;
  checkModel(method, model);
  const found = method.explain(model, input, target, readOptions(method.options, options));
  return checked(method, input, target, found);
}

/**
 * Explains one input for several targets, with checked options.
 *
 * @param explainer The explainer, or the name of a registered one.
 * @param model The model.
 * @param input An input of that model.
 * @param targets What to explain.
 * @param options Options that differ from their defaults.
 * @returns A relevance for each target.
 * @throws {RangeError} As {@linkcode explain}.
 * @throws {TypeError} As {@linkcode explain}.
 */
export function explainAll(
  explainer: Explainer | string,
  model: Model,
  input: Input,
  targets: readonly Target[],
  options: Readonly<Record<string, unknown>> = {},
): Relevance[] {
  const method = typeof explainer === "string" ? getExplainer(explainer) : explainer;
  checkModel(method, model);
  const values = readOptions(method.options, options);
  if (method.explainAll === undefined) {
    return targets.map((target) =>
      checked(method, input, target, method.explain(model, input, target, values))
    );
  }
  const found: unknown = method.explainAll(model, input, targets, values);
  if (!Array.isArray(found) || found.length !== targets.length) {
    assertNoPromise(found, method.name);
    const what = Array.isArray(found) ? `${found.length} relevances` : "no array of relevances";
    throw new TypeError(
      `Explainer "${method.name}" returned ${what} for ${targets.length} targets`,
    );
  }
  return targets.map((target, i) => checked(method, input, target, found[i]));
}
