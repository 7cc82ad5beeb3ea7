import {
  type ApiFacts,
  batchPath,
  explainPath,
  json,
  modelSchema,
  problem,
} from "./_openapi_explain.ts";
import { list, object, ref, type Schema, schemas, string } from "./_openapi_schemas.ts";

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

const classes = object({ classes: list({ type: "string" }) });

const texts = object({
  total: { type: "integer", description: "How many articles the collection has." },
  texts: list(ref("Article")),
});

/**
 * Describes the API in OpenAPI 3.1.
 *
 * @param facts Explainers, models and limits.
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
      "/api/explain/batch": batchPath(facts),
      "/api/models": get(
        "models",
        "The models; the first is asked where none is named",
        object({ models: list(ref("Model")) }),
      ),
      "/api/classes": get(
        "classes",
        "The classes of a model, in the order of its scores",
        classes,
        {
          parameters: [queryParameter("model", "Which model", modelSchema(facts.models))],
          responses: {
            200: json("The classes", classes),
            422: problem("There is no such model"),
          },
        },
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
