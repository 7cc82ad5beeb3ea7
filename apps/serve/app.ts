import { listExplainers } from "@heatword/core";
import type { ModelHost } from "@heatword/core/remote";
import { Hono, type MiddlewareHandler } from "hono";
import type { App } from "./_app.ts";
import { type Asset, pageAssets } from "./_assets.ts";
import { answerBatch, BatchPlaces, MAX_BATCH_BYTES, readBatch } from "./_batch.ts";
import { type BodyLimits, readJson } from "./_body.ts";
import type { Corpora } from "./_corpora.ts";
import { readExplainRequest } from "./_explain_request.ts";
import { ownHostOnly, safeHeaders } from "./_guard.ts";
import type { ModelFolder } from "@heatword/core/models";
import { modelFile, punktTables } from "./_model_files.ts";
import { addRemoteModel } from "./_remote_routes.ts";
import { openApi } from "./_openapi.ts";
import { PackedFiles } from "./_packed_files.ts";
import type { ProcessPool } from "./_process_pool.ts";
import { Problem, problemResponse, reportFault } from "./_problem.ts";
import { isKnown } from "./_version.ts";
import type { PageScripts } from "./bundle.ts";

/** What the server is made of. */
export interface AppOptions {
  /** The names that the server goes by. */
  readonly hosts: readonly string[];
  /** Whether it also goes by any address in numbers. */
  readonly anyAddress: boolean;
  /** The model. */
  readonly model: ModelFolder;
  /** The data folder. */
  readonly data: string;
  /** The scripts of the page. */
  readonly scripts: PageScripts;
  /** The articles that the page offers. */
  readonly corpora: Corpora;
  /** Answers for the model where no browser runs it. */
  readonly host?: ModelHost;
  /** What answers `POST /api/explain`. */
  readonly pool: ProcessPool;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request for one text may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
  /** What a client may send. */
  readonly body: BodyLimits;
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
}

function send({ type, content, etag }: Asset, request: Request): Response {
  const headers = {
    "content-type": type,
    etag,
    "cache-control": "no-cache",
    vary: "accept-encoding",
  };
  if (isKnown(etag, request.headers.get("if-none-match"))) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(content, { headers });
}

/** How many texts are sent at once. */
const MAX_TEXTS = 1000;

function addApi(app: App, options: AppOptions): void {
  const { pool, body, maxCharacters, timeLimit, waitLimit, corpora } = options;
  const explainers = listExplainers();
  const { classes, explainer } = pool.about;
  const facts = { classes, explainer, maxCharacters };
  app.post("/api/explain", async (context) => {
    const given = await readJson(context.req.raw, body);
    const request = readExplainRequest(given, facts);
    const json = await pool.explain(request, context.env.gone);
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
        (request, signal) => pool.explain(request, signal, "until its turn"),
        pool.size,
        context.env.gone ?? new AbortController().signal,
        leave,
      );
      return context.body(lines, 200, { "content-type": "application/x-ndjson" });
    } catch (error) {
      leave();
      throw error;
    }
  });
  app.get("/api/classes", (context) => context.json({ classes }));
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
  const description = openApi({
    explainers,
    explainer,
    classes,
    maxCharacters,
    body,
    timeLimit,
    waitLimit,
  });
  app.get("/openapi.json", (context) => context.json(description));
}

/** The answer to HEAD is that to GET without its body, which nobody would ever read or close. */
const withoutBody: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.req.raw.method === "HEAD") await context.res.body?.cancel();
};

/**
 * Makes the server: the page, what it needs, and the API.
 *
 * @param options What it is made of.
 * @returns The application.
 */
export async function makeApp(options: AppOptions): Promise<App> {
  const { hosts, anyAddress, model, data, scripts, corpora } = options;
  const [assets, punkt] = await Promise.all([pageAssets(scripts), punktTables(data)]);
  const app: App = new Hono();
  app.use(withoutBody);
  app.use(safeHeaders);
  app.use(ownHostOnly(hosts, anyAddress));
  for (const [path, asset] of assets) app.get(path, (context) => send(asset, context.req.raw));
  if (options.host) addRemoteModel(app, { ...options, host: options.host });
  const listed = model.files.map(({ name, bytes }) => ({ name, bytes }));
  const packed = new PackedFiles();
  app.get("/model", (context) => context.json(listed));
  app.get("/model/:name", (context) => {
    return modelFile(model, context.req.param("name"), context.req.raw, packed);
  });
  app.get("/punkt.json", (context) => context.json(punkt));
  app.get("/miniature.json", async (context) => {
    const articles = [...(await corpora.articles("miniature")).values()];
    return context.json(articles.map(({ id, label, text }) => ({ id, label, text })));
  });
  addApi(app, options);
  const methods = new Map([["/api/explain", "POST"], ["/api/explain/batch", "POST"]]);
  app.notFound((context) => {
    const { path, method } = context.req;
    const takes = methods.get(path) ?? (app.routes.some((route) => route.path === path) && "GET");
    if (takes && takes !== method) {
      const response = problemResponse(new Problem(405, `"${path}" takes ${takes}, not ${method}`));
      response.headers.set("allow", takes);
      return response;
    }
    return problemResponse(new Problem(404, `There is no "${path}"`));
  });
  app.onError((error) => {
    reportFault(error);
    return problemResponse(error);
  });
  return app;
}
