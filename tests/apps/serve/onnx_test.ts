/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { makeReport } from "../../../apps/serve/make_report.ts";
import { madeFolder } from "../../core/models/onnx/_made_folder.ts";
import { assertQuiet, browserTest, openAt, scores, settle, toggle, write } from "./_browser.ts";
import { withServer } from "./_server.ts";

const pieces = ["a", "good", "film", "##s", "bad"];
/** Of the special tokens no score, of "good" and "film" some. */
const rows = [...Array(5).fill([0, 0]), [0, 0], [6, 0], [0, 3], [0, 0], [-6, 0]];

/** What the page shows of "a good film", and of it without "good", with the page in any form. */
async function look(browser: Parameters<typeof openAt>[0], url: string): Promise<void> {
  const seen = await openAt(browser, url);
  const { page } = seen;
  await write(page, "a good films");
  const panel = page.locator(".panel").first();
  assertEquals(await panel.getByLabel("Explainer").inputValue(), "occlusion");
  assertEquals(await panel.locator(".error").textContent(), "");
  const shown = async () =>
    Object.entries(await scores(page)).sort().map(([, score]) => Number.parseFloat(score));
  // Of [CLS] a good film ##s [SEP], and without "good".
  assertEquals(await shown(), [1, 0.5]);
  await toggle(page, "good");
  await settle(page);
  assertEquals(await shown(), [0, 0.6]);
  assertQuiet(seen);
}

browserTest("the page runs an ONNX model, from a server and from disk", async (browser) => {
  const folder = await Deno.makeTempDir({ prefix: "heatword-onnx-" });
  try {
    await Deno.mkdir(`${folder}/onnx`);
    for (const [name, content] of madeFolder(pieces, { rows })) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    await withServer((url) => look(browser, url), { model: folder });
    const page = await makeReport({
      articles: [],
      files: [],
      encoding: "utf-8",
      models: [folder],
      plugins: [],
    });
    await Deno.writeTextFile(`${folder}/page.html`, page);
    await look(browser, `file://${folder}/page.html`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
