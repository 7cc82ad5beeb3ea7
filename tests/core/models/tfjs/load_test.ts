import { explain } from "@heatword/core";
import { LayeredTfjsModel, loadLayeredTfjsModel, loadTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { withEnd } from "./_random_model.ts";
import { documentOf, drawWeights, predict, savedFiles, tf, vocabulary } from "./_saved.ts";
import { close, document, embedding, rows, smallModel, text } from "./_small.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write", "env");

test("loadTfjsModel() reads a folder, and names its classes", async () => {
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

  // Before the words, padding moves them; word t of the input is token t all the same.
  const turned = await loadLayeredTfjsModel(files, { paddingSide: "pre" });
  const input = turned.encode(document);
  assertEquals([...input.rows!], [...rows, 0, 0]);
  close(withEnd(turned.scores(input), "softmax"), predict(tiny, [0, 0, ...rows]));
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
  assert(model instanceof LayeredTfjsModel);
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
  const flat = (await explain("lrp", model, input, 0, { composite: "flat" })).ledger!;
  assertEquals(flat.map(({ rule }) => rule), ["flat", "epsilon"]);
  const { words: relevance } = await explain("lrp", model, input, 0, {
    epsilon: 0,
    bias: "absorb",
  });
  close(relevance, (await explain("gradient-input", model, input, 0)).words);
});
