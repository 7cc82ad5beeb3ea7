import {
  assertAble,
  type Explainer,
  getExplainer,
  type Model,
  reasonAgainst,
} from "@heatword/core";

/**
 * The explainers that were named, or else the usual ones, as far as the model can do what they need.
 *
 * @param named The names, when some were given.
 * @param usual The names of the usual ones.
 * @param model The model.
 * @param onNotice Called when others are taken than usual.
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
): Explainer[] {
  if (named !== undefined) {
    const explainers = named.map(getExplainer);
    for (const explainer of explainers) assertAble(explainer, model);
    return explainers;
  }
  const explainers = usual.map(getExplainer);
  const able = explainers.filter((explainer) => reasonAgainst(explainer, model) === undefined);
  if (able.length === explainers.length) return explainers;
  const taken = able.length > 0 ? able : [getExplainer("occlusion")];
  const why = model.limitation === undefined ? "" : ` (${model.limitation})`;
  onNotice(
    `the model shows no layers${why}: it is explained by ${namesOf(taken)} instead of ${
      namesOf(explainers)
    }`,
  );
  return taken;
}

const namesOf = (explainers: readonly Explainer[]) => explainers.map(({ name }) => name).join(",");
