import { explain, listExplainers } from "@heatword/core";
import "@heatword/explainers";
import { fullSizeModel, textOf } from "./_word_cnn.ts";

const model = fullSizeModel();
const input = textOf(model, 200);

// As many evaluations as were given to the peers that docs/explainers.md compares with.
const options: Record<string, Record<string, unknown>> = { "kernel-shap": { samples: 800 } };

for (const { name } of listExplainers()) {
  Deno.bench(`${name}: 200 words, 800 filters`, { group: "explainers" }, async () => {
    await explain(name, model, input, 3, options[name]);
  });
}

Deno.bench("lrp, words alone: 200 words, 800 filters", { group: "explainers" }, async () => {
  await explain("lrp", model, input, 3, { detail: "words" });
});
