import { remoteModel } from "@heatword/core/remote";
import type { Model } from "@heatword/core";
import { remoteSource } from "./remote_source.ts";
import { serveModel } from "./serve_model.ts";

// The model stays where it is: the server of the page is asked for its scores.
serveModel(async (_files, _resources, origin) => {
  const { about, asked } = await remoteSource(origin);
  return remoteModel(about, asked) as unknown as Model;
});
