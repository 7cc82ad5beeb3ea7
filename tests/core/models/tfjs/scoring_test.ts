import { Coalitions, explain, isDifferentiable, isLayered, type Model } from "@heatword/core";
import { loadLayeredTfjsModel, loadTfjsModel, ScoringTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { withEnd } from "./_random_model.ts";
import {
  documentOf,
  drawWeights,
  predict,
  recurrentModel,
  savedFiles,
  tf,
  words,
} from "./_saved.ts";
import { close, document, embedding, rows, text } from "./_small.ts";

const recurrent = () => drawWeights(recurrentModel(), 10);

Deno.test("loadTfjsModel() lets explainers of scores work on layers that are not known", async () => {
  const lstm = recurrent();
  const model = await loadTfjsModel(await savedFiles(lstm), { classes: ["a", "b", "c"] });
  assert(model instanceof ScoringTfjsModel);
  assertEquals([isLayered(model), isDifferentiable(model)], [false, false]);
  assertEquals(model.limitation, 'layer "memory" is of type "LSTM" with activation "softsign"');
  const input = model.encode(document);
  const scores = [...model.scores(input)];
  close(withEnd(scores, "softmax"), predict(lstm, rows));
  const few = {
    "lime": { samples: 40 },
    "kernel-shap": { samples: 40 },
    "occlusion": {},
    "random": {},
  };
  for (const [name, options] of Object.entries(few)) {
    const { words: relevance, score } = await explain(name, model, input, 1, options);
    assertEquals(relevance.length, text.length);
    assert(relevance.every(Number.isFinite));
    assertAlmostEquals(score, scores[1]!, 1e-6);
  }
  await assertRejects(
    async () => await explain("lrp", model, input, 1),
    TypeError,
    'Explainer "lrp" needs layers, which this model lacks: layer "memory" is of type "LSTM"',
  );
  await assertRejects(
    async () => await explain("sa", model, input, 1),
    TypeError,
    'needs gradients, which this model lacks: layer "memory"',
  );
  model.dispose();
});

Deno.test("deleting a word makes its vector zero in models of scores too", async () => {
  const lstm = recurrent();
  const model = await loadTfjsModel(await savedFiles(lstm));
  assert(model instanceof ScoringTfjsModel);
  const input = model.encode(document);
  const deleted = model.scores(model.withoutWords(input, [2, 5]));
  const [table, ...others] = lstm.getWeights();
  // The same model with a word more, whose vector is zero.
  const longer = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: words.length + 1, outputDim: 4 }),
      tf.layers.lstm({ units: 3, activation: "softsign" }),
      tf.layers.dense({ units: 3 }),
    ],
  });
  longer.setWeights([tf.concat([table as tf.Tensor2D, tf.zeros<tf.Rank.R2>([1, 4])]), ...others]);
  const changed = rows.map((row, t) => t === 2 || t === 5 ? words.length : row);
  close(deleted, predict(longer, changed));
  const both = model.scores(input, Coalitions.without(input.length, [[2, 5], []]));
  assertEquals(both.length, 6);
  close(both.subarray(0, 3), deleted);
  close(both.subarray(3), model.scores(input));
  assertEquals([...model.encode(documentOf([])).rows], [-1]);
  model.dispose();
});

Deno.test("loadLayeredTfjsModel() names the layer that is not known", async () => {
  const cases: [tf.LayersModel, string][] = [[
    recurrent(),
    'Cannot show the layers of the model: layer "memory" is of type "LSTM"',
  ], [
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.conv1d({ filters: 2, kernelSize: 2, activation: "softsign", name: "bent" }),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.dense({ units: 2 }),
      ],
    }),
    'layer "bent" is of type "Conv1D" with activation "softsign"',
  ], [
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.dense({ units: 2, activation: "softmax", name: "early" }),
        tf.layers.dense({ units: 2 }),
      ],
    }),
    'layer "early" is of type "Dense" with activation "softmax"',
  ], [
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.reLU({ maxValue: 6, name: "capped" }),
        tf.layers.dense({ units: 2 }),
      ],
    }),
    'layer "capped" is of type "ReLU" with max_value 6',
  ]];
  const input = tf.input({ shape: [null] });
  const [one, other] = [embedding(), embedding()].map((layer) =>
    tf.layers.globalMaxPooling1d({}).apply(layer.apply(input)) as tf.SymbolicTensor
  );
  const added = tf.layers.add({ name: "sum" }).apply([one!, other!]);
  const beside = tf.layers.concatenate().apply([one!, other!]);
  for (
    const [output, message] of [
      [added, "words enter it through something else than one Embedding"],
      [beside, "words enter it through something else than one Embedding"],
    ] as const
  ) {
    const scores = tf.layers.dense({ units: 2 }).apply(output) as tf.SymbolicTensor;
    cases.push([tf.model({ inputs: input, outputs: scores }), message]);
  }
  for (const [model, message] of cases) {
    const files = await savedFiles(drawWeights(model, 3));
    await assertRejects(() => loadLayeredTfjsModel(files), TypeError, message);
    const scoring = await loadTfjsModel(files);
    assert(scoring instanceof ScoringTfjsModel);
    const scores = scoring.scores(scoring.encode(document));
    const end = message.includes("LSTM") ? "softmax" : "linear";
    close(withEnd(scores, end), predict(model, rows));
    scoring.dispose();
  }
});

Deno.test("loadTfjsModel() refuses models that give no row of scores", async () => {
  const everyWord = tf.sequential({
    layers: [embedding(), tf.layers.lstm({ units: 3, returnSequences: true })],
  });
  const filters = tf.sequential({
    layers: [embedding(), tf.layers.conv1d({ filters: 3, kernelSize: 1 })],
  });
  const input = tf.input({ shape: [null] });
  const pooled = tf.layers.globalMaxPooling1d({}).apply(embedding().apply(input));
  const two = [1, 2].map((units) => tf.layers.dense({ units }).apply(pooled) as tf.SymbolicTensor);
  const cases: [tf.LayersModel, string][] = [
    [everyWord, "not a row of scores"],
    [filters, "not a row of scores"],
    [tf.model({ inputs: input, outputs: two, name: "twofold" }), 'model "twofold" has 2 outputs'],
  ];
  for (const [model, message] of cases) {
    const files = await savedFiles(model);
    await assertRejects(() => loadTfjsModel(files), SyntaxError, message);
  }
});

/** Layers between the Embedding [T, 4] and the scores, of each kind that the library runs. */
const kinds: Readonly<Record<string, () => tf.layers.Layer[]>> = {
  SimpleRNN: () => [tf.layers.simpleRNN({ units: 3 })],
  LSTM: () => [tf.layers.lstm({ units: 3, returnSequences: true }), tf.layers.lstm({ units: 2 })],
  GRU: () => [tf.layers.gru({ units: 3 })],
  Bidirectional: () => [
    tf.layers.bidirectional({
      layer: tf.layers.lstm({ units: 2 }) as tf.RNN,
      mergeMode: "concat",
    }),
  ],
  "RNN of cells": () => [tf.layers.rnn({ cell: tf.layers.gruCell({ units: 2 }) })],
  TimeDistributed: () => [
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, activation: "tanh" }) }),
    tf.layers.globalMaxPooling1d({}),
  ],
  BatchNormalization: () => [
    tf.layers.batchNormalization({ axis: -1 }),
    tf.layers.globalAveragePooling1d({}),
  ],
  LayerNormalization: () => [
    tf.layers.layerNormalization(),
    tf.layers.globalAveragePooling1d({}),
  ],
  LeakyReLU: () => [tf.layers.leakyReLU({ alpha: 0.2 }), tf.layers.globalAveragePooling1d({})],
  PReLU: () => [tf.layers.globalAveragePooling1d({}), tf.layers.prelu()],
  ELU: () => [tf.layers.elu(), tf.layers.globalAveragePooling1d({})],
  ThresholdedReLU: () => [tf.layers.thresholdedReLU(), tf.layers.globalAveragePooling1d({})],
  Masking: () => [tf.layers.masking({ maskValue: 0 }), tf.layers.lstm({ units: 2 })],
  RepeatVector: () => [
    tf.layers.globalAveragePooling1d({}),
    tf.layers.repeatVector({ n: 3 }),
    tf.layers.permute({ dims: [2, 1] }),
    tf.layers.flatten(),
  ],
  "Conv1D, dilated": () => [
    tf.layers.conv1d({ filters: 2, kernelSize: 2, dilationRate: 2, activation: "selu" }),
    tf.layers.spatialDropout1d({ rate: 0.5 } as never),
    tf.layers.globalAveragePooling1d({}),
  ],
  ...Object.fromEntries(
    (["elu", "relu6", "softplus", "softsign", "swish", "mish", "hardSigmoid"] as const).map((
      name,
    ) => [
      `Dense with ${name}`,
      () => [
        tf.layers.dense({ units: 2, activation: name }),
        tf.layers.globalAveragePooling1d({}),
      ],
    ]),
  ),
};

/** Two embeddings of the same words, brought together. */
function mergedModel(
  merge: "add" | "multiply" | "average" | "maximum" | "minimum",
): tf.LayersModel {
  const input = tf.input({ shape: [null] });
  const parts = [1, 2].map(() =>
    tf.layers.globalAveragePooling1d({}).apply(embedding().apply(input)) as tf.SymbolicTensor
  );
  const outputs = tf.layers.dense({ units: 3 }).apply(tf.layers[merge]().apply(parts));
  return tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor });
}

/** Weights that are no variances below zero. */
function drawn(model: tf.LayersModel): tf.LayersModel {
  drawWeights(model, 4);
  model.setWeights(model.weights.map((weight) => {
    const values = weight.read();
    return /variance/.test(weight.name) ? values.abs() : values;
  }));
  return model;
}

Deno.test("whatever layers the library runs give its scores, whole and in batches", async () => {
  const models: Record<string, () => tf.LayersModel> = Object.fromEntries([
    ...Object.entries(kinds).map((
      [name, layers],
    ) => [
      name,
      () => tf.sequential({ layers: [embedding(), ...layers(), tf.layers.dense({ units: 3 })] }),
    ]),
    ...(["add", "multiply", "average", "maximum", "minimum"] as const)
      .map((merge) => [merge, () => mergedModel(merge)]),
  ]);
  for (const [name, make] of Object.entries(models)) {
    const original = drawn(make());
    const model: Model = await loadTfjsModel(await savedFiles(original));
    const input = model.encode(document);
    const expected = predict(original, rows);
    assert(expected.some((value) => value !== 0), name);
    close(await model.scores(input), expected);
    const both = await model.scores(input, Coalitions.without(input.length, [[], [1, 2], []]));
    close(both.slice(0, 3), expected);
    close(both.slice(3, 6), await model.scores(model.withoutWords(input, [1, 2])));
    close(both.slice(6), expected);
  }
});

Deno.test("layers that the library does not run are told in one line", async () => {
  const files = await savedFiles(drawn(recurrentModel()));
  const decoder = new TextDecoder();
  for (
    const [from, to, message] of [
      ['"LSTM"', '"MultiHeadAttention"', "Unknown layer: MultiHeadAttention"],
      ['"activation":"softsign"', '"activation":"gelu_exact"', "Unknown activation: geluExact"],
    ] as const
  ) {
    const json = decoder.decode(files.get("model.json")).replace(from, to);
    const changed = new Map(files).set("model.json", new TextEncoder().encode(json));
    const error = await assertRejects(() => loadTfjsModel(changed), SyntaxError, message);
    assertEquals((error as Error).message.includes("\n"), false);
  }
});

Deno.test("one sigmoid unit behind layers that are not known has a score for each of two classes", async () => {
  const original = drawWeights(
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.gru({ units: 3 }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    }),
    7,
  );
  const model: Model = await loadTfjsModel(await savedFiles(original), { classes: ["no", "yes"] });
  assertEquals(model.classes, ["no", "yes"]);
  const [no, yes] = await model.scores(model.encode(document));
  close([no! + yes!, 1 / (1 + Math.exp(no! - yes!))], [0, ...predict(original, rows)]);
});
