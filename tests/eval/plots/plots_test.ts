import { commonExtent } from "@heatword/eval/pca";
import { classification } from "@heatword/eval/classification";
import { deletionCurves } from "@heatword/eval/deletion";
import { confusionPlot, deletionPlot, pcaPlot } from "@heatword/eval/plots";
import { reportFigures, reportHtml } from "@heatword/eval/report";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { parseHTML } from "linkedom";
import { smallReport } from "../_report_data.ts";

const { data } = await smallReport();

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

/** The numbers of the coordinates of a path or of its points' second ones. */
const heightsOf = (path: { getAttribute(name: string): string }) =>
  [...path.getAttribute("d").matchAll(/,([\d.-]+)/g)].map((match) => Number(match[1]));

/** An experiment of texts that become wrong with their second word, by lrp and two random runs. */
function madeExperiment(lengths: readonly number[], deletions: number, runs = 2) {
  const outcomes = lengths.map((words, d) => ({
    words,
    flags: Uint8Array.from(
      { length: (1 + runs) * (deletions + 1) },
      // In the first random run a document stays right, in the others it is wrong at once.
      (_, i) => {
        const [row, k] = [Math.floor(i / (deletions + 1)), Math.min(i % (deletions + 1), words)];
        return Number(k === 0 || (row === 0 ? k < 2 : row === 1 && d % 10 > 0));
      },
    ),
  }));
  return deletionCurves(outcomes, "correct", ["lrp"], runs, deletions, { resamples: 10 });
}

Deno.test("deletionPlot() keeps the band of random deletion between 0 and 1", () => {
  // The mean of 0.9 and 0 is 0.45, the deviation 0.64: it would reach from −0.19 to 1.09.
  const experiment = madeExperiment(Array.from({ length: 20 }, () => 9), 5);
  assertEquals(experiment.random.accuracy[1], 0.45);
  const plot = parseFigure(deletionPlot(experiment));
  const [band] = plot.querySelectorAll('[aria-label="area"] path');
  const heights = heightsOf(band);
  // y runs from 296 at 0 to 40 at 1.
  assertEquals([Math.min(...heights), Math.max(...heights)], [40, 296]);
});

Deno.test("deletionPlot() ends with the longest text and says how many have so many words", () => {
  const lengths = [...Array(4).fill(2), ...Array(3).fill(4), 6];
  const experiment = madeExperiment(lengths, 50);
  assertEquals(experiment.remaining.slice(0, 8), [8, 8, 8, 4, 4, 1, 1, 0]);
  const plot = parseFigure(deletionPlot(experiment));
  const texts = [...plot.querySelectorAll("svg > text")] as {
    textContent: string;
    getAttribute(name: string): string;
  }[];
  const below = texts.filter((text) => text.getAttribute("y") === "329");
  assertEquals(below.map((text) => text.textContent), ["8", "8", "8", "4", "4", "1", "1"]);
  // From 48 to 384 in six steps.
  assertEquals(
    below.map((text) => Number(text.getAttribute("x"))),
    [0, 1, 2, 3, 4, 5, 6].map(
      (k) => 48 + 56 * k,
    ),
  );
  assert(texts.some(({ textContent }) => textContent.endsWith("documents that have so many")));
  const [line] = plot.querySelectorAll('[aria-label="line"] path');
  assertEquals(heightsOf(line).length, 7);
  // Where all have words enough nothing is said.
  const enough = deletionPlot(madeExperiment(lengths, 2));
  assert(!enough.includes("have so many"));
});

Deno.test("deletionPlot() is as wide as the longest name of a curve", () => {
  const named = (name: string) => {
    const experiment = madeExperiment([9, 9], 3);
    const curves = experiment.curves.map((curve) => ({ ...curve, name }));
    return parseFigure(deletionPlot({ ...experiment, curves }));
  };
  const widthOf = (plot: ReturnType<typeof named>) =>
    Number(plot.querySelector("svg").getAttribute("width"));
  assertEquals(widthOf(named("lrp")), 460);
  const long = named("integrated-gradients");
  // Twenty bold letters of about 7 px beside a plot of 384.
  assert(widthOf(long) >= 384 + 8 + 20 * 7 && textsOf(long).includes("integrated-gradients"));
  assert(textsOf(named("x".repeat(60))).includes(`${"x".repeat(23)}…`));
  assert(widthOf(named("x".repeat(60))) < 600);
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

Deno.test("pcaPlot() tells of each point which document it is", () => {
  const plot = parseFigure(pcaPlot(data.panels, data.groups));
  const scale = 288 / (2 * 1.04 * commonExtent(data.panels));
  const panels = [...plot.querySelectorAll("svg[data-panel]")];
  assertEquals(
    panels.map((panel) => panel.getAttribute("data-panel")),
    data.panels.map(({ panel }) => panel.label),
  );
  panels.forEach((panel, p) => {
    const { points } = data.panels[p]!;
    const found = new Map<number, number[]>();
    for (const path of panel.querySelectorAll("path[data-i]")) {
      let document = 0;
      const steps = path.getAttribute("data-i").split(" ");
      const places = path.getAttribute("d").split("h0").filter((place: string) => place !== "");
      assertEquals(steps.length, places.length);
      steps.forEach((step: string, i: number) => {
        document += Number(step);
        found.set(document, places[i].slice(1).split(" ").map(Number));
      });
    }
    assertEquals(found.size, points.length / 2);
    for (const [document, [x, y]] of found) {
      assertAlmostEquals(x!, 145 + scale * points[2 * document]!, 0.06);
      assertAlmostEquals(y!, 145 - scale * points[2 * document + 1]!, 0.06);
    }
  });
});

Deno.test("pcaPlot() titles its axes by what they explain, and draws few documents larger", () => {
  const [panel] = data.panels;
  const drawn = (count: number, label = "LRP") =>
    parseFigure(pcaPlot([{
      ...panel!,
      panel: { ...panel!.panel, label },
      explainedVariance: [0.314, 0.159],
      points: new Float64Array(2 * count),
    }], { of: new Int32Array(count), names: ["a"] }));
  const odd = 'a $& b $1 "<c>';
  assertEquals(drawn(4, odd).querySelector("svg[data-panel]").getAttribute("data-panel"), odd);
  const texts = textsOf(drawn(4));
  assert(texts.includes("component 1, 31 % of variance"), texts.join());
  assert(texts.includes("component 2, 16 % of variance"), texts.join());
  const sizeOf = (count: number) =>
    Number(drawn(count).querySelector("svg svg [stroke-linecap]").getAttribute("stroke-width"));
  assertEquals([4, 400, 7532].map(sizeOf), [6, 3, 2.6]);
  // A long title leaves the room of the figure beside it.
  const [long] = textsOf(drawn(4, "w".repeat(60))).filter((text) => text.startsWith("www"));
  assert(long!.endsWith("…") && 8.6 * long!.length < 290 - 12 - 6.8 * "silhouette 0.123".length);
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

/** A confusion matrix of documents that are all classified correctly but one. */
function confusionOf(classes: readonly string[], count: number) {
  const labels = classes.flatMap((_, c) => Array.from({ length: count }, () => c));
  const predictions = labels.map((label, i) => i === 0 ? classes.length - 1 : label);
  return confusionPlot(classification(labels, predictions, classes));
}

/** Width, height, sizes of type, and side of a cell. */
function measuresOf(svg: string) {
  const plot = parseFigure(svg);
  const [, cell] = plot.querySelectorAll("rect");
  const texts = plot.querySelector('[aria-label="text"]');
  return {
    width: Number(plot.querySelector("svg").getAttribute("width")),
    height: Number(plot.querySelector("svg").getAttribute("height")),
    cell: Number(cell.getAttribute("width")),
    counts: texts && Number(texts.getAttribute("font-size")),
    tilted: svg.includes("rotate(-60)"),
  };
}

Deno.test("confusionPlot() of few classes has no empty space and no large type", async () => {
  for (const classes of [["neg", "pos"], ["neg", "neutral", "pos"]]) {
    const { width, height, cell, counts, tilted } = measuresOf(confusionOf(classes, 30));
    assert(cell > 55 && cell < 64 && counts <= 14 && !tilted);
    // The matrix takes more than half the width and the height that is left of 12 px type.
    assert(classes.length * 64 > width / 2 && classes.length * 64 > height / 2);
  }
  const page = await reportHtml(data, reportFigures(data));
  assert(!/svg \{[^}]*[^-]width: 100%/.test(page), "no figure is drawn larger than it is");
});

Deno.test("confusionPlot() makes room for long names up to a limit, and tilts them", () => {
  const short = measuresOf(confusionOf(["a", "b"], 9));
  const long = measuresOf(confusionOf(["a", "b".repeat(24)], 9));
  assert(long.tilted && !short.tilted);
  assert(long.width - short.width > 24 * 6 - 7 && long.height > short.height + 100);
  const longest = confusionOf(["a", "x".repeat(500)], 9);
  assert(measuresOf(longest).width < 400);
  assert(textsOf(parseFigure(longest)).includes(`${"x".repeat(27)}…`));
  const wide = measuresOf(confusionOf(["a", "語".repeat(12)], 9));
  assertEquals(wide.width, long.width);
});

Deno.test("confusionPlot() of many classes stays readable, without counts where they are tiny", () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`);
  const twenty = measuresOf(confusionOf(names(20), 300));
  assert(twenty.counts >= 9 && twenty.width < 800);
  const sixty = measuresOf(confusionOf(names(60), 300));
  assertEquals(sixty.counts, null);
  assert(sixty.width < 1000);
  // A count of many digits gets smaller type rather than run over its cell.
  const large = measuresOf(confusionOf(["a", "b"], 100_000));
  assert(6 * 0.6 * large.counts <= large.cell);
});

Deno.test("the figures are the same bytes every time", () => {
  assertEquals(pcaPlot(data.panels, data.groups), pcaPlot(data.panels, data.groups));
  assertEquals(deletionPlot(data.deletion[0]), deletionPlot(data.deletion[0]));
});
