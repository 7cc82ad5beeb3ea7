/**
 * Prints what an explanation of an ONNX model costs beside the model's own batches: the same rows of
 * tokens, sorted by their length and filled up to that of the longest in batches of 32. Processor time,
 * the least of five rounds each, one after the other.
 *
 *     deno run -A bench/core/onnx.ts FOLDER
 *
 * @module
 */
import { explain } from "@heatword/core";
import { loadOnnxModel } from "@heatword/core/onnx";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import process from "node:process";
import { openSession } from "../../core/models/onnx/_session.ts";

const WORDS = 100;
const ROUNDS = 5;
const BATCH = 32;

/** Processor time, in milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The ids that a name of {@linkcode OnnxInput.known} stands for. */
const idsOf = (name: string) =>
  Int32Array.from({ length: name.length / 2 }, (_, i) => {
    return name.charCodeAt(2 * i) << 16 | name.charCodeAt(2 * i + 1);
  });

const [folder] = Deno.args;
if (folder === undefined) throw new Error("Name the folder of a model");
const words = "the shuttle will carry a new engine and the doctor said my bike is not in orbit"
  .split(" ");
const text = Array.from({ length: WORDS }, (_, i) => words[i * 7 % words.length]).join(" ");
const session = await openSession({
  file: "model.onnx",
  bytes: await Deno.readFile(`${folder}/onnx/model.onnx`),
  pad: 0,
});
const model = await loadOnnxModel(folder);

console.log("explainer     texts   ms   bare   ratio");
for (
  const [name, options] of [
    ["occlusion", {}],
    ["lime", { samples: 1000 }],
    ["kernel-shap", { samples: 1000 }],
  ] as const
) {
  let [own, bare, texts] = [Infinity, Infinity, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const input = model.encode(model.read(text));
    own = Math.min(own, await timed(() => explain(name, model, input, 0, options)));
    const rows = [...input.known.keys()].map(idsOf).toSorted((a, b) => a.length - b.length);
    texts = rows.length;
    const time = await timed(async () => {
      for (let i = 0; i < rows.length; i += BATCH) await session.run(rows.slice(i, i + BATCH));
    });
    bare = Math.min(bare, time);
  }
  const cells = [texts, own.toFixed(0), bare.toFixed(0), (own / bare).toFixed(2)];
  console.log(name.padEnd(12), cells.map((cell) => String(cell).padStart(6)).join(" "));
}
await model.close();
await session.close();
