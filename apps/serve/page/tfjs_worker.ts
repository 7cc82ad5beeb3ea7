import { openTfjsModel } from "@heatword/core/tfjs";
import * as tf from "@tensorflow/tfjs";
import { serveModel } from "./serve_model.ts";

serveModel(async (files, resources) => {
  // The library's other backends ask for files that a page without a server does not have.
  tf.enableProdMode();
  await tf.setBackend("cpu");
  return await openTfjsModel(files, {}, resources);
});
