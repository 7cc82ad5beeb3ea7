import type { Document } from "@heatword/core";
import { loadTfjsModel } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { explainDocument } from "@heatword/eval/explanations";
import { heatmapHtml, heatmapSegments, heatmapSvg } from "@heatword/eval/heatmap";
import { render } from "@heatword/eval/render";
import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { textModel } from "../../core/models/tfjs/_text_model.ts";

const text = "good bad, fine poor!";
const request = { explainers: [{ explainer: getExplainer("lrp"), options: {} }], targets: [] };

async function explained(settings: Parameters<typeof loadTfjsModel>[1], of = text) {
  const { files } = await textModel({ length: 2 });
  const vocabulary = { good: 1, bad: 2, fine: 3, poor: 4 };
  const model = await loadTfjsModel(files, { vocabulary, ...settings });
  const document = model.read(of);
  const [explanation] = await explainDocument(model, document, request);
  return { document, explanation: explanation! };
}

Deno.test("formats grey what was cut off in front, and say so", async () => {
  const { explanation } = await explained({ truncatingSide: "pre" });
  assertEquals([explanation.truncated, explanation.truncatedSide], [2, "pre"]);
  const note = "the model saw the last 2 words; 2 more words before them not (grey)";
  const terminal = await render("terminal", [explanation]);
  assertStringIncludes(terminal, note);
  const [, , , marks] = terminal.split("\n");
  assertEquals(marks!.startsWith("^cut"), true);
  assertStringIncludes(await render("html", [explanation]), note);
  const json = JSON.parse(await render("json", [explanation]));
  assertEquals(json.truncatedSide, "pre");
  // At the end, nothing is written that was not before.
  const { explanation: other } = await explained({});
  assertEquals([other.truncated, "truncatedSide" in other], [2, false]);
  assertStringIncludes(
    await render("terminal", [other]),
    "the model saw the first 2 words; 2 more words behind them not (grey)",
  );
});

Deno.test("heatmaps grey the end of a text that was cut off", async () => {
  const greyed = (document: Document) =>
    heatmapSegments(document, [1, 2]).filter(({ unseen }) => unseen === "beyond the limit")
      .map(({ text }) => text);
  const front = (await explained({ truncatingSide: "pre" })).document;
  assertEquals(greyed(front), ["good bad,"]);
  assertStringIncludes(heatmapHtml(front, [1, 2]), "does not see the first 2 words");
  assertStringIncludes(heatmapSvg(front, [1, 2]), "does not see the first 2 words");
  const end = (await explained({})).document;
  assertEquals(greyed(end), [", fine poor!"]);
  assertStringIncludes(heatmapHtml(end, [1, 2]), "does not see the last 2 words");
});

Deno.test("unknown words are told whether they have a vector or none", async () => {
  const notes = async (unknown: number | null) => {
    const { explanation } = await explained({ unknown }, "zzz yyy");
    assertEquals(explanation.unknown, [0, 1]);
    assertEquals(explanation.unknownShareVector, unknown === null ? undefined : true);
    return await render("terminal", [explanation]);
  };
  assertStringIncludes(await notes(null), "the scores are those of an empty text");
  assertStringIncludes(await notes(5), "they all have the vector of unknown words");
});
