import { Coalitions, explain, Random } from "@heatword/core";
import { loadLayeredTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";

// A network after Kim 2014: 100 filters each of widths 3, 4 and 5 on vectors of 300 numbers, and a
// text of 400 words.
const words = 500;
const dimensions = 300;
const filters = 100;
const widths = [3, 4, 5];
const random = new Random(1);

const specs: { name: string; shape: number[]; dtype: string }[] = [];
const put = (name: string, shape: number[]) => specs.push({ name, shape, dtype: "float32" });
const layers: unknown[] = [];
const layer = (className: string, name: string, from: string[], config = {}) =>
  layers.push({
    class_name: className,
    name,
    config: { name, ...config },
    inbound_nodes: from.length === 0 ? [] : [from.map((input) => [input, 0, 0, {}])],
  });

layer("InputLayer", "rows", [], { batch_input_shape: [null, null] });
layer("Embedding", "embedding", ["rows"], { input_dim: words, output_dim: dimensions });
put("embedding/embeddings", [words, dimensions]);
for (const width of widths) {
  const config = { filters, kernel_size: [width], activation: "relu" };
  layer("Conv1D", `convolution${width}`, ["embedding"], config);
  put(`convolution${width}/kernel`, [width, dimensions, filters]);
  put(`convolution${width}/bias`, [filters]);
  layer("GlobalMaxPooling1D", `max${width}`, [`convolution${width}`]);
}
layer("Concatenate", "joined", widths.map((width) => `max${width}`), { axis: -1 });
layer("Dense", "dense", ["joined"], { units: 20, activation: "softmax" });
put("dense/kernel", [filters * widths.length, 20]);
put("dense/bias", [20]);

const size = specs.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
const weights = Float32Array.from({ length: size }, () => random.normal() * 0.1);
const modelTopology = {
  class_name: "Model",
  config: {
    name: "kim",
    layers,
    input_layers: [["rows", 0, 0]],
    output_layers: [["dense", 0, 0]],
  },
};
const json = { modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights: specs }] };
const files = new Map([
  ["model.json", new TextEncoder().encode(JSON.stringify(json))],
  ["weights.bin", new Uint8Array(weights.buffer)],
]);
const vocabulary = { word: 1 };

const model = await loadLayeredTfjsModel(files, { vocabulary });
const input = model.inputFromRows(Array.from({ length: 400 }, () => random.below(words)));

Deno.bench("load", async () => void await loadLayeredTfjsModel(files, { vocabulary }));
Deno.bench("scores of 400 words", { group: "one pass", baseline: true }, () => {
  model.scores(input);
});
Deno.bench(
  "lrp of 400 words",
  { group: "one pass" },
  async () => void await explain("lrp", model, input, 0),
);
Deno.bench("occlusion of 400 words", { group: "occlusion" }, async () => {
  await explain("occlusion", model, input, 0);
});
const order = Array.from({ length: 20 }, (_, k) => k * 19);
const deletions = Coalitions.without(400, order.map((_, k) => order.slice(0, k + 1)));
Deno.bench("20 words deleted, computed anew", { group: "20 words deleted" }, () => {
  for (let k = 1; k <= 20; k++) model.scores(model.withoutWords(input, order.slice(0, k)));
});
Deno.bench("20 words deleted, by windows", { group: "20 words deleted", baseline: true }, () => {
  model.scores(input, deletions);
});
