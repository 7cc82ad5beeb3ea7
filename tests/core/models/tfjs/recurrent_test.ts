import {
  Coalitions,
  explain,
  explainAll,
  isLinear,
  type Model,
  Random,
  shuffledWeights,
} from "@heatword/core";
import { readRecurrentHyperparameters, recurrentShapes } from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import { LayeredTfjsModel, loadTfjsModel } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { RecurrentTrainer } from "../../../../core/models/recurrent/training/_trainer.ts";
import { fixturesFolder, lacksFixtures, testWith } from "../../../_skip.ts";
import { drawWeights, jsonBytes, predict, savedFiles, tf, vocabulary, words } from "./_saved.ts";

type Symbol = tf.SymbolicTensor;
type Sizes = { readonly dimensions?: number; readonly maskZero?: boolean };

const embedding = ({ dimensions = 4, maskZero = false }: Sizes = {}) =>
  tf.layers.embedding({ inputDim: words.length, outputDim: dimensions, maskZero });

/** Layers one behind the other, from words to three scores. */
function network(layers: readonly tf.layers.Layer[], sizes: Sizes = {}): tf.LayersModel {
  const all = [embedding(sizes), ...layers, tf.layers.dense({ units: 3 })];
  return tf.sequential({ layers: all });
}

const both = (layer: unknown, mergeMode: "concat" | "sum" | "mul" | "ave") =>
  tf.layers.bidirectional({ layer: layer as tf.RNN, mergeMode });
const sequences = { returnSequences: true };

const { lstm, gru, simpleRNN } = tf.layers;
const known: Record<string, () => tf.LayersModel> = {
  "lstm": () => network([lstm({ units: 3 })]),
  "lstm, sigmoid, go backwards": () =>
    network([lstm({ units: 3, recurrentActivation: "sigmoid", goBackwards: true })]),
  "lstm, backwards sequences": () =>
    network([lstm({ units: 3, goBackwards: true, ...sequences }), lstm({ units: 2 })]),
  "lstm without biases": () => network([lstm({ units: 3, useBias: false })]),
  "gru": () => network([gru({ units: 3 })]),
  "gru, stacked": () => network([gru({ units: 3, ...sequences }), gru({ units: 2 })]),
  "simple, relu": () => network([simpleRNN({ units: 4, activation: "relu" })]),
  "simple, elu": () => network([simpleRNN({ units: 4, activation: "elu" })]),
  "both ways": () => network([both(lstm({ units: 3 }), "concat")]),
  "both ways, sum": () => network([both(gru({ units: 3 }), "sum")]),
  "both ways, mul": () =>
    network([both(lstm({ units: 3, ...sequences }), "mul"), gru({ units: 2 })]),
  "both ways, ave": () => network([both(simpleRNN({ units: 3 }), "ave")]),
  "both ways, pooled": () =>
    network([both(lstm({ units: 3, ...sequences }), "concat"), tf.layers.globalMaxPooling1d({})]),
  "convolution first": () =>
    network([
      tf.layers.conv1d({ filters: 4, kernelSize: 2, activation: "relu" }),
      lstm({ units: 3 }),
    ]),
  "normalised": () =>
    network([
      tf.layers.batchNormalization({}),
      tf.layers.conv1d({ filters: 4, kernelSize: 2 }),
      tf.layers.batchNormalization({}),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      lstm({ units: 3, ...sequences }),
      tf.layers.batchNormalization({ scale: false }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: 4 }),
      tf.layers.batchNormalization({ center: false }),
      tf.layers.elu(),
    ]),
  "time distributed": () =>
    network([
      lstm({ units: 3, ...sequences }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 4, activation: "relu" }) }),
      tf.layers.timeDistributed({ layer: tf.layers.batchNormalization({}) }),
      tf.layers.timeDistributed({ layer: tf.layers.dropout({ rate: 0.5 }) }),
      tf.layers.globalMaxPooling1d({}),
    ]),
  "residual": () => {
    const input = tf.input({ shape: [null] });
    const vectors = embedding().apply(input) as Symbol;
    const states = lstm({ units: 4, ...sequences }).apply(vectors) as Symbol;
    const added = tf.layers.add().apply([vectors, states]) as Symbol;
    const other = tf.layers.dense({ units: 4, activation: "tanh" }).apply(added) as Symbol;
    const product = tf.layers.multiply().apply([added, other]) as Symbol;
    const mean = tf.layers.average().apply([product, vectors, states]) as Symbol;
    const pooled = tf.layers.globalAveragePooling1d({}).apply(mean) as Symbol;
    const outputs = tf.layers.dense({ units: 3 }).apply(pooled) as Symbol;
    return tf.model({ inputs: input, outputs });
  },
};

const masked: Record<string, () => tf.LayersModel> = {
  "lstm": () => network([lstm({ units: 3 })], { maskZero: true }),
  "stacked": () =>
    network([lstm({ units: 3, ...sequences }), gru({ units: 2 })], { maskZero: true }),
  "both ways": () =>
    network([
      tf.layers.dropout({ rate: 0.2 }),
      both(lstm({ units: 3, ...sequences }), "concat"),
      both(simpleRNN({ units: 2 }), "sum"),
    ], { maskZero: true }),
};

/** As {@linkcode masked}, but a Masking says which rows are padding: those of twos, or of zeros. */
const masking: Record<string, readonly [number, () => tf.LayersModel]> = {
  "zeros": [
    0,
    () =>
      network([
        tf.layers.masking(),
        both(lstm({ units: 3, ...sequences }), "concat"),
        gru({ units: 2 }),
      ]),
  ],
  "twos": [2, () =>
    network([
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.masking({ maskValue: 2 }),
      lstm({ units: 3, ...sequences }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 4 }) }),
      gru({ units: 2 }),
    ])],
};

/** Draws weights, but variances that are none below 0. */
function drawn(model: tf.LayersModel, seed: number): tf.LayersModel {
  drawWeights(model, seed);
  const random = new Random(seed);
  for (const layer of model.layers) {
    const inner = (layer as unknown as { layer?: tf.layers.Layer }).layer ?? layer;
    if (inner.getClassName() !== "BatchNormalization") continue;
    const weights = layer.getWeights();
    const last = weights.at(-1)!;
    const variance = Float32Array.from({ length: last.size }, () => 0.2 + random.uniform());
    layer.setWeights([...weights.slice(0, -1), tf.tensor(variance, last.shape)]);
  }
  return model;
}

async function layered(model: tf.LayersModel): Promise<LayeredTfjsModel> {
  const loaded = await loadTfjsModel(await savedFiles(model));
  assert(loaded instanceof LayeredTfjsModel);
  return loaded;
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
  }
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const text = [3, 5, 2, 7, 7, 4, 11, 6];

for (const [name, make] of Object.entries(known)) {
  Deno.test(`a model of recurrent layers has the scores of tfjs as layers: ${name}`, async () => {
    for (const seed of [1, 2]) {
      const made = drawn(make(), seed);
      const model = await layered(made);
      for (const rows of [text, text.slice(0, 3), [4, 4]]) {
        close(model.scores(model.inputFromRows(rows)), predict(made, rows));
      }
      const input = model.inputFromRows(text);
      const coalitions = Coalitions.without(input.length, [[], [2], [0, 1, 5], [...text.keys()]]);
      const scores = model.scores(input, coalitions);
      for (let m = 0; m < coalitions.size; m++) {
        const alone = model.scores(model.withoutWords(input, coalitions.deleted(m)));
        assertEquals(scores.slice(3 * m, 3 * m + 3), alone);
      }
      const { words, score, keptByBiases = 0 } = await explain("lrp", model, input, 1);
      const scale = Math.max(1, ...words.map(Math.abs));
      assertAlmostEquals((sum(words) + keptByBiases) / scale, score / scale, 1e-5);
      const lifted = await explain("deeplift", model, input, 1);
      assertAlmostEquals(sum(lifted.words), lifted.expectedSum!, 1e-5 * scale);
      made.dispose();
    }
  });
}

for (const [name, make] of Object.entries(masked)) {
  Deno.test(`rows 0 are passed over where an Embedding says mask_zero: ${name}`, async () => {
    const made = drawn(make(), 3);
    const model = await layered(made);
    const short = text.slice(0, 4);
    for (const rows of [[0, 0, 0, ...short], [...short, 0, 0], [3, 0, 5, 0, 2, 7]]) {
      const input = model.inputFromRows(rows);
      close(model.scores(input), predict(made, rows));
      // A deleted word is no padding.
      const at = rows.indexOf(5);
      const deleted = model.withoutWords(input, [at]);
      close(
        model.scores(input, Coalitions.without(input.length, [[at]])),
        model.scores(deleted),
        1e-6,
      );
      const vectors = new Float64Array(input.vectors);
      vectors.fill(0, at * 4, (at + 1) * 4);
      close(model.scores(deleted), model.scores(model.withVectors(input, vectors)), 1e-6);
      for (const explainer of ["lrp", "sa", "gradient-input", "deeplift", "occlusion", "shapley"]) {
        const { words } = await explain(explainer, model, input, 0);
        rows.forEach((row, t) => assertEquals(words[t] === 0, row === 0, `${explainer} ${t}`));
      }
    }
    // What is passed over changes nothing.
    const alone = model.scores(model.inputFromRows(short));
    close(model.scores(model.inputFromRows([0, 0, ...short])), alone, 1e-6);
    made.dispose();
  });
}

for (const [name, [value, make]] of Object.entries(masking)) {
  Deno.test(`rows are passed over where a Masking says so: ${name}`, async () => {
    const made = drawn(make(), 4);
    const table = made.layers[0]!.getWeights()[0]!.dataSync().slice();
    for (const row of [0, 5]) table.fill(value, row * 4, row * 4 + 4);
    made.layers[0]!.setWeights([tf.tensor(table, [words.length, 4])]);
    const model = await layered(made);
    for (const rows of [[0, 0, ...text.slice(0, 4)], [3, 0, 5, 0, 2, 7], [2, 4, 0]]) {
      const input = model.inputFromRows(rows);
      close(model.scores(input), predict(made, rows));
      const at = rows.indexOf(2);
      const deleted = model.withoutWords(input, [at]);
      close(
        model.scores(input, Coalitions.without(input.length, [[at]])),
        model.scores(deleted),
        1e-6,
      );
      for (const explainer of ["lrp", "gradient-input", "occlusion"]) {
        const { words } = await explain(explainer, model, input, 0);
        rows.forEach((row, t) =>
          assertEquals(words[t] === 0, row === 0 || row === 5, `${explainer} ${t}`)
        );
      }
    }
    close(
      model.scores(model.inputFromRows([2, 5, 0, 3])),
      model.scores(model.inputFromRows([2, 3])),
      1e-6,
    );
  });
}

/** Layers that stand in two places each. */
function sharing(): tf.LayersModel {
  const input = tf.input({ shape: [null] });
  const vectors = embedding().apply(input) as Symbol;
  const [twice, rows] = [
    tf.layers.dense({ units: 4, activation: "tanh" }),
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 4 }) }),
  ];
  const once = rows.apply(twice.apply(vectors)) as Symbol;
  const again = rows.apply(twice.apply(lstm({ units: 4, ...sequences }).apply(once))) as Symbol;
  const pooled = tf.layers.globalAveragePooling1d({}).apply(again) as Symbol;
  return tf.model({
    inputs: input,
    outputs: tf.layers.dense({ units: 3 }).apply(pooled) as Symbol,
  });
}

/** What weights in TimeDistributed are called by versions of Keras: by the wrapper, both, or the layer. */
const nested: Record<string, (outer: string, inner: string) => string> = {
  "the wrapper": (outer) => outer,
  "both": (outer, inner) => `${outer}/${inner}`,
  "the layer": (_, inner) => inner,
};

/** Files of a model whose weights in TimeDistributed are called otherwise. */
async function calledOtherwise(
  made: tf.LayersModel,
  call: (outer: string, inner: string) => string,
) {
  const files = await savedFiles(made);
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const inner = new Map(made.layers.flatMap((layer) => {
    const { layer: own } = layer as unknown as { layer?: tf.layers.Layer };
    return layer.getClassName() === "TimeDistributed" ? [[layer.name, own!.name] as const] : [];
  }));
  for (const weight of json.weightsManifest[0].weights) {
    const [outer, ...rest] = weight.name.split("/");
    if (!inner.has(outer)) continue;
    weight.name = `${call(outer, inner.get(outer)!)}/${rest.at(-1)}`;
  }
  files.set("model.json", jsonBytes(json));
  return files;
}

const byWrapper = nested["the wrapper"]!;
for (
  const [name, make, call] of [
    ["in both directions", known["both ways, mul"]!, byWrapper],
    ["in branches", known["residual"]!, byWrapper],
    ...Object.entries(nested).flatMap(([name, call]) => [
      [`called by ${name}`, known["time distributed"]!, call] as const,
      [`in two places, called by ${name}`, sharing, call] as const,
    ]),
  ] as const
) {
  Deno.test(`weights are shuffled layer by layer: ${name}`, async () => {
    const made = drawn(make(), 2);
    const model = await loadTfjsModel(await calledOtherwise(made, call));
    assert(model instanceof LayeredTfjsModel);
    // Each layer once, wherever it stands and whatever its weights are called.
    const learned = made.layers.slice(1).filter((layer) =>
      layer.getClassName() !== "Embedding" && layer.weights.length > 0
    );
    assertEquals(model.weightedLayers, learned.length);
    const own = learned.map((layer) => layer.getWeights());
    const arrays = own.map((weights) => weights.map((one) => one.dataSync() as Float32Array));
    for (let layers = 0; layers <= learned.length; layers++) {
      const changed = shuffledWeights(arrays, new Random(5), layers);
      learned.forEach((layer, l) =>
        layer.setWeights(own[l]!.map((one, i) => tf.tensor(changed[l]![i]!, one.shape)))
      );
      const copy = model.withShuffledWeights(new Random(5), layers);
      close(copy.scores(copy.inputFromRows(text)), predict(made, text));
    }
    made.dispose();
  });
}

Deno.test("a separable convolution is the convolution that both of its steps make", async () => {
  // The library has none: what it should do is computed from the definition.
  const [width, D, M, filters, classes] = [2, 4, 2, 3, 3];
  const random = new Random(9);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const table = draw(words.length * D);
  const [depthwise, pointwise, bias] = [draw(width * D * M), draw(D * M * filters), draw(filters)];
  const [kernel, denseBias] = [draw(filters * classes), draw(classes)];
  const config = { name: "separable", kernel_size: [width], filters, depth_multiplier: M };
  const layers = [
    {
      class_name: "Embedding",
      config: {
        name: "words",
        input_dim: words.length,
        output_dim: D,
        batch_input_shape: [null, null],
      },
    },
    { class_name: "SeparableConv1D", config: { ...config, activation: "tanh" } },
    { class_name: "GlobalAveragePooling1D", config: { name: "mean" } },
    { class_name: "Dense", config: { name: "scores", units: classes } },
  ];
  const weights: [string, number[], Float32Array][] = [
    ["words/embeddings", [words.length, D], table],
    ["separable/depthwise_kernel", [width, D, M], depthwise],
    ["separable/pointwise_kernel", [1, D * M, filters], pointwise],
    ["separable/bias", [filters], bias],
    ["scores/kernel", [filters, classes], kernel],
    ["scores/bias", [classes], denseBias],
  ];
  const modelTopology = { class_name: "Sequential", config: { name: "model", layers } };
  const specs = weights.map(([name, shape]) => ({ name, shape, dtype: "float32" }));
  const bytes = weights.flatMap(([, , values]) => [...new Uint8Array(values.buffer)]);
  const json = {
    format: "layers-model",
    modelTopology,
    weightsManifest: [{ paths: ["w.bin"], weights: specs }],
  };
  const model = await loadTfjsModel(
    new Map([
      ["model.json", jsonBytes(json)],
      ["w.bin", Uint8Array.from(bytes)],
      ["vocabulary.json", jsonBytes(vocabulary)],
    ]),
  );
  assert(model instanceof LayeredTfjsModel);
  for (const rows of [text, text.slice(0, 2)]) {
    const pooled = new Float64Array(filters);
    for (let t = 0; t < rows.length - 1; t++) {
      const channels = Array.from({ length: D * M }, (_, i) => {
        const [d, m] = [Math.floor(i / M), i % M];
        return [0, 1].reduce(
          (sum, k) => sum + table[rows[t + k]! * D + d]! * depthwise[(k * D + d) * M + m]!,
          0,
        );
      });
      for (let f = 0; f < filters; f++) {
        const z = channels.reduce((sum, x, i) => sum + x * pointwise[i * filters + f]!, bias[f]!);
        pooled[f]! += Math.tanh(z) / (rows.length - 1);
      }
    }
    const expected = Array.from(
      { length: classes },
      (_, c) => pooled.reduce((sum, x, f) => sum + x * kernel[f * classes + c]!, denseBias[c]!),
    );
    const input = model.inputFromRows(rows);
    close(model.scores(input), expected);
    const { words: relevance, score, keptByBiases = 0 } = await explain("lrp", model, input, 1);
    assertAlmostEquals(sum(relevance) + keptByBiases, score, 1e-5);
  }
});

Deno.test("the gradient of a recurrent model is that of tfjs", async () => {
  const made = drawn(
    network([both(lstm({ units: 3, ...sequences }), "concat"), gru({ units: 2 })]),
    6,
  );
  const model = await layered(made);
  const input = model.inputFromRows(text);
  const [, ...behind] = made.layers;
  for (const c of [0, 2]) {
    const expected = tf.tidy(() =>
      tf.grad((x) => {
        const output = behind.reduce((at, layer) => layer.apply(at) as tf.Tensor, x);
        return output.slice([0, c], [1, 1]).asScalar();
      })(tf.tensor3d([...input.vectors], [1, text.length, 4])).dataSync()
    );
    close(model.gradient(input, Float32Array.from([0, 1, 2], (k) => k === c ? 1 : 0)), expected);
  }
});

Deno.test("the gradient by the weights that training takes is that of tfjs", async () => {
  const [T, D, units, texts] = [7, 4, 5, 3];
  const hyperparameters = readRecurrentHyperparameters({
    ...{ units, bidirectional: true, batch: texts },
    ...{ dropout: 0, wordDropout: 0, labelSmoothing: 0 },
  });
  const random = new Random(3);
  const values = Float32Array.from({ length: 9 * D }, () => random.normal());
  const documents = Array.from({ length: texts }, (_, i) => ({
    rows: Array.from({ length: T }, () => random.below(9)),
    label: i,
  }));
  for (const readout of ["max", "mean"] as const) {
    const layer = lstm({ units, recurrentActivation: "sigmoid", ...sequences });
    const dense = tf.layers.dense({ units: 3 });
    const pool = readout === "max"
      ? tf.layers.globalMaxPooling1d({})
      : tf.layers.globalAveragePooling1d({});
    const input = tf.input({ shape: [T, D] });
    const outputs = [both(layer, "concat"), pool, dense]
      .reduce((at: Symbol, layer) => layer.apply(at) as Symbol, input);
    const model = drawWeights(tf.model({ inputs: input, outputs }), 5);
    const names = recurrentShapes({ ...hyperparameters, readout, dimensions: D, classes: 3 })
      .map(([name]) => name);
    const shape = { ...hyperparameters, readout, dimensions: D, classes: 3 };
    const weights = names.map((name, i) => [name, model.getWeights()[i]!.dataSync()] as const);
    const trainer = await RecurrentTrainer.start(
      plainVectors(values, D),
      shape,
      { ...hyperparameters, readout },
      1,
    );
    trainer.weights = Object.fromEntries(weights);
    const { gradient, loss } = trainer.gradient(documents, documents.map((_, i) => new Random(i)));
    trainer.stop();
    const words = documents.flatMap(({ rows }) =>
      rows.flatMap((row) => [...values.subarray(row * D, (row + 1) * D)])
    );
    const labels = tf.oneHot(tf.tensor1d(documents.map(({ label }) => label), "int32"), 3);
    const { value, grads } = tf.variableGrads(() => {
      const scores = model.apply(tf.tensor3d(words, [texts, T, D])) as tf.Tensor2D;
      return tf.losses.softmaxCrossEntropy(labels, scores).asScalar();
    }, model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val));
    assertEquals(model.trainableWeights.length, names.length);
    assertAlmostEquals(loss, value.dataSync()[0]!, 1e-5);
    model.trainableWeights.forEach((weight, i) => {
      const { name } = (weight as unknown as { val: tf.Variable }).val;
      close(gradient[names[i]!]!, grads[name]!.dataSync());
    });
  }
});

Deno.test("what has no counterpart among recurrent layers is named", async () => {
  const input = tf.input({ batchShape: [1, 5] });
  const stateful = lstm({ units: 3, stateful: true, name: "memory" });
  const scores = tf.layers.dense({ units: 3 })
    .apply(stateful.apply(embedding().apply(input)) as Symbol) as Symbol;
  const cases: [tf.LayersModel, string][] = [
    [network([lstm({ units: 3, activation: "mish", name: "memory" })]), 'activation "mish"'],
    [
      tf.model({ inputs: input, outputs: scores }),
      'layer "memory" is of type "LSTM" with stateful',
    ],
    [
      network([
        tf.layers.conv1d({ filters: 2, kernelSize: 1, name: "windows" }),
        lstm({ units: 3 }),
      ], {
        maskZero: true,
      }),
      'layer "windows" is of type "Conv1D" with an input of which rows are padding, by mask_zero or Masking',
    ],
  ];
  for (const [made, message] of cases) {
    const files = await savedFiles(drawWeights(made, 1));
    const { limitation }: Model = await loadTfjsModel(files);
    assert(limitation?.includes(message), limitation);
  }
  const files = await savedFiles(drawWeights(network([lstm({ units: 3, name: "memory" })]), 1));
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const spec = json.weightsManifest[0].weights
    .find(({ name }: { name: string }) => name.endsWith("recurrent_kernel"));
  spec.shape = [2, 18];
  files.set("model.json", new TextEncoder().encode(JSON.stringify(json)));
  await assertRejects(
    () => loadTfjsModel(files),
    SyntaxError,
    'weight "memory/recurrent_kernel" has shape [2, 18], not [3, 12]',
  );
});

for (const name of ["model_bilstm", "model_gru_keras3"]) {
  testWith(
    lacksFixtures(`recurrent/${name}`),
    `a folder of Keras with recurrent layers has the reference answers: ${name}`,
    async () => {
      const folder = `${fixturesFolder}/recurrent/${name}`;
      const model = await loadTfjsModel(folder);
      assert(model instanceof LayeredTfjsModel);
      const { texts } = JSON.parse(await Deno.readTextFile(`${folder}/expected.json`));
      for (const expected of texts) {
        const document = model.read(expected.text);
        const input = model.encode(document);
        assertEquals([...input.rows!], expected.rows);
        close(model.scores(input), expected.scores);
        const targets = model.classes.map((_, c) => c);
        const agree = async (explainer: string, options: object, answer: number[][]) => {
          const found = await explainAll(explainer, model, input, targets, { ...options });
          found.forEach(({ words }, c) => close(words, answer[c]!, 1e-4));
        };
        await agree("gradient-input", {}, expected.gradient_x_input.words);
        await agree("sa", {}, expected.sensitivity.words);
        await agree("occlusion", {}, expected.occlusion);
        if (expected.shapley) await agree("shapley", {}, expected.shapley);
        for (const bias of ["share", "absorb"]) {
          for (const [epsilon, rules] of Object.entries(expected.lrp[bias])) {
            const { all } = rules as { all: { words: number[][] } };
            await agree("lrp", { bias, epsilon: Number(epsilon) }, all.words);
          }
        }
      }
    },
  );
}

Deno.test("shuffled weights of layers are the same numbers elsewhere, from the words on", async () => {
  const layers = [both(lstm({ units: 3 }), "concat"), tf.layers.dense({ units: 4 })];
  const files = await savedFiles(drawWeights(network(layers), 7));
  const model = await loadTfjsModel(files) as LayeredTfjsModel;
  assertEquals(model.weightedLayers, 3);
  const input = model.inputFromRows([3, 4, 5, 6]);
  const scoresOf = (other: Model) => {
    const copy = other as LayeredTfjsModel;
    return [...copy.scores(copy.inputFromRows([3, 4, 5, 6]))];
  };
  const before = [...model.scores(input)];
  assertEquals(scoresOf(model.withShuffledWeights(new Random(1), 0)), before);
  const first = scoresOf(model.withShuffledWeights(new Random(1), 1));
  const all = scoresOf(model.withShuffledWeights(new Random(1)));
  assertNotEquals(first, before);
  assertNotEquals(all, first);
  assertEquals(scoresOf(model.withShuffledWeights(new Random(1))), all);
  assertEquals([...model.scores(input)], before);
  // Each array keeps its numbers: shuffled, all biases of the last layer are still there.
  const last = (of: LayeredTfjsModel) => {
    const layer = of.layers.at(-1)!;
    return isLinear(layer) ? layer.bias : [];
  };
  const copy = model.withShuffledWeights(new Random(1)) as LayeredTfjsModel;
  assertEquals([...last(copy)].sort(), [...last(model)].sort());
});
