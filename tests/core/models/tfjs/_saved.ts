import { type Document, Random } from "@heatword/core";
import * as tf from "@tensorflow/tfjs";

export { tf };

// The plain backend is there at once and has every operation.
tf.enableProdMode();
await tf.setBackend("cpu");

/** Words of the test models; the row of a word is its place. */
export const words = [
  "<pad>",
  "<unk>",
  ..."the a ride was long but engines never stop at sea".split(" "),
];

/** Their rows. */
export const vocabulary: Record<string, number> = Object.fromEntries(
  words.map((word, row) => [word, row]),
);

/** Gives all weights of a model values drawn from a normal distribution. */
export function drawWeights(model: tf.LayersModel, seed: number, scale = 0.5): tf.LayersModel {
  const random = new Random(seed);
  model.setWeights(
    model.getWeights().map((weight) => {
      const values = Float32Array.from({ length: weight.size }, () => random.normal() * scale);
      return tf.tensor(values, weight.shape);
    }),
  );
  return model;
}

/** The bytes of a JSON file. */
export function jsonBytes(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}

/** What tfjs saves of a model, as files in the way its own file and HTTP handlers lay them out. */
export async function savedFiles(
  model: tf.LayersModel,
  beside: Record<string, unknown> = { "vocabulary.json": vocabulary },
): Promise<Map<string, Uint8Array>> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const },
    });
  }));
  const { modelTopology, format, generatedBy, convertedBy, weightSpecs, weightData } = saved!;
  const data = new Uint8Array(weightData as ArrayBuffer);
  const half = data.length >> 1;
  const paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"];
  return new Map([
    [
      "model.json",
      jsonBytes({
        format,
        generatedBy,
        convertedBy,
        modelTopology,
        weightsManifest: [{ paths, weights: weightSpecs }],
      }),
    ],
    [paths[0]!, data.slice(0, half)],
    [paths[1]!, data.slice(half)],
    ...Object.entries(beside).map(([name, json]) => [name, jsonBytes(json)] as const),
  ]);
}

/** What tfjs predicts for rows of the Embedding. */
export function predict(model: tf.LayersModel, rows: readonly number[]): number[] {
  return tf.tidy(() => {
    const output = model.predict(tf.tensor2d([...rows], [1, rows.length], "int32")) as tf.Tensor;
    return [...output.dataSync()];
  });
}

/** A document of some words. */
export function documentOf(list: readonly string[]): Document {
  let start = 0;
  const tokens = list.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: list.join(" "), tokens };
}

/** A network after Kim 2014: filters of several widths side by side. */
export function kimModel(
  { widths = [2, 3, 4], filters = 5, dimensions = 6, classes = 3, length = null as number | null } =
    {},
): tf.LayersModel {
  const input = tf.input({ shape: [length] });
  const vectors = tf.layers.embedding({ inputDim: words.length, outputDim: dimensions })
    .apply(input) as tf.SymbolicTensor;
  const pooled = widths.map((kernelSize) => {
    const convolved = tf.layers.conv1d({ filters, kernelSize, activation: "relu" }).apply(vectors);
    return tf.layers.globalMaxPooling1d({}).apply(convolved) as tf.SymbolicTensor;
  });
  const joined = tf.layers.concatenate().apply(pooled) as tf.SymbolicTensor;
  const dropped = tf.layers.dropout({ rate: 0.5 }).apply(joined);
  const output = tf.layers.dense({ units: classes, activation: "softmax" }).apply(dropped);
  return tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
}

/** A model with a layer that has no counterpart. */
export function recurrentModel(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: words.length, outputDim: 4 }),
      tf.layers.lstm({ units: 3, name: "memory", activation: "softsign" }),
      tf.layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
}
