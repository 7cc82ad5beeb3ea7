import {
  type Document,
  type FloatArray,
  isVectorInput,
  type Model,
  type VectorInput,
} from "@heatword/core";
import type { Explanations } from "../explanations/explanations.ts";
import { elementwiseSum, toUnitNorm, weightedSum } from "./document_vectors.ts";
import { tfIdfWeights } from "./tf_idf.ts";

/** One way to turn documents into vectors: one panel of the figure. */
export interface Panel {
  /** A name for files, e.g. `lrp-ew`. */
  readonly id: string;
  /** A name for people, e.g. `LRP e.w.`. */
  readonly label: string;
  /** The explainer whose relevance weights the words; or none (`sum`), or `tf-idf`. */
  readonly weights: RelevanceWeights | "sum" | "tf-idf";
}

/** Words weighted by relevance. */
export interface RelevanceWeights {
  /** Name of a registered explainer. */
  readonly explainer: string;
  /** Its options, where they differ from their defaults. */
  readonly options?: Readonly<Record<string, number | boolean | string>>;
  /** Whether every number of a word vector has a weight of its own. @default {false} */
  readonly elementwise?: boolean;
}

/** How the explainers of the paper are written in it. */
const labels: Readonly<Record<string, string>> = { lrp: "LRP", sa: "SA" };

/**
 * How an explainer is named in figures.
 *
 * @param explainer Its registered name.
 * @returns `LRP` and `SA` for the paper's, the name itself for others.
 */
export function explainerLabel(explainer: string): string {
  return labels[explainer] ?? explainer;
}

/**
 * The panels of Fig. 3 of Arras et al. 2016 for given explainers: each element-wise and by word, for
 * `sa` also with l2 pooling, and the plain sum of word vectors last.
 *
 * @param explainers Names of registered explainers.
 * @param elementwise Which of them give relevance for each number of a word vector.
 * @returns The panels; for `lrp` and `sa` the paper's six.
 *
 * @example
 * ```ts
 * import { defaultPanels } from "@heatword/eval/pca";
 * import { assertEquals } from "@std/assert";
 *
 * const panels = defaultPanels(["lrp", "sa"], ["lrp", "sa"]);
 * assertEquals(panels.map((panel) => panel.id), ["lrp-ew", "lrp", "sa-ew", "sa", "sa-l2", "sum"]);
 * ```
 */
export function defaultPanels(
  explainers: readonly string[],
  elementwise: readonly string[],
): Panel[] {
  const panels = explainers.flatMap((explainer): Panel[] => {
    const label = explainerLabel(explainer);
    const byWord: Panel = { id: explainer, label, weights: { explainer } };
    const byElement: Panel = {
      id: `${explainer}-ew`,
      label: `${label} e.w.`,
      weights: { explainer, elementwise: true },
    };
    const l2: Panel = {
      id: "sa-l2",
      label: "SA (l2)",
      weights: { explainer, options: { pooling: "l2" } },
    };
    return [
      ...(elementwise.includes(explainer) ? [byElement] : []),
      byWord,
      ...(explainer === "sa" ? [l2] : []),
    ];
  });
  return [...panels, { id: "sum", label: "SUM", weights: "sum" }];
}

/** The other baseline of Arras et al. 2016: words weighted by TF-IDF. */
export const tfIdfPanel: Panel = { id: "tf-idf", label: "TF-IDF", weights: "tf-idf" };

/**
 * The vector of a document in each panel, of unit l2 norm; relevance is for the class that is given.
 *
 * @param document The document.
 * @param explanations Explanations of its input.
 * @param target Index of the class to explain; the paper takes the predicted one.
 * @param panels The panels.
 * @param frequencies Inverse document frequencies, for `tf-idf` panels.
 * @returns Shape [panels, D].
 * @throws {TypeError} If the model's input has no word vectors, or an explainer of an element-wise
 * panel gives relevance by word only.
 *
 * @example
 * ```ts
 * import { Explanations } from "@heatword/eval/explanations";
 * import { defaultPanels, documentVectors } from "@heatword/eval/pca";
 * import "@heatword/explainers";
 * import { miniModel } from "@heatword/explainers/check";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel({ dimensions: 5 });
 * const document = { text: "red", tokens: [{ text: "red", start: 0, end: 3 }] };
 * const explanations = new Explanations(model, model.encode(document), 0);
 * const panels = defaultPanels(["lrp"], ["lrp"]); // LRP e.w., LRP, SUM
 * const vectors = await documentVectors(document, explanations, 0, panels);
 * assertEquals(vectors.length, 3 * 5);
 * ```
 */
export async function documentVectors(
  document: Document,
  explanations: Explanations<Model>,
  target: number,
  panels: readonly Panel[],
  frequencies: ReadonlyMap<string, number> = new Map(),
): Promise<Float32Array> {
  const { input } = explanations;
  if (!isVectorInput(input)) {
    throw new TypeError("Cannot make document vectors: the model's input has no word vectors");
  }
  const result = new Float32Array(panels.length * input.dimensions);
  for (const [p, panel] of panels.entries()) {
    const vector = await panelVector(document, input, panel, explanations, target, frequencies);
    result.set(toUnitNorm(vector), p * input.dimensions);
  }
  return result;
}

async function panelVector(
  document: Document,
  input: VectorInput,
  { weights }: Panel,
  explanations: Explanations<Model>,
  target: number,
  frequencies: ReadonlyMap<string, number>,
): Promise<FloatArray> {
  if (weights === "sum") return weightedSum(input);
  if (weights === "tf-idf") return weightedSum(input, tfIdfWeights(document, frequencies));
  const { explainer, options } = weights;
  if (!weights.elementwise) {
    return weightedSum(input, (await explanations.words(explainer, target, options)).words);
  }
  const { values } = await explanations.values(explainer, target, options);
  if (values === undefined) {
    throw new TypeError(
      `Cannot weight by element: explainer "${explainer}" gives relevance by word only`,
    );
  }
  return elementwiseSum(input, values);
}
