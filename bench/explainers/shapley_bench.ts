import { explain } from "@heatword/core";
import { shapley } from "@heatword/explainers/shapley";
import { fullSizeModel, textOf } from "./_word_cnn.ts";

const model = fullSizeModel();

for (const words of [25, 50, 100, 200, 400]) {
  const input = textOf(model, words);
  Deno.bench(`exact Shapley values: ${words} words, 800 filters`, { n: 3, warmup: 1 }, async () => {
    await explain(shapley, model, input, 3);
  });
}
