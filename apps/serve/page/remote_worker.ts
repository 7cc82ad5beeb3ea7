import { remoteModel } from "@heatword/core/remote";
import type { Model } from "@heatword/core";
import { remoteSource } from "./remote_source.ts";
import { serveModel } from "./serve_model.ts";

// The model stays where it is: the server of the page is asked for its scores.
serveModel(async (_files, _resources, base) => {
  const { about, asked } = await remoteSource(base);
  return remoteModel(about, asked) as unknown as Model;
});
