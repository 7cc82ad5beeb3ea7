/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { getExplainer, readText } from "@heatword/core";
import { explainDocument } from "@heatword/eval/explanations";
import { render } from "@heatword/eval/render";
import "@heatword/explainers";
import { madeModel } from "../../apps/_made_model.ts";
import { assertQuiet, browserTest, openPage, violations } from "../../apps/serve/_browser.ts";

const text =
  "The moon: £1000, 👩‍👩‍👧 and 50% ride zzz\nשלום moon orbit (2024) עולם bike\nمرحبا ride and the road";

const letters = (text: string) => ({
  tokens: [...text.matchAll(/[a-z]+/gi)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

browserTest("axe finds nothing wrong with marks in HTML, narrow and wide", async (browser) => {
  const document = readText(letters, text, 9);
  const request = { explainers: [{ explainer: getExplainer("lrp"), options: {} }], targets: [] };
  const html = await render("html", await explainDocument(madeModel(), document, request));
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      const seen = await openPage(browser, { colorScheme, viewport: { width, height: 800 } });
      await seen.page.setContent(html);
      assertEquals(await violations(seen.page), []);
      // In the Hebrew line what comes first stands at the right, English words from the left.
      const lefts = await seen.page.evaluate(() => {
        const parts = [...globalThis.document.querySelectorAll(".hw-text span")];
        const at = parts.findIndex((one) => one.textContent === "שלום");
        return parts.slice(at, at + 3).map((one) => one.getBoundingClientRect().left);
      });
      const [first, moon, orbit] = lefts as [number, number, number];
      assertEquals([first > orbit, orbit > moon], [true, true]);
      const beyond = await seen.page.evaluate(() =>
        globalThis.document.documentElement.scrollWidth - innerWidth
      );
      assertEquals(beyond <= 0, true);
      assertQuiet(seen);
      await seen.page.context().close();
    }
  }
});
