import { modelOfExport } from "@heatword/core/models";
import { serveModel } from "./serve_model.ts";

/**
 * Answers the page from a worker, by a model whose code is in its script.
 *
 * @param exported The default export of the module of the model.
 */
export function serveModule(exported: unknown): void {
  serveModel((_files, resources) => modelOfExport(exported, resources));
}
