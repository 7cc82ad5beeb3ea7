import { describeOption, type Explainer, type OptionSpec } from "@heatword/core";
import type { BodyLimits } from "./_body.ts";

/** What the description of the API needs to know of the server. */
export interface ApiFacts {
  /** The explainers. */
  readonly explainers: readonly Explainer[];
  /** The explainer that is taken where none is asked for. */
  readonly explainer: string;
  /** The classes of the model. */
  readonly classes: readonly string[];
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
  /** The largest body, and how long it may take to arrive. */
  readonly body: BodyLimits;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
}

type Schema = Record<string, unknown>;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Schema): Schema => ({ type: "array", items });
const string = (description: string): Schema => ({ type: "string", description });
const number = (description: string): Schema => ({ type: "number", description });
const count = (description: string): Schema => ({ type: "integer", minimum: 0, description });

function object(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
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

function optionsSchema(explainers: readonly Explainer[]): Schema {
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
  relevance: number("How much it spoke for the target; negative: against it, if signed."),
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

const schemas = {
  Token: token,
  UnseenSpan: unseenSpan,
  Explanation: explanation,
  Article: article,
  Explainer: explainerInfo,
  Problem: object({
    type: { type: "string", const: "about:blank" },
    title: string("The status in words."),
    status: { type: "integer" },
    detail: string("What is wrong, and the way out."),
  }),
};

const json = (description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema } },
});

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});

const get = (operationId: string, summary: string, ok: Schema, more: Schema = {}) => ({
  get: { operationId, summary, responses: { 200: json("What there is", ok) }, ...more },
});

const pathParameter = (name: string, description: string) => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});

function explainPath(facts: ApiFacts): Schema {
  const { explainers, explainer: usual, classes, maxCharacters } = facts;
  const { body, timeLimit, waitLimit } = facts;
  const seconds = (ms: number) => `${ms / 1000} s`;
  return {
    post: {
      operationId: "explain",
      summary: "Tell which words of a text speak for and against a class",
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              ...object({
                text: { type: "string", minLength: 1, maxLength: maxCharacters },
                explainer: {
                  type: "string",
                  enum: explainers.map(({ name }) => name),
                  default: usual,
                },
                target: {
                  type: "string",
                  description:
                    "A class, predicted, runner-up, or two of these with -vs- between; " +
                    "the predicted class if left out. A name in quotes is always a class, and " +
                    "@predicted is not a class unless one is so called",
                  examples: [classes[0], "predicted-vs-runner-up"],
                },
                options: optionsSchema(explainers),
              }, ["explainer", "target", "options"]),
              additionalProperties: false,
            },
          },
        },
      },
      responses: {
        200: json("The explanation", ref("Explanation")),
        400: problem("The body is not JSON, or a field is of the wrong type"),
        403: problem("The request comes from a page of another site"),
        408: problem(`The body did not arrive within ${seconds(body.timeout)}`),
        413: problem(`More than ${body.maxBytes} bytes, or ${maxCharacters} characters of text`),
        415: problem("The body is not declared as application/json"),
        421: problem("The header Host names another server"),
        422: problem(
          "An unknown explainer, class or option, an empty text, or more than " +
            `${seconds(timeLimit)} of work`,
        ),
        503: {
          ...problem(
            `Too many requests are waiting, this one has waited for ${seconds(waitLimit)}, or no ` +
              "process could be started; the header Retry-After says when to try again",
          ),
          headers: {
            "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  };
}

/**
 * Describes the API in OpenAPI 3.1.
 *
 * @param facts Explainers, classes and limits.
 * @returns The document.
 */
export function openApi(facts: ApiFacts): Schema {
  return {
    openapi: "3.1.0",
    info: {
      title: "heatword",
      version: "1",
      description: "Tells which words made a text classifier decide as it did.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths: {
      "/api/explain": explainPath(facts),
      "/api/classes": get(
        "classes",
        "The classes of the model, in the order of its scores",
        object({ classes: list({ type: "string" }) }),
      ),
      "/api/explainers": get(
        "explainers",
        "The explainers with their options",
        object({ explainers: list(ref("Explainer")) }),
      ),
      "/api/corpora": get(
        "corpora",
        "The collections of articles",
        object({
          corpora: list(object({ name: string("Its name."), title: string("Its title.") })),
        }),
      ),
      "/api/corpora/{corpus}": get(
        "corpus",
        "The ids of the articles of a collection",
        object({ ids: list({ type: "string" }) }),
        {
          parameters: [pathParameter("corpus", "The name of the collection")],
          responses: {
            200: json("The ids", object({ ids: list({ type: "string" }) })),
            404: problem("There is no such collection"),
          },
        },
      ),
      "/api/corpora/{corpus}/{group}/{number}": get(
        "article",
        "An article",
        ref("Article"),
        {
          parameters: [
            pathParameter("corpus", "The name of the collection"),
            pathParameter("group", "The newsgroup"),
            pathParameter("number", "Its number there"),
          ],
          responses: {
            200: json("The article", ref("Article")),
            404: problem("There is no such collection or article"),
          },
        },
      ),
    },
    components: { schemas },
  };
}
