/**
 * What explaining a network after Kim 2014 costs by what its filters won on, and by its layers: 100
 * filters each of widths 3, 4 and 5 on vectors of 300 numbers, 20 classes, loaded from TensorFlow.js,
 * and texts of 200 words.
 *
 *     deno run -A bench/core/kim.ts [--length T] [--texts N]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { explain, Random } from "@heatword/core";
import { loadLayeredTfjsModel } from "@heatword/core/tfjs";
import { networkModel } from "@heatword/explainers/check";
import "@heatword/explainers";
import { kimFiles } from "../../tests/core/models/tfjs/_kim_files.ts";
import { timePer } from "./_measure.ts";

const args = parseArgs(Deno.args, { string: ["length", "texts"] });
const [length, count] = [Number(args.length ?? 200), Number(args.texts ?? 40)];
const sizes = {
  widths: [3, 4, 5],
  filters: 100,
  dimensions: 300,
  classes: 20,
  words: 2000,
  scale: 0.1,
};
const files = kimFiles(sizes, 1);
const model = await loadLayeredTfjsModel(files);
const { classes, layers, dimensions } = model;
const slow = networkModel({ classes, layers, dimensions, minLength: 5, vectorOf: () => undefined });
const random = new Random(2);
const inputs = Array.from(
  { length: count },
  () => model.inputFromRows(Array.from({ length }, () => random.below(sizes.words))),
);
const few = inputs.slice(0, 2);

/** Milliseconds a text: at first, with words that were not met before; after that; by the layers. */
async function row(
  what: string,
  act: (m: typeof model | typeof slow, i: typeof inputs[0]) => unknown,
) {
  const fresh = await loadLayeredTfjsModel(files);
  await act(fresh, fresh.inputFromRows([1]));
  const first = await timePer(few.slice(0, 1), (input) => act(fresh, input), 1);
  await timePer(inputs, (input) => act(model, input), 1);
  const fast = await timePer(inputs, (input) => act(model, input));
  const plain = await timePer(few, (input) => act(slow, input), 2);
  const cells = [first, fast, plain].map((value) => value.toPrecision(3));
  const ratios = [plain / first, plain / fast].map((value) => value.toPrecision(2));
  console.log(`| ${[what, ...cells, ...ratios].join(" | ")} |`);
}

console.log(
  `| ${length} words | new words ms | known words ms | layers ms | layers ÷ new | layers ÷ known |`,
);
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
await row("scores", (model, input) => model.scores(input));
for (const name of ["lrp", "deeplift", "integrated-gradients", "gradient-input"]) {
  await row(name, (model, input) => explain(name, model, input, 0, { detail: "words" }));
}
const short = model.inputFromRows([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const shapley = async (of: typeof model | typeof slow) => {
  const before = performance.now();
  await explain("shapley", of, short, 0);
  return performance.now() - before;
};
console.log(`\nExact Shapley values of 11 words: ${(await shapley(model)).toFixed(0)} ms`);

/** Texts of which every fourth word is unknown. */
const documents = Array.from({ length: count }, () => {
  const tokens = Array.from({ length }, (_, t) => ({
    text: t % 4 === 3 ? "unknown" : `word${1 + random.below(sizes.words - 1)}`,
    start: 10 * t,
    end: 10 * t + 9,
  }));
  return { text: " ".repeat(10 * length), tokens };
});
for (const unknown of [1, "drop"] as const) {
  const reading = await loadLayeredTfjsModel(files, { unknown });
  const read = documents.map((document) => reading.encode(document));
  const act = (input: typeof read[0]) => explain("lrp", reading, input, 0, { detail: "words" });
  await timePer(read, act, 1);
  const time = (await timePer(read, act)).toPrecision(3);
  const how = unknown === "drop" ? "left out" : "words of one row";
  console.log(`lrp of texts a quarter of whose words are unknown, ${how}: ${time} ms`);
}
