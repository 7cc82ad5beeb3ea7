/// <reference lib="dom" />
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Random } from "@heatword/core";
import { type AssessmentData, assessmentFigures, assessmentHtml } from "@heatword/eval/assessment";
import { classification } from "@heatword/eval/classification";
import "@heatword/explainers";
import { getExplainer } from "@heatword/core";
import { assertQuiet, browserTest, openPage, violations } from "../../apps/serve/_browser.ts";
import type { Page } from "playwright-core";
import { smallReport } from "../_report_data.ts";

/** A report of so many classes, with hostile names and a long one. */
async function madeData(count: number): Promise<AssessmentData> {
  const { data } = await smallReport();
  const random = new Random(1);
  const classes = Array.from({ length: count }, (_, c) => `<i>class</i> ${c} of a long name`);
  const labels = Array.from({ length: 600 }, () => random.below(count));
  const given = labels.map((label) => random.below(3) ? label : random.below(count));
  const shown = { ...data.heatmaps!, probability: 0.75 };
  const scores = (group: "correct" | "wrong") => ({
    group,
    unit: "word",
    documents: 2,
    curves: [],
  });
  const word = { word: "<b>", mean: 1, low: 0.5, high: 1.5, texts: 4, occurrences: 5 };
  const figures = { name: classes[0]!, texts: 9, for: [word], against: [] };
  return {
    ...data,
    corpus: "<made>",
    model: "m",
    documents: { train: 0, test: 600 },
    classification: classification(labels, given, classes),
    scores: [scores("correct"), scores("wrong")],
    trust: "not asked for",
    errors: [shown],
    typical: [shown],
    words: { explainer: "lrp", allClasses: false, texts: 9, classes: [figures] },
    findings: [],
    explainers: [getExplainer("lrp")],
  };
}

Deno.test("assessmentHtml() shows nothing that was given as HTML, and lists confusions of many classes", async () => {
  const data = await madeData(77);
  const html = await assessmentHtml(data, assessmentFigures(data));
  assert(!/<i>class|<b>(?!May|Texts|Class|Fig|Not)|<made>/.test(html));
  assertEquals(html.match(/<script[^>]*>/g), [
    '<script type="application/json" id="points">',
    "<script>",
  ]);
  assert(!/(?:src|href)=|url\(|@import/.test(html), "it needs nothing but itself");
  assertStringIncludes(html, "The 15 most frequent confusions.");
  assertStringIncludes(html, "Figures of each of the 77 classes");
  assertStringIncludes(html, "too few documents (2)");
});

/** Goes through the points of the first panel with keys and pointer, which stays at one of them. */
async function lookAtPoints(page: Page, data: AssessmentData): Promise<void> {
  const panel = page.locator("svg[data-panel]").first();
  const tip = page.locator(".points-tip");
  const said = page.locator("#points-said");
  const told = data.points!.texts.map(([id, label, predicted]) => {
    const { classes } = data.points!;
    const outcome = label === predicted
      ? "classified right"
      : `classified as ${classes[predicted]} (wrong)`;
    return `${id}: ${classes[label]}, ${outcome}`;
  });
  // By keyboard: each key leads to another text, as long as there is one in that direction.
  await panel.focus();
  const seenTexts = new Set<string>();
  for (const key of ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown"]) {
    await page.keyboard.press(key);
    const now = (await tip.textContent())!;
    assert(told.includes(now), now);
    assertEquals(await said.textContent(), `${data.panels[0]!.panel.label}, ${now}`);
    seenTexts.add(now);
  }
  assert(seenTexts.size > 2, [...seenTexts].join("; "));
  await page.keyboard.press("Escape");
  assertEquals(await tip.isVisible(), false);
  // By pointing: the text whose dot is there.
  await panel.evaluate((element) => (element as SVGElement).blur());
  await panel.scrollIntoViewIfNeeded();
  const dot = await panel.locator("path[data-i]").last().evaluate((path) => {
    const steps = path.getAttribute("data-i")!.split(" ").map(Number);
    const place = path.getAttribute("d")!.split("h0").at(-2)!.slice(1).split(" ").map(Number);
    const { x, y } = new DOMPoint(...place).matrixTransform(
      (path as SVGGraphicsElement).getScreenCTM()!,
    );
    return { x, y, text: steps.reduce((sum, step) => sum + step, 0) };
  });
  await page.mouse.move(dot.x, dot.y);
  assertEquals(await tip.textContent(), told[dot.text]);
}

browserTest(
  "axe finds nothing wrong with a report on own texts, narrow and wide",
  async (browser) => {
    for (const classes of [2, 77]) {
      const data = await madeData(classes);
      const html = await assessmentHtml(data, assessmentFigures(data));
      for (const colorScheme of ["light", "dark"] as const) {
        const width = colorScheme === "light" ? 390 : 1280;
        const seen = await openPage(browser, { colorScheme, viewport: { width, height: 800 } });
        await seen.page.setContent(html);
        // A tooltip is a state of its own.
        if (classes === 2 && width === 390) await lookAtPoints(seen.page, data);
        assertEquals(await violations(seen.page), []);
        const beyond = await seen.page.evaluate(() =>
          globalThis.document.documentElement.scrollWidth - innerWidth
        );
        assert(beyond <= 0, `${classes} classes, ${width} px: ${beyond} px too wide`);
        assertQuiet(seen);
        await seen.page.context().close();
      }
    }
  },
);
