import { unknownName } from "../../nearest_name.ts";
import type { Awaitable, Model } from "../../model.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import { checkedRows, logarithms, type Outputs } from "./_rows.ts";
import { type TextModelOptions, textModelOptions } from "./options.ts";
import { type TextInput, textModel } from "./text_model.ts";

export type { Outputs };

/** The smallest thing that can be a model: classes, and a function that classifies texts. */
export interface FunctionModel extends TextModelOptions {
  /** The names of the classes, in the order of the numbers of a row. */
  readonly classes: readonly string[];
  /**
   * Classifies texts.
   *
   * @param texts At most `batchSize` texts, all different.
   * @returns For each text a number for each class.
   */
  predict(texts: readonly string[]): Awaitable<readonly ArrayLike<number>[]>;
  /**
   * What the numbers are: probabilities, which sum up to 1, or scores before softmax. Probabilities
   * become their logarithms, so that the scores are before softmax as those of every model; those
   * below 1e-12 count as 1e-12.
   *
   * @default {"probabilities"}
   */
  readonly outputs?: Outputs;
  /** Ends what the function holds; called once, when the model is no longer used. */
  close?(): Awaitable<void>;
}

const fields: readonly string[] = [
  "classes",
  "predict",
  "outputs",
  "close",
  ...textModelOptions,
];

/**
 * Whether something is meant to be a {@linkcode FunctionModel}, as far as can be seen.
 *
 * @param candidate What may be one.
 */
export function isFunctionModel(candidate: unknown): candidate is FunctionModel {
  return typeof candidate === "object" && candidate !== null && "predict" in candidate &&
    !("scores" in candidate);
}

/**
 * Makes a model of a function that classifies texts. All explainers that need scores alone work with
 * it, and so do deletion tests. A text is classified once, as long as it is remembered, and texts are
 * classified in batches.
 *
 * @param definition The classes, the function, and how it is used.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {TypeError} If a part is missing, malformed or unknown.
 * @throws {RangeError} If an option of the tokenizer is unknown. `scores` throws if the function gives
 * anything but a finite number for each text and class, or no probabilities where it should.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { modelFromFunction } from "@heatword/core/models";
 * import "@heatword/datasets/tokenizers";
 * import "@heatword/explainers/occlusion";
 * import { assertEquals } from "@std/assert";
 *
 * const model = await modelFromFunction({
 *   classes: ["praise", "blame"],
 *   predict: (texts) => texts.map((text) => text.includes("good") ? [0.8, 0.2] : [0.4, 0.6]),
 * });
 * const input = model.encode(model.read("A good film!"));
 * const { words } = await explain("occlusion", model, input, 0);
 * assertEquals(Array.from(words, (word) => word.toFixed(3)), ["0.000", "0.693", "0.000"]); // ln 2
 * ```
 */
export async function modelFromFunction(
  definition: FunctionModel,
  resources: TokenizerResources = {},
): Promise<Model<TextInput>> {
  const { classes, outputs = "probabilities", close } = definition;
  for (const name of Object.keys(definition)) {
    if (!fields.includes(name)) throw unknownName("field of a function model", name, fields);
  }
  if (typeof definition.predict !== "function") {
    throw new TypeError('Cannot take the model: "predict" must be a function');
  }
  if (outputs !== "probabilities" && outputs !== "logits") {
    throw new TypeError(
      `Cannot take the model: "outputs" must be "probabilities" or "logits", not ${
        JSON.stringify(outputs)
      }`,
    );
  }
  const who = '"predict" of the model';
  return await textModel({
    ...definition,
    limitation: "it is a function that classifies texts",
    ...(close && { close: () => close.call(definition) }),
    async score(texts) {
      const rows = checkedRows(await definition.predict(texts), texts, classes, who);
      return outputs === "logits"
        ? rows
        : logarithms(rows, texts, who, 'if they are scores before softmax, give outputs: "logits"');
    },
  }, resources);
}
