/**
 * Prints what explaining costs against the length of a text, the vocabulary, the number of filters
 * and the number of workers, as tables, and draws it. Beside the fast path stand the layers computed
 * one after the other, measured in the same run, and the bound: the bytes that a forward pass has to
 * read over the bandwidth that copying reaches on this machine.
 *
 *     deno task bench:scale [--out FILE.svg]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { writeFileAtomically } from "@heatword/core/files";
import { madeModel, madeTexts, madeVectors, paperSizes } from "./_made.ts";
import { bytesRead, copyBandwidth, type Costs, measure } from "./_measure.ts";
import { drawScale, type Series } from "./_scale_plot.ts";
import { timeInWorkers } from "./_workers.ts";

const base = { ...paperSizes, words: 20_000 };
const bandwidth = await copyBandwidth();

const significant = (value: number) => Number(value.toPrecision(3)).toLocaleString("en");

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  console.log([head, head.map(() => "---:"), ...rows].map(line).join("\n") + "\n");
}

function report(title: string, variable: string, points: readonly (readonly [number, Costs])[]) {
  console.log(`## ${title}\n`);
  printTable(
    [
      variable,
      "projection µs/word",
      "forward ms",
      "LRP ms",
      "LRP, 20 classes ms",
      "SA ms",
      "deletion µs",
      "layers: forward ms",
      "layers: LRP ms",
      "bound ms",
      "forward ÷ bound",
      "layers ÷ fast, LRP",
    ],
    points.map(([x, costs]) =>
      [
        x,
        costs.projection,
        costs.forward,
        costs.lrp,
        costs.lrpAll,
        costs.sa,
        costs.deletion,
        costs.layersForward,
        costs.layersLrp,
        costs.bound,
        costs.forward / costs.bound,
        costs.layersLrp / costs.lrp,
      ].map(significant)
    ),
  );
  const lines: Series["lines"] = [
    { name: "layers, LRP", values: points.map(([x, { layersLrp }]) => [x, layersLrp]) },
    { name: "LRP, 20 classes", values: points.map(([x, { lrpAll }]) => [x, lrpAll]) },
    { name: "forward", values: points.map(([x, { forward }]) => [x, forward]) },
    { name: "bound", values: points.map(([x, { bound }]) => [x, bound]) },
  ];
  return { title, variable, lines };
}

async function vary(values: readonly number[], costs: (value: number) => Promise<Costs>) {
  const points: [number, Costs][] = [];
  for (const value of values) {
    console.error(`Measuring ${value}`);
    points.push([value, await costs(value)]);
  }
  return points;
}

const { out } = parseArgs(Deno.args, { string: ["out"], default: { out: "out/bench/scale.svg" } });
console.log(
  `Copying reaches ${significant(bandwidth / 1e9)} GB/s on one thread. ` +
    `Unless something else is said: texts of 200 words, ${base.words.toLocaleString("en")} words ` +
    "in the vocabulary, 800 filters, 300 numbers a word, 20 classes, one thread. Times are processor " +
    "time, so that other programs disturb them less; those of several workers are by the clock.\n",
);
const series = [
  report(
    "Length of the text",
    "words",
    await vary([25, 50, 100, 200, 400], (length) => measure(base, length, bandwidth)),
  ),
  report(
    "Vocabulary",
    "words in the vocabulary",
    await vary(
      [1_000, 5_000, 20_000, 80_000],
      (words) => measure({ ...base, words }, 200, bandwidth),
    ),
  ),
  report(
    "Filters",
    "filters",
    await vary(
      [100, 200, 400, 800, 1600, 3200],
      (filters) => measure({ ...base, filters, words: 5_000 }, 200, bandwidth),
    ),
  ),
];

const model = madeModel(base, madeVectors(base));
const texts = madeTexts(2000, 200, base.words);
const max = navigator.hardwareConcurrency;
const counts = [1, 2, 4, 8, 16].filter((count) => count <= Math.max(2, max));
const times: [number, number][] = [];
for (const count of counts) {
  console.error(`Measuring ${count} workers`);
  const { best } = await timeInWorkers(model, texts, count);
  times.push([count, best.clock / texts.length]);
}
const bound = bytesRead(200, base.filters) / bandwidth * 1000;
console.log(`## Workers\n\nLRP for 20 classes, this machine has ${max} processors.\n`);
printTable(
  ["workers", "ms a text", "times as fast as one"],
  times.map(([count, time]) => [count, time, times[0]![1] / time].map(significant)),
);
series.push({
  title: "Workers",
  variable: "workers",
  lines: [
    { name: "LRP, 20 classes", values: times },
    { name: "bound", values: counts.map((count) => [count, bound]) },
  ],
});
await writeFileAtomically(out, drawScale(series));
console.error(`Drawn to ${out}`);
