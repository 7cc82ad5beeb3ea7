import { explain, isDifferentiable, isLayered } from "@heatword/core";
import { loadLayeredTfjsModel, loadTfjsModel, ScoringTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { withEnd } from "./_random_model.ts";
import {
  documentOf,
  drawWeights,
  jsonBytes,
  kimModel,
  predict,
  recurrentModel,
  savedFiles,
  tf,
  vocabulary,
  words,
} from "./_saved.ts";

const text = "the ride was long but engines never stop".split(" ");
const rows = text.map((word) => vocabulary[word]!);
const document = documentOf(text);
const embedding = (inputLength?: number) =>
  tf.layers.embedding({
    inputDim: words.length,
    outputDim: 4,
    ...(inputLength !== undefined && { inputLength }),
  });

function close(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) assertAlmostEquals(actual[i]!, expected[i]!, 1e-5);
}

const smallModel = (last: Record<string, unknown> = {}, units = 3) =>
  drawWeights(
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.conv1d({ filters: 3, kernelSize: 2, activation: "relu" }),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.dense({ units, ...last }),
      ],
    }),
    5,
  );

Deno.test("loadTfjsModel() reads a folder, and names its classes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const names = ["one", "two", "three"];
    const tiny = smallModel();
    const files = await savedFiles(tiny, {
      "vocabulary.json": vocabulary,
      "classes.json": names,
      "text.json": { unknown: null },
    });
    for (const [name, content] of files) await Deno.writeFile(`${folder}/${name}`, content);
    for (const place of [folder, `${folder}/`, new URL(`file://${folder}`)]) {
      const model = await loadLayeredTfjsModel(place);
      assertEquals(model.classes, names);
      close(model.scores(model.encode(document)), predict(tiny, rows));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadTfjsModel() looks words up as they are, then in lower case, then as unknown", async () => {
  const files = await savedFiles(smallModel());
  const encode = async (
    list: string[],
    options = {},
  ) => [...(await loadLayeredTfjsModel(files, options)).encode(documentOf(list)).rows!];
  const list = ["RIDE", "zeppelin", "the", "__proto__", "constructor"];
  assertEquals(await encode(list), [vocabulary.ride!, 1, vocabulary.the!, 1, 1]);
  assertEquals(await encode(list, { unknown: null }), [
    vocabulary.ride!,
    -1,
    vocabulary.the!,
    -1,
    -1,
  ]);
  assertEquals(await encode(["x", "Y"], { vocabulary: { x: 4, y: 5 }, unknown: 7 }), [4, 5]);
  assertEquals(await encode(["Z", "y"], { vocabulary: new Map([["y", 5]]), unknown: 7 }), [7, 5]);
});

Deno.test("loadTfjsModel() fills up and cuts texts for models of a fixed length", async () => {
  const length = 10;
  const tiny = drawWeights(
    tf.sequential({
      layers: [
        embedding(length),
        tf.layers.conv1d({ filters: 3, kernelSize: 3, activation: "tanh" }),
        tf.layers.maxPooling1d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: "softmax" }),
      ],
    }),
    6,
  );
  const files = await savedFiles(tiny);
  const model = await loadLayeredTfjsModel(files);
  assertEquals(model.maxWords, length);
  const short = model.encode(document);
  assertEquals([...short.rows!], [...rows, 0, 0]);
  close(withEnd(model.scores(short), "softmax"), predict(tiny, [...rows, 0, 0]));
  const long = model.encode(documentOf([...text, ...text]));
  assertEquals([...long.rows!], [...rows, ...rows].slice(0, length));
  close(withEnd(model.scores(long), "softmax"), predict(tiny, [...rows, rows[0]!, rows[1]!]));
  assertThrows(() => model.inputFromRows(new Array(11).fill(1)), RangeError, "the model takes 10");
  const zero = await loadLayeredTfjsModel(files, { padding: null });
  assertEquals([...zero.encode(document).rows!], [...rows, -1, -1]);

  // Before the words, padding moves them: only the library itself can do that.
  const turned = await loadTfjsModel(files, { paddingSide: "pre" });
  assert(turned instanceof ScoringTfjsModel);
  close(withEnd(turned.scores(turned.encode(document)), "softmax"), predict(tiny, [0, 0, ...rows]));
  turned.dispose();
});

Deno.test("loadTfjsModel() takes a softmax or sigmoid off the end, wherever it stands", async () => {
  for (const end of ["softmax", "sigmoid", "linear"] as const) {
    const inDense = smallModel({ activation: end });
    const alone = drawWeights(
      tf.sequential({
        layers: [
          embedding(),
          tf.layers.globalAveragePooling1d({}),
          tf.layers.dense({ units: 3 }),
          end === "softmax" ? tf.layers.softmax() : tf.layers.activation({ activation: end }),
        ],
      }),
      7,
    );
    for (const tiny of [inDense, alone]) {
      const model = await loadLayeredTfjsModel(await savedFiles(tiny));
      close(withEnd(model.scores(model.encode(document)), end), predict(tiny, rows));
      assert(model.layers.every(({ name }) => !/softmax|sigmoid/i.test(name)));
    }
  }
});

Deno.test("loadTfjsModel() makes two scores of one output when two classes are named", async () => {
  for (const activation of ["sigmoid", "linear"] as const) {
    for (const useBias of [true, false]) {
      const tiny = smallModel({ activation, useBias }, 1);
      const files = await savedFiles(tiny);
      const model = await loadLayeredTfjsModel(files, { classes: ["no", "yes"] });
      const [no, yes] = model.scores(model.encode(document));
      assertEquals(no, -yes!);
      const expected = predict(tiny, rows)[0]!;
      assertAlmostEquals(withEnd([yes! - no!], activation)[0]!, expected, 1e-5);
      const one = await loadLayeredTfjsModel(files);
      assertEquals(one.classes, ["0"]);
      assertAlmostEquals(one.scores(one.encode(document))[0]!, 2 * yes!, 1e-5);
    }
  }
});

Deno.test("loadTfjsModel() goes into models inside models and shared layers", async () => {
  const input = tf.input({ shape: [null] });
  const vectors = embedding().apply(input) as tf.SymbolicTensor;
  const shared = tf.layers.conv1d({ filters: 4, kernelSize: 1, activation: "tanh" });
  const inner = (kernelSize: number) => {
    const start = tf.input({ shape: [null, 4] });
    const convolved = tf.layers.conv1d({ filters: 3, kernelSize }).apply(start);
    const pooled = tf.layers.globalMaxPooling1d({}).apply(convolved);
    return tf.model({ inputs: start, outputs: pooled as tf.SymbolicTensor });
  };
  const list = tf.sequential({
    layers: [
      tf.layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [null, 4] }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling1d({}),
    ],
  });
  const twice = shared.apply(shared.apply(vectors));
  const branches = [inner(2).apply(vectors), list.apply(twice), inner(3).apply(twice)];
  const joined = tf.layers.concatenate().apply(branches as tf.SymbolicTensor[]);
  const end = tf.sequential({
    layers: [tf.layers.dense({ units: 3, activation: "softmax", inputShape: [8] })],
  });
  const nested = drawWeights(
    tf.model({ inputs: input, outputs: end.apply(joined) as tf.SymbolicTensor }),
    8,
  );
  const model = await loadTfjsModel(await savedFiles(nested));
  assertEquals(model.lacks, undefined);
  const scores = model.scores(model.encode(document) as never);
  close(withEnd(scores, "softmax"), predict(nested, rows));
});

Deno.test("loadTfjsModel() takes words through average pooling alone", async () => {
  const bag = drawWeights(
    tf.sequential({
      layers: [embedding(), tf.layers.globalAveragePooling1d({}), tf.layers.dense({ units: 3 })],
    }),
    9,
  );
  const model = await loadLayeredTfjsModel(await savedFiles(bag));
  const input = model.encode(document);
  close(model.scores(input), predict(bag, rows));
  // Whatever the composite, the mean hands on to words what they contribute to it.
  const flat = explain("lrp", model, input, 0, { composite: "flat" }).ledger!;
  assertEquals(flat.map(({ rule }) => rule), ["flat", "epsilon"]);
  const { words: relevance } = explain("lrp", model, input, 0, { epsilon: 0, bias: "absorb" });
  close(relevance, explain("gradient-input", model, input, 0).words);
});

const recurrent = () => drawWeights(recurrentModel(), 10);

Deno.test("loadTfjsModel() lets explainers of scores work on layers that are not known", async () => {
  const lstm = recurrent();
  const model = await loadTfjsModel(await savedFiles(lstm), { classes: ["a", "b", "c"] });
  assert(model instanceof ScoringTfjsModel);
  assertEquals([isLayered(model), isDifferentiable(model)], [false, false]);
  assertEquals(model.lacks, 'layer "memory" is of type "LSTM"');
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
    const { words: relevance, score } = explain(name, model, input, 1, options);
    assertEquals(relevance.length, text.length);
    assert(relevance.every(Number.isFinite));
    assertAlmostEquals(score, scores[1]!, 1e-6);
  }
  assertThrows(
    () => explain("lrp", model, input, 1),
    TypeError,
    'Explainer "lrp" needs layers, which this model lacks: layer "memory" is of type "LSTM"',
  );
  assertThrows(
    () => explain("sa", model, input, 1),
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
      tf.layers.lstm({ units: 3 }),
      tf.layers.dense({ units: 3 }),
    ],
  });
  longer.setWeights([tf.concat([table as tf.Tensor2D, tf.zeros<tf.Rank.R2>([1, 4])]), ...others]);
  const changed = rows.map((row, t) => t === 2 || t === 5 ? words.length : row);
  close(deleted, predict(longer, changed));
  const perturbation = model.perturb(input);
  perturbation.delete(2);
  perturbation.delete(5);
  close(perturbation.scores(), deleted);
  perturbation.restore(2);
  perturbation.restore(5);
  close(perturbation.scores(), model.scores(input));
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
        tf.layers.conv1d({ filters: 2, kernelSize: 2, activation: "elu", name: "bent" }),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.dense({ units: 2 }),
      ],
    }),
    'layer "bent" is of type "Conv1D" with activation "elu"',
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
      [added, 'layer "sum" of type "Add" has 2 inputs'],
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

Deno.test("loadTfjsModel() reads models of Keras 3 by their layers", async () => {
  // Its connections and shapes are written in another way, which the library does not read.
  const kim = drawWeights(kimModel(), 5);
  const files = await savedFiles(kim);
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const { config } = json.modelTopology;
  const tensor = ([name, call, output]: [string, number, number]) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 3], dtype: "float32", keras_history: [name, call, output] },
  });
  for (const layer of config.layers) {
    layer.inbound_nodes = layer.inbound_nodes.map((call: [string, number, number][]) => ({
      args: call.length === 1 ? [tensor(call[0]!)] : [call.map(tensor)],
      kwargs: { training: false },
    }));
    if (layer.class_name !== "InputLayer") continue;
    layer.config.batch_shape = layer.config.batch_input_shape;
    delete layer.config.batch_input_shape;
  }
  config.input_layers = config.input_layers[0];
  config.output_layers = config.output_layers[0];
  files.set("model.json", jsonBytes(json));
  const model = await loadLayeredTfjsModel(files);
  close(withEnd(model.scores(model.encode(document)), "softmax"), predict(kim, rows));
});

Deno.test("loadTfjsModel() reads quantized weights as tfjs does", async () => {
  const tiny = smallModel();
  const files = await savedFiles(tiny);
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const [group] = json.weightsManifest;
  for (const dtype of ["uint8", "uint16", "float16"] as const) {
    const parts: Uint8Array[] = [];
    const weights = group.weights.map(
      ({ name, shape }: { name: string; shape: number[] }, i: number) => {
        const values = tiny.getWeights()[i]!.dataSync();
        if (dtype === "float16") {
          parts.push(new Uint8Array(Float16Array.from(values).buffer));
          return { name, shape, dtype: "float32", quantization: { dtype } };
        }
        const min = Math.min(...values);
        const scale = (Math.max(...values) - min) / (dtype === "uint8" ? 255 : 65535) || 1;
        const levels = values.map((value) => Math.round((value - min) / scale));
        const stored = dtype === "uint8" ? Uint8Array.from(levels) : Uint16Array.from(levels);
        parts.push(new Uint8Array(stored.buffer));
        return { name, shape, dtype: "float32", quantization: { dtype, min, scale } };
      },
    );
    const data = new Uint8Array(parts.flatMap((part) => [...part]));
    files.set("weights.bin", data);
    const manifest = [{ paths: ["./weights.bin"], weights }];
    files.set("model.json", jsonBytes({ ...json, weightsManifest: manifest }));
    const model = await loadLayeredTfjsModel(files);
    const decoded = tf.io.decodeWeights(data.buffer, weights);
    const expected = tf.sequential({
      layers: tiny.layers.map((layer) =>
        (layer.constructor as typeof tf.layers.Layer & {
          fromConfig(cls: unknown, config: unknown): tf.layers.Layer;
        }).fromConfig(layer.constructor, { ...layer.getConfig(), name: `${layer.name}${dtype}` })
      ),
    });
    expected.setWeights(weights.map(({ name }: { name: string }) => decoded[name]!));
    close(model.scores(model.encode(document)), predict(expected, rows));
  }
});
