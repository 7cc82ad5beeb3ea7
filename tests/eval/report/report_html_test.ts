import { reportFigures, reportHtml } from "@heatword/eval/report";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseHTML } from "linkedom";
import { smallReport } from "../_report_data.ts";

// deno-lint-ignore no-explicit-any
const parse = (html: string) => (parseHTML(html) as any).document;

const { data } = await smallReport();
const figures = reportFigures(data);
const html = await reportHtml(data, figures);

Deno.test("reportHtml() needs nothing but itself", () => {
  const page = parse(html);
  assertEquals(page.querySelectorAll("link, img, iframe, object, embed").length, 0);
  // The points of the document vectors, and what tells which they are.
  const [points, script, ...others] = page.querySelectorAll("script");
  assertEquals([points.getAttribute("type"), others.length], ["application/json", 0]);
  assertEquals(JSON.parse(points.textContent), JSON.parse(JSON.stringify(data.points)));
  assert(!/\b(?:fetch|import|eval|innerHTML|XMLHttpRequest)\b/.test(script.textContent));
  for (const element of page.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      assert(!/^(src|href|xlink:href|on.*)$/.test(name), `${name} on ${element.tagName}`);
      assert(!/url\(/.test(value), value);
    }
  }
  assert(!/@import|url\(/.test(page.querySelector("style").textContent));
});

Deno.test("reportHtml() shows nothing of a document or a notice as HTML", () => {
  const page = parse(html);
  assertEquals(page.querySelector(".hw-text").textContent, data.heatmaps!.document.text);
  const notices = [...page.querySelectorAll(".notice")].map(({ textContent }) => textContent);
  assertEquals(notices.slice(0, data.notices.length), [...data.notices]);
});

Deno.test("reportHtml() shows the figures first and the ledger after", () => {
  const places = ["<b>Figure 1.</b>", "<b>Figure 2.</b>", "<b>Figure 3.</b>", "<b>Table 1.</b>"]
    .map((part) => html.indexOf(part));
  assert(places.every((place) => place > 0));
  assertEquals(places, places.toSorted((a, b) => a - b));
});

Deno.test("reportHtml() has every claim with its verdict, every figure and table", () => {
  const page = parse(html);
  const text = page.querySelector("main").textContent;
  for (const { id, claim } of data.claims) {
    assertStringIncludes(text, claim);
    assertStringIncludes(text, id);
  }
  const marks = [...page.querySelectorAll(".mark")].map((mark) => mark.textContent);
  assertEquals(marks.length, data.claims.length);
  const holds = data.claims.filter(({ pass }) => pass).length;
  assertEquals(marks.filter((mark) => mark === "✓ holds").length, holds);
  for (const n of [1, 2, 3, 4]) assertStringIncludes(text, `Figure ${n}.`);
  for (const n of [1, 2, 3, 4, 5]) assertStringIncludes(text, `Table ${n}.`);
  assertEquals(page.querySelectorAll(".hw-heatmap").length, 4);
  const drawn = "main > figure > svg, main > figure > .points-figure > svg, .pair > svg";
  assertEquals(page.querySelectorAll(drawn).length, 4);
  assertStringIncludes(text, "1 min 01 s");
});

Deno.test("reportHtml() gives the accuracy with its standard error, and tells duplicates", async () => {
  const classification = { ...data.classification, correct: 30, documents: 40, accuracy: 0.75 };
  const standardError = Math.sqrt(0.75 * 0.25 / 40);
  const own = { ...data, classification: { ...classification, standardError } };
  const text = parse(await reportHtml(own, figures)).querySelector("main").textContent
    .replaceAll(/\s+/g, " ");
  assertStringIncludes(text, "an accuracy of 75.00 % (standard error 6.85 %) on 40 test documents");
  assertStringIncludes(text, "standard error of the accuracy on all is 6.85 %, its 95 % interval");
  assertStringIncludes(text, "59.8 % to 85.8 %");
  assertStringIncludes(
    text,
    "4 of 40 test documents have a duplicate among the training documents",
  );
  assertStringIncludes(text, "accuracy without them 25.00 %, standard error 7.22 %");
});

Deno.test("reportHtml() does without heatmaps and panels, and without a script then", async () => {
  const { heatmaps: _, duplicates: __, ...rest } = data;
  const bare = { ...rest, panels: [] };
  const page = await reportHtml(bare, reportFigures(bare));
  assertEquals(parse(page).querySelectorAll("script").length, 0);
  assert(!page.includes("script-src"));
  assertStringIncludes(page, "not in this corpus");
  assertStringIncludes(page, "No document vectors");
});

Deno.test("reportFigures() names the files of all figures", () => {
  assertEquals([...figures.keys()], [
    "figure-1-correct.svg",
    "figure-1-wrong.svg",
    "figure-2-lrp-class-0.svg",
    "figure-2-sa-class-0.svg",
    "figure-2-lrp-class-1.svg",
    "figure-2-sa-class-1.svg",
    "figure-3.svg",
    "figure-4-confusion.svg",
  ]);
});

Deno.test("reportFigures() keeps class names out of paths, and two alike apart", () => {
  const targets = ["../a/b", "..?a?b"].map((target) => ({ ...data.heatmaps!.targets[0]!, target }));
  const names = reportFigures({ ...data, heatmaps: { ...data.heatmaps!, targets } }).keys();
  assertEquals([...names].filter((name) => name.startsWith("figure-2-lrp")), [
    "figure-2-lrp-..-a-b.svg",
    "figure-2-lrp-..-a-b-2.svg",
  ]);
});
