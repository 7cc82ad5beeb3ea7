import { Hono, type MiddlewareHandler } from "hono";
import { addApi, type ApiOptions } from "./_api.ts";
import type { App } from "./_app.ts";
import { pageAssets, sendAsset } from "./_assets.ts";
import { ownHostOnly, safeHeaders } from "./_guard.ts";
import { punktTables } from "./_model_files.ts";
import { addModel } from "./_model_routes.ts";
import { PackedFiles } from "./_packed_files.ts";
import { Problem, problemResponse, reportFault } from "./_problem.ts";
import { modelRoots } from "./page/model_roots.ts";

/** What the server is made of. */
export interface AppOptions extends ApiOptions {
  /** The names that the server goes by. */
  readonly hosts: readonly string[];
  /** Whether it also goes by any address in numbers. */
  readonly anyAddress: boolean;
  /** The data folder. */
  readonly data: string;
  /** The script of the page. */
  readonly main: string;
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
  const { hosts, anyAddress, models, data, main, corpora } = options;
  const [assets, punkt] = await Promise.all([pageAssets(main), punktTables(data)]);
  const app: App = new Hono();
  app.use(withoutBody);
  app.use(safeHeaders);
  app.use(ownHostOnly(hosts, anyAddress));
  for (const [path, asset] of assets) app.get(path, (context) => sendAsset(asset, context.req.raw));
  const packed = new PackedFiles();
  for (const [i, model] of models.entries()) {
    await addModel(app, modelRoots[i]!, model, packed, options);
  }
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
