import { Coalitions, explain, Random } from "@heatword/core";
import { loadLayeredTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";
import { kimFiles } from "../../tests/core/models/tfjs/_kim_files.ts";

// A network after Kim 2014: 100 filters each of widths 3, 4 and 5 on vectors of 300 numbers, and a
// text of 400 words.
const words = 500;
const files = kimFiles(
  { widths: [3, 4, 5], filters: 100, dimensions: 300, classes: 20, words, scale: 0.1 },
  1,
);
const model = await loadLayeredTfjsModel(files);
const random = new Random(1);
const input = model.inputFromRows(Array.from({ length: 400 }, () => random.below(words)));
const sets = Array.from({ length: 20 }, (_, t) => Array.from({ length: t + 1 }, (_, i) => i * 19));

Deno.bench("load", async () => void await loadLayeredTfjsModel(files));
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
Deno.bench("20 words deleted, one text each", { group: "20 words deleted" }, () => {
  for (const set of sets) model.scores(model.withoutWords(input, set));
});
Deno.bench("20 words deleted, as coalitions", { group: "20 words deleted", baseline: true }, () => {
  model.scores(input, Coalitions.without(input.length, sets));
});
