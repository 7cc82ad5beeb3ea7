import {
  assertAble,
  type Explainer,
  getExplainer,
  type Model,
  reasonAgainst,
} from "@heatword/core";

/**
 * Those of the usual explainers that can explain a model; occlusion, which can explain every one, where
 * none of them can.
 *
 * @param usual The names of the usual ones.
 * @param model The model.
 */
export function suitableExplainers(usual: readonly string[], model: Model): Explainer[] {
  const able = usual.map(getExplainer)
    .filter((explainer) => reasonAgainst(explainer, model) === undefined);
  return able.length > 0 ? able : [getExplainer("occlusion")];
}

/**
 * The explainers that were named, or else the usual ones, as far as the model can do what they need.
 *
 * @param named The names, when some were given.
 * @param usual The names of the usual ones.
 * @param model The model.
 * @param onNotice Called when others are taken than usual.
 * @param isGrouped Whether they are to explain groups of words, of which some ask for less.
 * @returns The explainers; occlusion, which works with every model, where the usual ones do not.
 * @throws {RangeError} If a name is unknown.
 * @throws {TypeError} If the model cannot do what a named one needs; the message says which can be
 * used instead.
 */
export function chosenExplainers(
  named: readonly string[] | undefined,
  usual: readonly string[],
  model: Model,
  onNotice: (line: string) => void,
  isGrouped = false,
): Explainer[] {
  if (named !== undefined) {
    const explainers = named.map(getExplainer);
    for (const explainer of explainers) {
      if (!(isGrouped && explainer.explainUnits)) assertAble(explainer, model);
    }
    return explainers;
  }
  const taken = suitableExplainers(usual, model);
  if (taken.map(({ name }) => name).join() === usual.join()) return taken;
  const why = model.limitation === undefined ? "" : ` (${model.limitation})`;
  onNotice(
    `the model shows no layers${why}: it is explained by ${namesOf(taken)} instead of ${
      usual.join(",")
    }`,
  );
  return taken;
}

const namesOf = (explainers: readonly Explainer[]) => explainers.map(({ name }) => name).join(",");
