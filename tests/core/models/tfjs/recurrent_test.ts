import { Coalitions, explain, explainAll, isLinear, type Model, Random } from "@heatword/core";
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
import { fixturesFolder, lacksFixtures, testWith } from "../../../_skip.ts";
import { drawWeights, predict, savedFiles, tf, words } from "./_saved.ts";

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

/** Draws weights, but variances that are none below 0. */
function drawn(model: tf.LayersModel, seed: number): tf.LayersModel {
  drawWeights(model, seed);
  const random = new Random(seed);
  for (const layer of model.layers) {
    if (layer.getClassName() !== "BatchNormalization") continue;
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
      'layer "windows" is of type "Conv1D" with an input of which rows are padding, by mask_zero',
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
