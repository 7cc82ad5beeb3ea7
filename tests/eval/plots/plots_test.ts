import { confusionPlot, deletionPlot, pcaPlot } from "@heatword/eval/plots";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseHTML } from "linkedom";
import { smallReport } from "../_report_data.ts";

const { data } = smallReport();

/** Parses a file and checks what must hold for every figure. */
function parseFigure(svg: string) {
  assert(svg.startsWith("<svg xmlns="), "it is a file of its own");
  assert(!/NaN|Infinity|undefined/.test(svg), "no coordinate is missing");
  assert(!/href|url\(|<script|@import/i.test(svg), "it needs nothing from outside");
  // deno-lint-ignore no-explicit-any
  const { document } = parseHTML(`<html><body>${svg}</body></html>`) as any;
  assert(document.querySelector("svg > title").textContent.length > 10);
  return document;
}

const textsOf = (document: { querySelectorAll(s: string): Iterable<{ textContent: string }> }) =>
  [...document.querySelectorAll("text")].map((text) => text.textContent);

Deno.test("deletionPlot() names every curve beside its end, and the number of documents", () => {
  for (const experiment of data.deletion) {
    const texts = textsOf(parseFigure(deletionPlot(experiment)));
    for (const name of ["LRP", "SA", "random"]) assert(texts.includes(name), name);
    assert(texts.includes(`${experiment.documents} documents`));
  }
});

Deno.test("deletionPlot() draws the accuracies to scale", () => {
  const [correct] = data.deletion;
  const plot = parseFigure(deletionPlot(correct));
  // The first path of a line is random, then sa, then lrp; y runs from 296 at 0 to 40 at 1.
  const lines = [...plot.querySelectorAll('[aria-label="line"] path')];
  const last = lines.at(-1).getAttribute("d").match(/,([\d.]+)$/)[1];
  const expected = 296 - correct.curves[0]!.accuracy.at(-1)! * 256;
  assert(Math.abs(Number(last) - expected) < 0.02);
});

Deno.test("deletionPlot() says so when there are no documents", () => {
  const none = data.deletion[1];
  const nan = none.random.accuracy.map(() => NaN);
  const svg = deletionPlot({
    ...none,
    documents: 0,
    curves: none.curves.map((curve) => ({ ...curve, accuracy: nan })),
    random: { ...none.random, accuracy: nan, deviation: nan },
  });
  assertStringIncludes(svg, "no such documents");
  parseFigure(svg);
});

Deno.test("pcaPlot() has a title a panel and a dot a document", () => {
  const plot = parseFigure(pcaPlot(data.panels, data.groups));
  const texts = textsOf(plot);
  for (const { panel } of data.panels) assert(texts.includes(panel.label), panel.label);
  for (const name of [...data.groups.names, "d"]) assert(texts.includes(name), name);
  let dots = 0;
  for (const path of plot.querySelectorAll("svg svg path")) {
    dots += path.getAttribute("d").match(/h0/g)?.length ?? 0;
  }
  assertEquals(dots, data.panels.length * data.groups.of.length);
});

Deno.test("pcaPlot() puts all panels on one scale", () => {
  const [panel] = data.panels;
  const at = (x: number, y: number) => ({ ...panel!, points: new Float64Array([x, y]) });
  const plot = parseFigure(pcaPlot([at(0.1, -0.2), at(1, -2)], { of: [0], names: ["a"] }));
  const dots = [...plot.querySelectorAll("svg svg path")]
    .map((path) => path.getAttribute("d").match(/^M([\d.]+) ([\d.]+)h0$/))
    .filter(Boolean).map((match) => [Number(match[1]) - 145, Number(match[2]) - 145]);
  assertEquals(dots.length, 2);
  // The first point lies a tenth as far from the middle as the second, with y upwards.
  for (const c of [0, 1]) assert(Math.abs(dots[0]![c]! * 10 - dots[1]![c]!) < 1.5);
  assert(dots[1]![1]! > 100 && Math.abs(dots[1]![1]! - 2 * dots[1]![0]!) < 1.5);
});

Deno.test("confusionPlot() writes every count that is not zero", () => {
  const { classification } = data;
  const plot = parseFigure(confusionPlot(classification));
  const texts = textsOf(plot);
  const counts = classification.confusion.flat().filter((count) => count > 0).map(String);
  assertEquals(counts.filter((count) => !texts.includes(count)), []);
  assertEquals(plot.querySelectorAll("rect").length, 1 + classification.classes.length ** 2);
});

Deno.test("the figures are the same bytes every time", () => {
  assertEquals(pcaPlot(data.panels, data.groups), pcaPlot(data.panels, data.groups));
  assertEquals(deletionPlot(data.deletion[0]), deletionPlot(data.deletion[0]));
});
