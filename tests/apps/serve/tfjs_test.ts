/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { drawWeights, savedFiles, tf, vocabulary } from "../../core/models/tfjs/_saved.ts";
import { assertQuiet, browserTest, openPage, scores, settle, toggle, write } from "./_browser.ts";
import { withServer } from "./_server.ts";

const text = "The ride was long but engines never stop.";

/** Saves a model whose Embedding is followed by the given layers. */
async function savedModel(...layers: tf.layers.Layer[]): Promise<string> {
  const inputDim = Object.keys(vocabulary).length;
  const embedding = tf.layers.embedding({ inputDim, outputDim: 4, inputShape: [null] });
  const model = drawWeights(tf.sequential({ layers: [embedding, ...layers] }), 3);
  const beside = { "vocabulary.json": vocabulary, "classes.json": ["sea", "road", "sky"] };
  const folder = await Deno.makeTempDir({ prefix: "heatword-tfjs-" });
  for (const [name, content] of await savedFiles(model, beside)) {
    await Deno.writeFile(`${folder}/${name}`, content);
  }
  return folder;
}

const { conv1d, globalMaxPooling1d, dense, gru } = tf.layers;
const output = () => dense({ units: 3, activation: "softmax" });

for (
  const [name, layers, explainer] of [
    ["that shows its layers", () => [
      conv1d({ filters: 5, kernelSize: 2, activation: "relu" }),
      globalMaxPooling1d({}),
      output(),
    ], "lrp"],
    // Large enough for the kernel of recurrent layers.
    [
      "with recurrent layers",
      () => [gru({ units: 60, recurrentInitializer: "glorotUniform" }), output()],
      "lrp",
    ],
    [
      "of which only scores are known",
      () => [gru({ units: 4, activation: "softsign" }), output()],
      "occlusion",
    ],
  ] as const
) {
  browserTest(`the page runs a TensorFlow.js model ${name}`, async (browser) => {
    const model = await savedModel(...layers());
    try {
      await withServer(async (url) => {
        const seen = await openPage(browser);
        const { page } = seen;
        await page.goto(url);
        await page.waitForSelector("body.ready");
        await write(page, text);
        const panel = page.locator(".panel").first();
        assertEquals(await panel.getByLabel("Explainer").inputValue(), explainer);
        const offered = await panel.getByLabel("Explainer").locator("option")
          .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
        assertEquals(offered.includes("lrp"), explainer === "lrp");
        assertEquals(await panel.locator(".error").textContent(), "");
        const before = await scores(page);
        assertEquals(Object.keys(before).sort(), ["road", "sea", "sky"]);
        await toggle(page, "ride");
        await settle(page);
        assert(JSON.stringify(await scores(page)) !== JSON.stringify(before));
        assertQuiet(seen);
      }, { model });
    } finally {
      await Deno.remove(model, { recursive: true });
    }
  });
}
