/// <reference lib="dom" />
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Random } from "@heatword/core";
import { type AssessmentData, assessmentFigures, assessmentHtml } from "@heatword/eval/assessment";
import { classification } from "@heatword/eval/classification";
import "@heatword/explainers";
import { getExplainer } from "@heatword/core";
import { assertQuiet, browserTest, openPage, violations } from "../../apps/serve/_browser.ts";
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
  const html = assessmentHtml(data, assessmentFigures(data));
  assert(!/<i>class|<b>(?!May|Texts|Class|Fig|Not)|<made>|<script/.test(html));
  assert(!/(?:src|href)=|url\(|@import/.test(html), "it needs nothing but itself");
  assertStringIncludes(html, "The 15 most frequent confusions.");
  assertStringIncludes(html, "Figures of each of the 77 classes");
  assertStringIncludes(html, "too few documents (2)");
});

browserTest(
  "axe finds nothing wrong with a report on own texts, narrow and wide",
  async (browser) => {
    for (const classes of [2, 77]) {
      const data = await madeData(classes);
      const html = assessmentHtml(data, assessmentFigures(data));
      for (const colorScheme of ["light", "dark"] as const) {
        const width = colorScheme === "light" ? 390 : 1280;
        const seen = await openPage(browser, { colorScheme, viewport: { width, height: 800 } });
        await seen.page.setContent(html);
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
