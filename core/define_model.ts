import type {
  Awaitable,
  DifferentiableModel,
  Input,
  LayeredModel,
  Model,
  VectorInput,
} from "./model.ts";
import { scoreEach } from "./score_coalitions.ts";
import type { FloatArray } from "./tensor.ts";
import { type AboutText, betweenBlanks, readText } from "./text_reader.ts";
import type { Tokenize } from "./tokenizer.ts";

/** A model as it is written down: what {@linkcode defineModel} makes a {@linkcode Model} of. */
export type ModelDefinition<I extends Input> =
  & Omit<Model<I>, "read" | "scores">
  & Partial<Pick<Model<I>, "read">>
  & {
    /** Cuts texts into words, unless there is `read`. @default {words are what blanks separate} */
    readonly tokenize?: Tokenize;
  }
  & (
    | Pick<Model<I>, "scores">
    | {
      /**
       * Classifies one input.
       *
       * @param input The input.
       * @returns The scores before softmax, shape [C].
       */
      score(input: I): Awaitable<FloatArray>;
    }
  );

/** What a model of a kind has that not every model has. */
export type Beyond<I extends Input, M extends Model<I>> = Omit<M, keyof Model<I>>;

/**
 * Checks that something is a model, as far as that can be seen without running it.
 *
 * @param candidate What should be one.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertModel(candidate: unknown): asserts candidate is Model {
  const demand = (condition: boolean, what: string) => {
    if (!condition) throw new TypeError(`Cannot take the model: ${what}`);
  };
  demand(typeof candidate === "object" && candidate !== null, "it is not an object");
  const model = candidate as Model;
  const { classes } = model;
  demand(
    Array.isArray(classes) && classes.length > 0 &&
      classes.every((name) => typeof name === "string" && name !== ""),
    '"classes" must be a list of names',
  );
  demand(new Set(classes).size === classes.length, '"classes" names a class twice');
  for (const name of ["read", "encode", "scores", "withoutWords"] as const) {
    demand(typeof model[name] === "function", `"${name}" must be a function`);
  }
  const { maxWords } = model;
  demand(
    maxWords === undefined || Number.isInteger(maxWords) && maxWords > 0,
    `"maxWords" must be a positive integer, not ${maxWords}`,
  );
}

/** The scores of a definition that has them, or else from those of one input. */
function scoresOf<I extends Input>(definition: ModelDefinition<I>): Model<I>["scores"] {
  const name = "score" in definition ? "score" : "scores";
  const given = (definition as Readonly<Record<string, unknown>>)[name];
  if (given === undefined) {
    throw new TypeError('Cannot take the model: it has neither "score" nor "scores"');
  }
  if (typeof given !== "function") {
    throw new TypeError(`Cannot take the model: "${name}" must be a function`);
  }
  if (!("score" in definition)) return definition.scores.bind(definition);
  return (input, coalitions) =>
    coalitions === undefined ? definition.score(input) : scoreEach(
      input,
      coalitions,
      (from, positions) => definition.withoutWords(from, positions),
      (one) => definition.score(one),
    );
}

/**
 * Defines a model by the least that it takes: `score` for one input is enough, and texts are read by
 * `tokenize`. What more the definition has (`gradient`, `layers` …) the model has too.
 *
 * @param definition The model.
 * @returns The model, checked.
 * @throws {TypeError} If a part is missing or malformed.
 *
 * @example
 * ```ts
 * import { defineModel, explain } from "@heatword/core";
 * import { occlusion } from "@heatword/explainers/occlusion";
 * import { assertEquals } from "@std/assert";
 *
 * const model = defineModel({
 *   classes: ["praise", "other"],
 *   encode: ({ tokens }) => ({ length: tokens.length, words: tokens.map(({ text }) => text) }),
 *   withoutWords: (input, positions) => {
 *     const gone = new Set(positions);
 *     return { ...input, words: input.words.map((word, t) => gone.has(t) ? "" : word) };
 *   },
 *   score: ({ words }) => Float64Array.of(words.filter((word) => word === "good").length, 0.5),
 * });
 * const input = model.encode(model.read("a good good day"));
 * assertEquals([...(await explain(occlusion, model, input, 0)).words], [0, 1, 1, 0]);
 * ```
 */
export function defineModel<I extends VectorInput>(
  definition: ModelDefinition<I> & Beyond<I, LayeredModel<I>>,
): LayeredModel<I>;
/** Defines a model with gradients. */
export function defineModel<I extends VectorInput>(
  definition: ModelDefinition<I> & Beyond<I, DifferentiableModel<I>>,
): DifferentiableModel<I>;
/** Defines a model by its scores. */
export function defineModel<I extends Input>(definition: ModelDefinition<I>): Model<I>;
export function defineModel<I extends Input>(definition: ModelDefinition<I>): Model<I> {
  const { tokenize = betweenBlanks, maxWords = Infinity, ...rest } = definition;
  const read = (text: string, about?: AboutText) => readText(tokenize, text, maxWords, about);
  const scores = scoresOf(definition);
  const model = {
    ...rest,
    read,
    scores,
    ...(definition.read && { read: definition.read.bind(definition) }),
    ...(definition.maxWords !== undefined && { maxWords }),
  };
  assertModel(model);
  return model as Model<I>;
}
