// Scores some texts with a shared model.
import { joinWordCnn, type SharedWordCnn } from "@heatword/core/word-cnn";

const scope = globalThis as unknown as Worker;
scope.onmessage = (
  { data: { shared, texts } }: MessageEvent<{ shared: SharedWordCnn; texts: Int32Array[] }>,
) => {
  const model = joinWordCnn(shared);
  scope.postMessage(texts.map((rows) => model.scores(model.inputFromRows(rows))));
};
