// Explains texts for all classes by LRP.
import { explainAll } from "@heatword/core";
import { joinWordCnn, type SharedWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import type { WorkerTask } from "./_workers.ts";

const tokensOf = (text: string) =>
  text === "" ? [] : text.split(" ").map((word) => ({ text: word, start: 0, end: 0 }));
const scope = globalThis as unknown as Worker;
let model: WordCnn | undefined;

scope.onmessage = async ({ data }: MessageEvent<SharedWordCnn | WorkerTask>) => {
  if ("weights" in data) model = joinWordCnn(data);
  else {
    const classes = model!.classes.map((_, c) => c);
    const inputs = data.texts.map((text) =>
      typeof text === "string"
        ? model!.encode({ text, tokens: tokensOf(text) })
        : model!.inputFromRows(text)
    );
    model!.prepare(inputs);
    for (const input of inputs) {
      await explainAll("lrp", model!, input, classes, { detail: "words" });
    }
  }
  scope.postMessage("done");
};
