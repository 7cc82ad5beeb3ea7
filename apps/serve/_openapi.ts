import type { Explainer } from "@heatword/core";
import type { BodyLimits } from "./_body.ts";
import { unitNames } from "@heatword/datasets/unit-names";
import {
  list,
  object,
  optionsSchema,
  ref,
  type Schema,
  schemas,
  string,
} from "./_openapi_schemas.ts";

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

const queryParameter = (name: string, description: string, schema: Schema) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

const texts = object({
  total: { type: "integer", description: "How many articles the collection has." },
  texts: list(ref("Article")),
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
                unit: {
                  type: "string",
                  enum: unitNames,
                  default: "word",
                  description: "What is deleted as a whole and gets a relevance",
                },
                options: optionsSchema(explainers),
              }, ["explainer", "target", "unit", "options"]),
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
          "An unknown explainer, class, unit or option, an empty text, or more than " +
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
          corpora: list(object({
            name: string("Its name."),
            title: string("Its title."),
            classes: {
              ...list({ type: "string" }),
              description: "The classes of its articles; absent where they are those of the model.",
            },
          }, ["classes"])),
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
      "/api/corpora/{corpus}/texts": get(
        "texts",
        "Some of the articles of a collection",
        texts,
        {
          parameters: [
            pathParameter("corpus", "The name of the collection"),
            queryParameter("from", "The place of the first, from 0", {
              type: "integer",
              default: 0,
            }),
            queryParameter("count", "How many at most", {
              type: "integer",
              default: 100,
              maximum: 1000,
            }),
          ],
          responses: {
            200: json("The articles", texts),
            404: problem("There is no such collection"),
            422: problem("A number is none, or too large"),
          },
        },
      ),
      "/api/corpora/{corpus}/text": get(
        "text",
        "An article of any name",
        ref("Article"),
        {
          parameters: [
            pathParameter("corpus", "The name of the collection"),
            queryParameter("id", "The name of the article", { type: "string" }),
          ],
          responses: {
            200: json("The article", ref("Article")),
            404: problem("There is no such collection or article"),
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
