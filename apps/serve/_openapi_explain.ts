import type { Explainer } from "@heatword/core";
import { unitNames } from "@heatword/datasets/unit-names";
import { MAX_BATCH, MAX_BATCH_BYTES, MAX_BATCHES } from "./_batch.ts";
import type { BodyLimits } from "./_body.ts";
import type { ModelFacts } from "./_explain_request.ts";
import { object, optionsSchema, ref, type Schema } from "./_openapi_schemas.ts";

/** What the description of the API needs to know of the server. */
export interface ApiFacts {
  /** The explainers. */
  readonly explainers: readonly Explainer[];
  /** The models, the one that is meant where none is named first. */
  readonly models: readonly ModelFacts[];
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
  /** The largest body, and how long it may take to arrive. */
  readonly body: BodyLimits;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request for one text may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
}

/** An answer in JSON. */
export const json = (description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema } },
});

/** An answer that says why there is none. */
export const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});

/** An answer that says to try again. */
const busy = (description: string) => ({
  ...problem(`${description}; the header Retry-After says when to try again`),
  headers: {
    "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 1 } },
  },
});

/** The name of a model. */
export function modelSchema(models: readonly ModelFacts[]): Schema {
  const names = models.map(({ name }) => name);
  return { type: "string", enum: names, default: names[0] };
}

/** The explainer that is taken where none is asked for. */
function usualExplainer(models: readonly ModelFacts[]): Schema {
  const [{ explainer }] = models as readonly [ModelFacts, ...ModelFacts[]];
  if (models.every((model) => model.explainer === explainer)) return { default: explainer };
  const usual = models.map(({ name, explainer }) => `${explainer} by ${name}`).join(", ");
  return { description: `If left out: ${usual}` };
}

/** What is asked of one text, but for the text. */
function questionFields({ explainers, models }: ApiFacts): Record<string, Schema> {
  return {
    explainer: {
      type: "string",
      enum: explainers.map(({ name }) => name),
      ...usualExplainer(models),
    },
    target: {
      type: "string",
      description: "A class, predicted, runner-up, or two of these with -vs- between; " +
        "the predicted class if left out. A name in quotes is always a class, and " +
        "@predicted is not a class unless one is so called",
      examples: [models[0]!.classes[0], "predicted-vs-runner-up"],
    },
    unit: {
      type: "string",
      enum: unitNames,
      default: "word",
      description: "What is deleted as a whole and gets a relevance",
    },
    options: optionsSchema(explainers),
    model: { ...modelSchema(models), description: "The model that is asked" },
  };
}

const optional = ["explainer", "target", "unit", "options", "model"];

const seconds = (ms: number) => `${ms / 1000} s`;

/** What a request may be refused with before anything is explained. */
function refusals({ body }: ApiFacts): Record<number, Schema> {
  return {
    400: problem("The body is not JSON, or a field is of the wrong type"),
    403: problem("The request comes from a page of another site"),
    408: problem(`The body did not arrive within ${seconds(body.timeout)}`),
    415: problem("The body is not declared as application/json"),
    421: problem("The header Host names another server"),
  };
}

const inJson = (schema: Schema) => ({
  required: true,
  content: { "application/json": { schema: { ...schema, additionalProperties: false } } },
});

/** Describes `POST /api/explain`. */
export function explainPath(facts: ApiFacts): Schema {
  const { maxCharacters, body, timeLimit, waitLimit } = facts;
  const text = { type: "string", minLength: 1, maxLength: maxCharacters };
  return {
    post: {
      operationId: "explain",
      summary: "Tell which words of a text speak for and against a class",
      requestBody: inJson(object({ text, ...questionFields(facts) }, optional)),
      responses: {
        200: json("The explanation", ref("Explanation")),
        ...refusals(facts),
        413: problem(`More than ${body.maxBytes} bytes, or ${maxCharacters} characters of text`),
        422: problem(
          "An unknown model, explainer, class, unit or option, an empty text, or more than " +
            `${seconds(timeLimit)} of work`,
        ),
        503: busy(
          `Too many requests are waiting, this one has waited for ${seconds(waitLimit)}, or no ` +
            "process could be started",
        ),
      },
    },
  };
}

/** Describes `POST /api/explain/batch`. */
export function batchPath(facts: ApiFacts): Schema {
  const { maxCharacters, body, timeLimit } = facts;
  const text = { type: "string", maxLength: maxCharacters };
  const fields = questionFields(facts);
  const texts = {
    type: "array",
    minItems: 1,
    maxItems: MAX_BATCH,
    description:
      "The texts: each alone, or with what is asked of it in place of what is asked of " +
      "all of them.",
    items: { anyOf: [text, object({ text, ...fields }, optional)] },
  };
  return {
    post: {
      operationId: "explainBatch",
      summary: "The same for several texts: an answer for each, in their order",
      requestBody: inJson(object({ texts, ...fields }, optional)),
      responses: {
        200: {
          description:
            "A line of JSON for each text, in their order, as soon as it is there: its " +
            "explanation, or the problem of that text alone, which has the statuses of " +
            "/api/explain. A text waits for its turn, however busy the server is, and may then take " +
            seconds(timeLimit),
          content: { "application/x-ndjson": { schema: ref("BatchLine") } },
        },
        ...refusals(facts),
        413: problem(
          `More than ${Math.max(MAX_BATCH_BYTES, body.maxBytes)} bytes or ${MAX_BATCH} texts`,
        ),
        422: problem(
          "An explainer, class, unit or option for all texts that none of their models has, an " +
            "unknown model for all texts, or no texts",
        ),
        503: busy(`${MAX_BATCHES} batches are being answered already`),
      },
    },
  };
}
