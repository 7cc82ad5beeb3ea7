// Explains texts for all classes by LRP.
import { explainAll } from "@heatword/core";
import { joinWordCnn, type SharedWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import type { WorkerTask } from "./_workers.ts";

const scope = globalThis as unknown as Worker;
let model: WordCnn | undefined;

scope.onmessage = ({ data }: MessageEvent<SharedWordCnn | WorkerTask>) => {
  if ("weights" in data) model = joinWordCnn(data);
  else {
    const classes = model!.classes.map((_, c) => c);
    const inputs = data.texts.map((rows) => model!.inputFromRows(rows));
    model!.prepare(inputs);
    for (const input of inputs) explainAll("lrp", model!, input, classes, { detail: "words" });
  }
  scope.postMessage("done");
};
