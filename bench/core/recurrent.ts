/**
 * What the explainers that only ask for scores cost on a recurrent TensorFlow.js model, which the
 * library runs: an LSTM of 16 units on vectors of 16 numbers, and texts of 10 words.
 *
 *     deno run -A bench/core/recurrent.ts [--samples N] [--rounds N]
 *
 * LIME and KernelSHAP take N samples, sampled Shapley values a tenth of that in permutations. It runs on older
 * versions of the packages too, from a copy outside of the repository:
 *
 *     deno run -A --config OLDER/deno.json COPY.ts --samples 40
 *
 * @module
 */
import process from "node:process";
import { explain, type Model, Random } from "@heatword/core";
import { loadTfjsModel } from "@heatword/core/tfjs";
import { deletionFlags } from "@heatword/eval/deletion";
import "@heatword/explainers";
import { parseArgs } from "@std/cli/parse-args";
import * as tf from "@tensorflow/tfjs";

const WORDS = 10;
const args = parseArgs(Deno.args, { string: ["samples", "rounds"] });
const samples = Number(args.samples ?? 1000);
const rounds = Number(args.rounds ?? 20);

/** The model as its files, with drawn weights. */
async function drawnFiles(): Promise<Map<string, Uint8Array>> {
  const made = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 50, outputDim: 16 }),
      tf.layers.lstm({ units: 16 }),
      tf.layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  const random = new Random(1);
  made.setWeights(
    made.getWeights().map(({ size, shape }) =>
      tf.tensor(Float32Array.from({ length: size }, () => random.normal() / 2), shape)
    ),
  );
  const files = new Map<string, Uint8Array>();
  const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
  await made.save(tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData }) => {
    const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
    files.set("model.json", bytes({ format: "layers-model", modelTopology, weightsManifest }));
    files.set("weights.bin", new Uint8Array(weightData as ArrayBuffer));
    const saved = { dateSaved: new Date(0), modelTopologyType: "JSON" as const };
    return Promise.resolve({ modelArtifactsInfo: saved });
  }));
  const vocabulary = Array.from({ length: 50 }, (_, row) => [`w${row}`, row] as const);
  return files.set("vocabulary.json", bytes(Object.fromEntries(vocabulary)));
}

// The model chooses its backend when it is loaded.
await tf.setBackend("cpu");
const files = await drawnFiles();
tf.removeBackend("cpu");
const model = await loadTfjsModel(files) as Model;
const tokens = Array.from({ length: WORDS }, (_, t) => ({
  text: `w${3 * t + 1}`,
  start: 4 * t,
  end: 4 * t + 3,
}));
const input = model.encode({ text: tokens.map(({ text }) => text).join(" "), tokens });
const backward = Array.from({ length: WORDS }, (_, t) => WORDS - 1 - t);
const tasks: Record<string, () => unknown> = {
  "occlusion": () => explain("occlusion", model, input, 0),
  "lime": () => explain("lime", model, input, 0, { samples }),
  "kernel-shap": () => explain("kernel-shap", model, input, 0, { samples }),
  "sampled-shapley": () =>
    explain("sampled-shapley", model, input, 0, { permutations: Math.ceil(samples / 10) }),
  "deletion curves": () =>
    deletionFlags(model, input, 0, [backward, [...backward].reverse()], WORDS),
};

console.log(`backend ${tf.getBackend()}, ${samples} samples; processor time, ms`);
await model.scores(input);
for (const [name, act] of Object.entries(tasks)) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  console.log(`${name.padEnd(16)} ${best.toFixed(1).padStart(9)}`);
}
