/**
 * What a person waits for: from the start of the process to the heatmap, and the formatters alone.
 *
 *     deno bench --allow-read --allow-env --allow-run --allow-sys bench/apps/explain_bench.ts
 */
import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { configure } from "../../apps/opening/explainers.ts";
import { explainDocument } from "@heatword/eval/explanations";
import { loadModel } from "../../apps/opening/model.ts";
import { formats, render } from "@heatword/eval/render";

const sentence = "The shuttle reached its orbit this morning, and the crew saw the moon rise.\n";
const text = sentence.repeat(28);
const model = await loadModel({});
const request = { explainers: configure([getExplainer("lrp")], []), targets: ["all"] };
const explanations = await explainDocument(model, model.read(text), request);
const script = new URL("../../apps/explain.ts", import.meta.url).pathname;

Deno.bench("explain TEXT: process start to printed heatmap", async () => {
  const args = ["run", "--allow-read", "--allow-env", "--allow-sys", script, sentence];
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error("explain failed");
});

Deno.bench("explain 400 words, lrp, one target", async () => {
  await explainDocument(model, model.read(text), { ...request, targets: ["predicted"] });
});

Deno.bench("explain 400 words, lrp, all targets", async () => {
  await explainDocument(model, model.read(text), request);
});

for (const format of formats) {
  Deno.bench(`render 400 words as ${format}`, async () => {
    await render(format, [explanations[0]!], { columns: 100, colors: 3 });
  });
}
