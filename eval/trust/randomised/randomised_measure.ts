import type { Input, Model } from "@heatword/core";
import { spearman } from "../../statistics/correlation.ts";
import { meanOf } from "../../statistics/mean.ts";
import type { Measure } from "../measures/measure.ts";
import type { MeasuredText } from "../texts/measured_text.ts";
import { explainAgain, type Row, type RowFigures } from "../texts/rows.ts";
import { entropyRise } from "./entropy.ts";
import { shuffledCopy } from "./shuffled_copies.ts";

/** Why a model cannot be shuffled. */
function reasonAgainst({ withShuffledWeights, weightedLayers = 0 }: Model): string | undefined {
  return withShuffledWeights && weightedLayers > 0
    ? undefined
    : "the model shows no weights that could be shuffled";
}

/** How far an explanation is from another, 1 − |ρ|; undefined where the other has no ranks. */
function change(randomised: ArrayLike<number>, original: ArrayLike<number>): number | undefined {
  const rho = spearman(randomised, original);
  return rho === undefined ? undefined : 1 - Math.abs(rho);
}

/** A copy of a model, and the text as its input. */
type Copy = readonly [model: Model, input: Input];

/** Copies of a text's model by permutation and layers; the text is encoded once for all rows. */
function copiesOf({ model, plan, document }: MeasuredText): (p: number, layers: number) => Copy {
  const known = new Map<string, Copy>();
  return (p, layers) => {
    const key = `${p} ${layers}`;
    const make = (): Copy => {
      const copy = shuffledCopy(model, plan.seed, p, layers);
      return [copy, copy.encode(document)];
    };
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
}

/** One explainer's explanations of copies of the model. */
async function figuresOf(
  text: MeasuredText,
  row: Row,
  copyOf: ReturnType<typeof copiesOf>,
): Promise<RowFigures> {
  const { model, plan, words, target } = text;
  const layers = model.weightedLayers!;
  const rises: (number | undefined)[] = [];
  const changes: (number | undefined)[] = [];
  for (let p = 0; p < (plan.permutations ?? 1); p++) {
    // The last copy, all layers shuffled, serves both.
    for (let l = p === 0 ? 1 : layers; l <= layers; l++) {
      const found = await explainAgain(row, ...copyOf(p, l), words, target);
      if (p === 0) changes.push(change(found, row.relevance));
      if (l === layers) rises.push(entropyRise(row.relevance, found));
    }
  }
  const mean = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length < values.length ? undefined : meanOf(known);
  };
  return { emprt: mean(rises), mprt: mean(changes), mprtFirst: changes[0] };
}

/** Randomised weights (Adebayo et al. 2018, Hedström et al. 2023). */
export const randomisedMeasure: Measure = {
  name: "randomised",
  about: "how much explanations change as the weights of the model are shuffled",
  needs:
    "a model whose weights can be shuffled: word-CNN, recurrent, linear, layers of TensorFlow.js",
  columns: [
    {
      name: "emprt",
      aspect: "stability",
      title: "entropy rise, shuffled",
      about:
        "how much the entropy of the histogram of relevances rises as all weights are shuffled, " +
        "relative to what it was; at or below 0 an explanation does not depend on what was learned",
      better: "higher",
      source: "eMPRT, Hedström et al. 2023",
    },
    {
      name: "mprt",
      aspect: "stability",
      title: "change, by layers",
      about:
        "1 − |Spearman| of relevances before and after shuffling the layers from the words on, " +
        "one more at a time, mean over these",
      better: "higher",
      source: "MPRT, Adebayo et al. 2018",
    },
    {
      name: "mprtFirst",
      aspect: "stability",
      title: "change, first layer",
      about: "the same with the layer next to the words shuffled alone",
      better: "higher",
      source: "MPRT, Adebayo et al. 2018",
    },
  ],
  reasonAgainst,
  figures: async (text) => {
    const found: RowFigures[] = [];
    const copyOf = copiesOf(text);
    for (const row of text.rows) {
      found.push(row.seed === undefined ? {} : await figuresOf(text, row, copyOf));
    }
    return found;
  },
};
