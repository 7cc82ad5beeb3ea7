import { describeOption, type Explainer, type OptionSpec } from "@heatword/core";

/** A JSON schema. */
export type Schema = Record<string, unknown>;

/** Points to one of {@linkcode schemas}. */
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** The schema of a list. */
export const list = (items: Schema): Schema => ({ type: "array", items });
/** The schema of a text. */
export const string = (description: string): Schema => ({ type: "string", description });
const number = (description: string): Schema => ({ type: "number", description });
const count = (description: string): Schema => ({ type: "integer", minimum: 0, description });

/** The schema of an object. */
export function object(
  properties: Record<string, Schema>,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required };
}

function optionSchema(spec: OptionSpec): Schema {
  const common = {
    default: spec.default,
    description: `${spec.description}; ${describeOption(spec)}`,
  };
  if (spec.type === "boolean") return { type: "boolean", ...common };
  if (spec.type === "choice") return { type: "string", enum: spec.choices, ...common };
  if (spec.type === "string") return { type: "string", ...common };
  return {
    type: spec.integer ? "integer" : "number",
    ...common,
    ...(spec.min !== undefined && { minimum: spec.min }),
    ...(spec.max !== undefined && { maximum: spec.max }),
  };
}

/** The schema of the options of all explainers. */
export function optionsSchema(explainers: readonly Explainer[]): Schema {
  return {
    description: "Options of the explainer; those not given have their defaults.",
    type: "object",
    default: {},
    anyOf: explainers.map(({ name, options }) => ({
      title: name,
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(options).map(([option, spec]) => [option, optionSchema(spec)]),
      ),
    })),
  };
}

const token = object({
  text: string("The word as the model's tokenizer gives it."),
  start: count("Offset of its first UTF-16 code unit in the text."),
  end: count("Offset behind its last UTF-16 code unit."),
  relevance: number(
    "How much it spoke for the target; negative: against it, if signed. Absent where units have it.",
  ),
}, ["relevance"]);

const unit = object({
  start: count("Offset of its first UTF-16 code unit in the text."),
  end: count("Offset behind its last UTF-16 code unit."),
  relevance: number("How much it spoke for the target, as a whole."),
});

const explanation = object({
  text: string("The whole text."),
  explainer: string("The explainer."),
  target: string("The explained class, or A-vs-B."),
  score: number("The explained number: a score before softmax, or the difference of two."),
  scores: {
    type: "object",
    additionalProperties: { type: "number" },
    description: "The score of every class before softmax.",
  },
  relevance: list({ type: "number" }),
  tokens: list(ref("Token")),
  unit: string("What the words are grouped into; absent where each is on its own."),
  units: {
    ...list(ref("Unit")),
    description: "The groups of words, which have the relevance, in text order.",
  },
  unitsAreSums: {
    type: "boolean",
    description: "Given where the relevance of a unit is the sum of those of its words.",
  },
  predicted: string("The class with the highest score."),
  runnerUp: string("The class with the second highest score."),
  signed: { type: "boolean", description: "Whether negative relevance means against." },
  truncated: count("How many words the model did not see, as it takes no more."),
  truncatedSide: {
    type: "string",
    enum: ["pre"],
    description: "Given where they were cut off before the first token, not after the last.",
  },
  unseen: {
    ...list(ref("UnseenSpan")),
    description: "The parts of the text that the model does not see, in text order.",
  },
  unknown: list(count("The position of a token that the model does not know.")),
  unknownShareVector: {
    type: "boolean",
    description: "Given where unknown words have a vector that stands for all of them.",
  },
  conservation: {
    description: "How well the relevances add up; absent if the explainer promises no sum.",
    ...object({
      sum: number("The sum over all positions."),
      expected: number("What it should be."),
      error: number("|sum − expected| / max(1, |expected|)."),
      keptByBiases: number("The part of the score that biases keep, on no word."),
    }, ["keptByBiases"]),
  },
  padding: number("Relevance of positions that are not tokens."),
  standardErrors: list({ type: "number" }),
  options: { type: "object", description: "The options of the explainer, all of them." },
}, [
  "unit",
  "units",
  "unitsAreSums",
  "runnerUp",
  "truncatedSide",
  "unknownShareVector",
  "conservation",
  "padding",
  "standardErrors",
]);

const unseenSpan = object({
  start: count("Offset of its first UTF-16 code unit in the text."),
  end: count("Offset behind its last UTF-16 code unit."),
  reason: {
    type: "string",
    enum: ["filtered", "beyond the limit"],
    description: "Why: the model's tokenizer leaves it out, or the model takes no more words.",
  },
});

const article = object({
  id: string("Newsgroup and number."),
  label: string("The true class."),
  text: string("The article without its header."),
});

const explainerInfo = object({
  name: string("Its name."),
  description: string("What it does."),
  citation: string("Where it comes from."),
  tags: { type: "object", description: "What it promises and needs." },
  options: { type: "object", description: "The options it takes." },
});

const model = object({
  name: string("Its name."),
  classes: { ...list({ type: "string" }), description: "Its classes, in the order of its scores." },
  explainer: string("The explainer that is taken where none is asked for."),
});

/** What requests and answers are made of. */
export const schemas = {
  Token: token,
  Unit: unit,
  UnseenSpan: unseenSpan,
  Explanation: explanation,
  Article: article,
  Model: model,
  Explainer: explainerInfo,
  BatchLine: {
    description: "What is answered of one text of a batch: one of the two.",
    ...object({
      index: count("Which text, from 0."),
      explanation: ref("Explanation"),
      problem: ref("Problem"),
    }, ["explanation", "problem"]),
  },
  Problem: object({
    type: { type: "string", const: "about:blank" },
    title: string("The status in words."),
    status: { type: "integer" },
    detail: string("What is wrong, and the way out."),
  }),
};
