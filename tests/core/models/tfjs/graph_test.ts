// Graph-models by hand, with what the library makes of the same operations as layers.
import { Coalitions, explain, type Model } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import {
  GraphTfjsModel,
  inspectTfjsModel,
  loadTfjsGraphModel,
  loadTfjsModel,
  openTfjsModel,
} from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";
import {
  graphFiles,
  list,
  type MadeNode,
  scalar,
  text,
  weightOf,
  whole,
  words,
} from "./_made_graph.ts";
import {
  documentOf,
  drawWeights,
  kimModel,
  predict,
  savedFiles,
  tf,
  vocabulary,
} from "./_saved.ts";
import { withEnd } from "./_random_model.ts";
import { close } from "./_small.ts";

const { layers } = tf;
const rowCount = Object.keys(vocabulary).length;

/** Embedding, mean, Dense. */
const mean = (units = 3, activation: "softmax" | "sigmoid" = "softmax", seed = 3) =>
  drawWeights(
    tf.sequential({
      layers: [
        layers.embedding({ inputDim: rowCount, outputDim: 4, inputShape: [null] }),
        layers.globalAveragePooling1d({}),
        layers.dense({ units, activation }),
      ],
    }),
    seed,
  );

/** The same as a graph. */
function meanGraph(
  model: tf.LayersModel,
  others: Readonly<Record<string, MadeNode>> = {},
  beside?: Record<string, unknown>,
) {
  const [table, kernel, bias] = model.getWeights().map(weightOf);
  const end = model.outputs[0]!.shape[1] === 1 ? "Sigmoid" : "Softmax";
  return graphFiles(
    {
      rows: words(),
      cast: ["Cast", ["rows"], { DstT: { type: "DT_INT32" }, SrcT: { type: "DT_INT32" } }],
      vectors: ["GatherV2", ["table", "cast", "axis"]],
      mean: ["Mean", ["vectors", "one"], { keep_dims: { b: false } }],
      product: ["MatMul", ["mean", "kernel"]],
      scores: ["BiasAdd", ["product", "bias"]],
      end: [end, ["scores"]],
      Identity: ["Identity", ["end"]],
      ...others,
    },
    { table: table!, kernel: kernel!, bias: bias!, axis: scalar(0), one: whole(1) },
    beside,
  );
}

const document = documentOf("the long ride was never long".split(" "));
const rows = document.tokens.map(({ text }) => vocabulary[text]!);

/** The scores of the layers with a zero vector for some words. */
function zeroed(model: tf.LayersModel, deleted: readonly number[]): number[] {
  const table = model.getWeights()[0] as tf.Tensor2D;
  return tf.tidy(() => {
    const vectors = tf.gather(table, tf.tensor1d([...rows], "int32")).arraySync() as number[][];
    const left = vectors.map((vector, t) => deleted.includes(t) ? vector.map(() => 0) : vector);
    const [, pool, dense] = model.layers;
    const pooled = pool!.apply(tf.tensor3d([left])) as tf.Tensor;
    return [...(dense!.apply(pooled) as tf.Tensor).dataSync()];
  });
}

Deno.test("a graph-model gives scores before its softmax, deleted words are zero vectors", async () => {
  const original = mean();
  const model = await loadTfjsGraphModel(meanGraph(original), { classes: ["a", "b", "c"] });
  const input = model.encode(document);
  close(withEnd([...await model.scores(input)], "softmax"), predict(original, rows));
  const sets = [[], [1], [0, 2, 5]];
  const scores = await model.scores(input, Coalitions.without(6, sets));
  sets.forEach((set, m) => {
    close(withEnd([...scores.slice(3 * m, 3 * m + 3)], "softmax"), zeroed(original, set));
  });
  close([...await model.scores(model.withoutWords(input, [1]))], scores.slice(3, 6));
  const { words: relevance } = await explain("occlusion", model, input, 1);
  close([relevance[1]!], [scores[1]! - scores[4]!]);
  await assertRejects(
    async () => await explain("lrp", model, input, 0),
    TypeError,
    "it is a TensorFlow.js graph-model, which has no layers left; explainers that work with it",
  );
  model.close();
});

Deno.test("a graph-model of one sigmoid and two classes has a score for each", async () => {
  const original = mean(1, "sigmoid");
  const beside = { "vocabulary.json": vocabulary, "classes.json": ["no", "yes"] };
  const model = await loadTfjsGraphModel(meanGraph(original, {}, beside));
  const [no, yes] = await model.scores(model.encode(document));
  close([no! + yes!, 1 / (1 + Math.exp(no! - yes!))], [0, ...predict(original, rows)]);
  model.close();
});

Deno.test("operations that the library has to wait for are waited for", async () => {
  const original = mean();
  const files = meanGraph(original, {
    yes: ["GreaterEqual", ["axis", "axis"]],
    parts: ["Switch", ["scores", "yes"]],
    again: ["Merge", ["parts:0", "parts:1"]],
    end: ["Softmax", ["again"]],
  });
  const model = await loadTfjsGraphModel(files);
  const before = tf.memory().numTensors;
  const found = [...await model.scores(model.encode(document))];
  close(withEnd(found, "softmax"), predict(original, rows));
  assertEquals(tf.memory().numTensors, before, "tensors are left behind");
  model.close();
});

Deno.test("short texts are filled up to the widest window of a graph-model", async () => {
  const original = drawWeights(kimModel({ widths: [2, 4], filters: 2, dimensions: 3 }), 5);
  const [table, ...others] = original.getWeights().map(weightOf);
  const [kernel2, bias2, kernel4, bias4, kernel, bias] = others;
  const convolved = (name: string): Record<string, MadeNode> => ({
    [`flat${name}`]: ["ExpandDims", ["vectors", "one"]],
    [`windows${name}`]: ["Conv2D", [`flat${name}`, `kernel${name}`], {
      strides: list(1, 1, 1, 1),
      dilations: list(1, 1, 1, 1),
      padding: text("VALID"),
      data_format: text("NHWC"),
    }],
    [`row${name}`]: ["Squeeze", [`windows${name}`], { squeeze_dims: list(1) }],
    [`sum${name}`]: ["BiasAdd", [`row${name}`, `bias${name}`]],
    [`relu${name}`]: ["Relu", [`sum${name}`]],
    [`most${name}`]: ["Max", [`relu${name}`, "ones"], { keep_dims: { b: false } }],
  });
  const wide = (weight: typeof kernel2) => ({ ...weight!, shape: [1, ...weight!.shape] });
  const files = graphFiles({
    rows: words(),
    vectors: ["GatherV2", ["table", "rows", "axis"]],
    ...convolved("2"),
    ...convolved("4"),
    joined: ["ConcatV2", ["most2", "most4", "one"], { N: { i: "2" } }],
    product: ["MatMul", ["joined", "kernel"]],
    scores: ["BiasAdd", ["product", "bias"]],
  }, {
    table: table!,
    kernel2: wide(kernel2),
    bias2: bias2!,
    kernel4: wide(kernel4),
    bias4: bias4!,
    kernel: kernel!,
    bias: bias!,
    axis: scalar(0),
    one: scalar(1),
    ones: whole(1),
  });
  const model = await loadTfjsGraphModel(files);
  const layered: Model = await loadTfjsModel(await savedFiles(original));
  for (const text of ["ride", "the long ride", "the ride was long at sea"]) {
    const words = documentOf(text.split(" "));
    const input = model.encode(words);
    assertEquals(input.rows.length, Math.max(4, words.tokens.length));
    close([...await model.scores(input)], [
      ...await layered.scores(layered.encode(words)),
    ]);
  }
  model.close();
});

Deno.test("graphs that are not run on rows of words are refused in one line", async () => {
  const original = mean();
  const table = weightOf(original.getWeights()[0]!);
  const constants = { table, axis: scalar(0), one: whole(1) };
  const gather: MadeNode = ["GatherV2", ["table", "rows", "axis"]];
  const average: MadeNode = ["Mean", ["vectors", "one"]];
  const cases: [Record<string, MadeNode>, string][] = [
    [
      { rows: words(-1, "DT_STRING"), vectors: gather, average },
      'input "rows" is of type DT_STRING',
    ],
    [{ rows: words(), other: words(), vectors: gather, average }, 'its inputs are "rows", "other"'],
    [
      { rows: words(-1, "DT_FLOAT"), average: ["Mean", ["rows", "one"]] },
      "does not choose rows of a table",
    ],
    [
      { rows: words(), vectors: gather },
      "its output has the shape [1, 1, 4], not [texts, classes]",
    ],
    [
      { rows: words(), vectors: gather, average, also: average },
      'its outputs are "average", "also"',
    ],
    [{ rows: words(), vectors: gather, odd: ["OddOp", ["vectors"]] }, "OddOp"],
  ];
  for (const [nodes, message] of cases) {
    const error = await assertRejects(
      () => loadTfjsGraphModel(graphFiles(nodes, constants)),
      SyntaxError,
      message,
    );
    assertEquals((error as Error).message.includes("\n"), false);
  }
  await assertRejects(() => loadTfjsModel(meanGraph(original)), SyntaxError, "graph-model");
});

Deno.test("a graph-model is read as text.json says, and inspected like one of layers", async () => {
  const files = meanGraph(mean(), {}, {
    "vocabulary.json": vocabulary,
    "classes.json": ["a", "b", "c"],
    "text.json": { length: 8, padding: 0, paddingSide: "pre" },
  });
  const { rows, length, classes } = await inspectTfjsModel(files);
  assertEquals([rows, length, classes?.names], [rowCount, 8, ["a", "b", "c"]]);
  const model = await openTfjsModel(files);
  assert(model instanceof GraphTfjsModel);
  const { order, rows: laid } = model.encode(document);
  assertEquals(Array.from(order!, (at) => laid[at]), [
    0,
    0,
    ...document.tokens.map(({ text }) => {
      return vocabulary[text];
    }),
  ]);
  model.close();
});

testPermitted("read", "write", "env")("a folder with a graph-model is a model", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of meanGraph(mean())) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    const model = await openModel(folder);
    assert(model instanceof GraphTfjsModel);
    model.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
