import { listExplainers } from "@heatword/core";
import type { App } from "./_app.ts";
import { answerBatch, BatchPlaces, MAX_BATCH_BYTES, readBatch } from "./_batch.ts";
import { type BodyLimits, readJson } from "./_body.ts";
import type { Corpora } from "./_corpora.ts";
import { type ExplainRequest, modelNamed, readExplainRequest } from "./_explain_request.ts";
import { openApi } from "./_openapi.ts";
import { Problem } from "./_problem.ts";
import type { ServedModel } from "./_served_model.ts";

/** What the API is made of. */
export interface ApiOptions {
  /** The model, and the one that is compared with it where there is one. */
  readonly models: readonly ServedModel[];
  /** The articles that are offered. */
  readonly corpora: Corpora;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request for one text may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
  /** What a client may send. */
  readonly body: BodyLimits;
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
}

/** How many texts are sent at once. */
const MAX_TEXTS = 1000;

/** Adds the routes that explain. */
function addExplaining(app: App, { models, body, maxCharacters }: ApiOptions): void {
  const facts = {
    models: models.map(({ name, pool: { about } }) => ({ ...about, name })),
    maxCharacters,
  };
  const poolFor = ({ model }: ExplainRequest) => modelNamed(model, models).pool;
  app.post("/api/explain", async (context) => {
    const given = await readJson(context.req.raw, body);
    const request = readExplainRequest(given, facts);
    const json = await poolFor(request).explain(request, context.env.gone);
    return context.body(json, 200, { "content-type": "application/json" });
  });
  const places = new BatchPlaces();
  app.post("/api/explain/batch", async (context) => {
    const limits = { ...body, maxBytes: Math.max(MAX_BATCH_BYTES, body.maxBytes) };
    const leave = places.take();
    try {
      const items = readBatch(await readJson(context.req.raw, limits), facts);
      const lines = answerBatch(
        items,
        (request, signal) => poolFor(request).explain(request, signal, "until its turn"),
        models[0]!.pool.size,
        context.env.gone ?? new AbortController().signal,
        leave,
      );
      return context.body(lines, 200, { "content-type": "application/x-ndjson" });
    } catch (error) {
      leave();
      throw error;
    }
  });
}

/** Adds the routes that tell of articles. */
function addCorpora(app: App, { corpora }: ApiOptions): void {
  app.get("/api/corpora", (context) => context.json({ corpora: corpora.list }));
  app.get("/api/corpora/:corpus", async (context) => {
    const articles = await corpora.articles(context.req.param("corpus"));
    return context.json({ ids: [...articles.keys()] });
  });
  app.get("/api/corpora/:corpus/:group/:number", async (context) => {
    const { corpus, group, number } = context.req.param();
    return context.json(await corpora.text(corpus, `${group}/${number}`));
  });
  app.get("/api/corpora/:corpus/texts", async (context) => {
    const { from = "0", count = "100" } = context.req.query();
    const places = [from, count].map((given) => /^\d{1,9}$/.test(given) ? Number(given) : NaN);
    const [first, many] = places as [number, number];
    if (!(many <= MAX_TEXTS)) {
      throw new Problem(
        422,
        `"from" and "count" are whole numbers, "count" of at most ${MAX_TEXTS}`,
      );
    }
    if (Number.isNaN(first)) throw new Problem(422, '"from" is a whole number');
    return context.json(await corpora.texts(context.req.param("corpus"), first, many));
  });
  app.get("/api/corpora/:corpus/text", async (context) => {
    const id = context.req.query("id") ?? "";
    return context.json(await corpora.text(context.req.param("corpus"), id));
  });
}

/**
 * Adds the JSON API.
 *
 * @param app The application.
 * @param options What it is made of.
 */
export function addApi(app: App, options: ApiOptions): void {
  const explainers = listExplainers();
  const models = options.models.map(({ name, pool: { about } }) => {
    const { classes, explainer } = about;
    return { name, classes, explainer };
  });
  addExplaining(app, options);
  app.get("/api/models", (context) => context.json({ models }));
  app.get("/api/classes", (context) => {
    const { classes } = modelNamed(context.req.query("model"), models);
    return context.json({ classes });
  });
  app.get("/api/explainers", (context) =>
    context.json({
      explainers: explainers.map(({ name, description, citation, tags, options }) => ({
        name,
        description,
        citation,
        tags,
        options,
      })),
    }));
  addCorpora(app, options);
  const description = openApi({ ...options, explainers, models });
  app.get("/openapi.json", (context) => context.json(description));
}
