import {
  type Explainer,
  type FloatArray,
  type OptionValues,
  type Pooling,
  poolWords,
  register,
  type Relevance,
  type Target,
} from "@heatword/core";

/** An explainer whose way to explain several targets at once is its only one. */
export type ManyTargetsExplainer =
  & Omit<Explainer, "explain" | "explainAll">
  & Required<Pick<Explainer, "explainAll">>;

/** Registers an explainer that explains several targets at once. */
export function registerForAll(explainer: ManyTargetsExplainer): Explainer {
  return register({
    ...explainer,
    explain: (model, input, target, options) =>
      explainer.explainAll(model, input, [target], options)[0]!,
  });
}

/** What a method found that gives a number for each element of the word vectors. */
export interface Elements {
  /** Name of the explainer. */
  readonly explainer: string;
  /** Its options, among them `pooling` and `detail`. */
  readonly options: OptionValues;
  /** What was explained. */
  readonly target: Target;
  /** The explained number. */
  readonly score: number;
  /** What the words are pooled from, shape [T, D]. */
  readonly elements: FloatArray;
  /** Numbers a word D. */
  readonly dimensions: number;
  /** The values to give, if they are not the elements. */
  readonly values?: FloatArray;
  /** What the words sum to when they are pooled by sum. */
  readonly expectedSum?: number;
}

/** Pools elements into words. */
export function elementRelevance(found: Elements): Relevance {
  const { explainer, options, target, score, elements, dimensions, expectedSum } = found;
  const pooling = options.pooling as Pooling;
  return {
    explainer,
    options,
    target,
    score,
    words: poolWords(elements, dimensions, pooling),
    pooling,
    ...(options.detail === "values" && { values: found.values ?? elements, dimensions }),
    ...(expectedSum !== undefined && pooling === "sum" && { expectedSum }),
  };
}
