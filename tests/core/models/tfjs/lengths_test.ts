// Texts shorter than the windows of a model: filled up with zero vectors to the length that follows
// from the layers' sizes, under every backend of the library.
import { explain, type Model } from "@heatword/core";
import { loadTfjsModel, ScoringTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers/occlusion";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { documentOf, savedFiles, tf } from "./_saved.ts";

// Side effect: makes the backend known.
import "@tensorflow/tfjs-backend-wasm";
import { lacksPermission, testWith } from "../../../_skip.ts";

/** Each with what it lacks here: WebAssembly is read from a file. */
const backends = [["cpu", undefined], ["wasm", lacksPermission("read")]] as const;

type Layer = tf.layers.Layer;

/** The number of each word: its vector has one number. */
const value: Record<string, number> = { bad: 2, good: 3 };
const beside = {
  "vocabulary.json": { bad: 1, good: 2 },
  "classes.json": ["up", "down"],
};

const embedding = (inputLength?: number) =>
  tf.layers.embedding({
    inputDim: 3,
    outputDim: 1,
    ...(inputLength !== undefined && { inputLength }),
    weights: [tf.tensor2d([[7], [2], [3]])],
  });

/** Sums windows, and adds 0.5. */
const sums = (width: number, filters = 1) =>
  tf.layers.conv1d({
    filters,
    kernelSize: width,
    weights: [tf.ones([width, 1, filters]), tf.fill([filters], 0.5)],
  });

/** The sum of the inputs for, and against. */
const ends = (inputs = 1) => [
  tf.layers.globalMaxPooling1d({}),
  tf.layers.dense({
    units: 2,
    weights: [tf.tensor2d(Array.from({ length: inputs }, () => [1, -1])), tf.zeros([2])],
  }),
];

const model = (...layers: Layer[]) => tf.sequential({ layers: [embedding(), ...layers] });

const normalized = () =>
  tf.layers.batchNormalization({
    epsilon: 0.001,
    weights: [tf.tensor1d([2]), tf.tensor1d([1]), tf.tensor1d([3]), tf.tensor1d([3.999])],
  });

/** Models with the least number of words and what makes the score of the sums of windows. */
const models: Record<string, {
  make: () => tf.LayersModel;
  width: number;
  score: (windows: number[]) => number;
}> = {
  "four filters of width 3 and LeakyReLU": {
    make: () => model(sums(3, 4), tf.layers.leakyReLU({ alpha: 0.1 }), ...ends(4)),
    width: 3,
    score: (windows) => 4 * Math.max(...windows),
  },
  "a filter of width 2 and LeakyReLU": {
    make: () => model(sums(2), tf.layers.leakyReLU({ alpha: 0.1 }), ...ends()),
    width: 2,
    score: (windows) => Math.max(...windows),
  },
  "a filter of width 3 and BatchNormalization": {
    make: () => model(sums(3), normalized(), tf.layers.reLU(), ...ends()),
    width: 3,
    score: (windows) => Math.max(0, ...windows.map((z) => z - 2)),
  },
  "layers of its own": {
    make: () => model(sums(5), tf.layers.reLU(), ...ends()),
    width: 5,
    score: (windows) => Math.max(0, ...windows),
  },
};

/** The score by hand: vectors in, zero vectors behind them, windows of them. */
function byHand(words: readonly number[], width: number, score: (windows: number[]) => number) {
  const padded = [...words];
  while (padded.length < width) padded.push(0);
  const windows = Array.from({ length: padded.length - width + 1 }, (_, t) => {
    return padded.slice(t, t + width).reduce((a, b) => a + b, 0.5);
  });
  return score(windows);
}

async function onBackend(name: string, run: () => Promise<void>): Promise<void> {
  assert(await tf.setBackend(name), name);
  try {
    await run();
  } finally {
    await tf.setBackend("cpu");
  }
}

const texts = ["", "bad", "bad good", "bad good bad", "bad good bad good", "good bad bad good bad"];

for (const [backend, lacks] of backends) {
  for (const [name, { make, width, score }] of Object.entries(models)) {
    testWith(
      lacks,
      `short texts are filled up with zero vectors: ${name}, ${backend}`,
      async () => {
        const files = await savedFiles(make(), beside);
        await onBackend(backend, async () => {
          const loaded: Model = await loadTfjsModel(files);
          for (const text of texts) {
            const words = text === "" ? [] : text.split(" ");
            const numbers = words.map((word) => value[word]!);
            const input = loaded.encode(documentOf(words));
            assertEquals(input.length, Math.max(width, words.length), text);
            const whole = byHand(numbers, width, score);
            for (const run of [1, 2]) {
              const [up, down] = await loaded.scores(input);
              assertAlmostEquals(up!, whole, 1e-5, `${text}, run ${run}`);
              assertAlmostEquals(down!, -whole, 1e-5, text);
            }
            const found = (await explain("occlusion", loaded, input, 0)).words;
            found.forEach((relevance, t) => {
              const without = numbers.map((number, s) => s === t ? 0 : number);
              assertAlmostEquals(relevance, whole - byHand(without, width, score), 1e-5, text);
            });
          }
          if (loaded instanceof ScoringTfjsModel) loaded.dispose();
        });
      },
    );
  }
}

/** A layer that shortens the text. */
interface Shortening {
  readonly kind: "conv" | "max" | "average";
  readonly width: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: "valid" | "same";
}

const shortening: fc.Arbitrary<Shortening> = fc.record({
  kind: fc.constantFrom("conv", "max", "average"),
  width: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom("valid", "same"),
}).map((layer) => ({
  ...layer,
  dilation: layer.kind === "conv" && layer.stride === 1 ? layer.dilation : 1,
}));

function toLayer({ kind, width, stride, dilation, padding }: Shortening): Layer {
  if (kind === "conv") {
    return tf.layers.conv1d({
      filters: 2,
      kernelSize: width,
      strides: stride,
      dilationRate: dilation,
      padding,
    });
  }
  const options = { poolSize: width, strides: stride, padding };
  return kind === "max" ? tf.layers.maxPooling1d(options) : tf.layers.averagePooling1d(options);
}

/** How many words it takes for one window at the end, from the last layer back to the first. */
function wordsFor(layers: readonly Shortening[]): number {
  return layers.reduceRight((rows, { width, stride, dilation, padding }) => {
    const reach = padding === "same" ? 1 : (width - 1) * dilation + 1;
    return (rows - 1) * stride + reach;
  }, 1);
}

for (const [backend, lacks] of backends) {
  testWith(
    lacks,
    `the least length follows from the layers, however they end: ${backend}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(shortening, { minLength: 1, maxLength: 4 }),
          fc.array(shortening, { maxLength: 2 }),
          fc.constantFrom("layers", "lstm", "softsign", "nested", "branches"),
          async (one, other, end) => {
            const input = tf.input({ shape: [null] });
            const through = (layers: readonly Shortening[], from: unknown) =>
              layers.reduce(
                (at, layer) => toLayer(layer).apply(at as tf.SymbolicTensor),
                from,
              ) as tf.SymbolicTensor;
            const vectors = tf.layers.embedding({ inputDim: 3, outputDim: 2 }).apply(input);
            let rows: tf.SymbolicTensor;
            if (end === "nested") {
              const inner = tf.sequential({
                layers: [
                  tf.layers.activation({
                    activation: "softsign",
                    inputShape: [null as unknown as number, 2],
                  }),
                ],
              });
              one.forEach((layer) => inner.add(toLayer(layer)));
              rows = inner.apply(vectors as tf.SymbolicTensor) as tf.SymbolicTensor;
            } else rows = through(one, vectors);
            if (end === "softsign") {
              const softsign = tf.layers.activation({ activation: "softsign" });
              rows = softsign.apply(rows) as tf.SymbolicTensor;
            }
            const pool = (from: tf.SymbolicTensor) =>
              tf.layers.globalMaxPooling1d({}).apply(from) as tf.SymbolicTensor;
            const hidden = end === "lstm"
              ? tf.layers.lstm({ units: 2, activation: "softsign" }).apply(rows)
              : end === "branches"
              ? tf.layers.concatenate().apply([pool(rows), pool(through(other, vectors))])
              : pool(rows);
            const output = tf.layers.dense({ units: 2 }).apply(hidden as tf.SymbolicTensor);
            const made = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
            const files = await savedFiles(made, { "vocabulary.json": { a: 1 } });
            made.dispose();
            await onBackend(backend, async () => {
              const loaded: Model = await loadTfjsModel(files);
              const min = Math.max(wordsFor(one), end === "branches" ? wordsFor(other) : 1);
              for (const words of [0, 1, min, min + 1]) {
                const encoded = loaded.encode(documentOf(Array(words).fill("a")));
                assertEquals(encoded.length, Math.max(min, words));
                assert((await loaded.scores(encoded)).every(Number.isFinite));
              }
              if (loaded instanceof ScoringTfjsModel) loaded.dispose();
            });
          },
        ),
        { numRuns: 25, seed: 10 },
      );
    },
  );
}

Deno.test("where branches fit together for some lengths only, the next of these is taken", async () => {
  const input = tf.input({ shape: [null] });
  const vectors = embedding().apply(input) as tf.SymbolicTensor;
  const halves = (["same", "valid"] as const).map((padding) =>
    tf.layers.averagePooling1d({ poolSize: 2, strides: 2, padding })
      .apply(vectors) as tf.SymbolicTensor
  );
  for (const bent of [false, true]) {
    const joined = tf.layers.concatenate().apply(halves) as tf.SymbolicTensor;
    const rows = bent ? tf.layers.elu().apply(joined) as tf.SymbolicTensor : joined;
    const pooled = tf.layers.globalMaxPooling1d({}).apply(rows) as tf.SymbolicTensor;
    const output = tf.layers.dense({ units: 2 }).apply(pooled) as tf.SymbolicTensor;
    const files = await savedFiles(tf.model({ inputs: input, outputs: output }), beside);
    const loaded: Model = await loadTfjsModel(files);
    for (const [words, length] of [[0, 2], [1, 2], [2, 2], [3, 4], [7, 8]] as const) {
      const encoded = loaded.encode(documentOf(Array(words).fill("bad")));
      assertEquals(encoded.length, length);
      assert((await loaded.scores(encoded)).every(Number.isFinite));
    }
  }
});

Deno.test("a fixed length that is too short for the layers is refused", async () => {
  for (const bent of [false, true]) {
    const made = tf.sequential({
      layers: [
        embedding(3),
        tf.layers.conv1d({ filters: 2, kernelSize: 3 }),
        ...(bent ? [tf.layers.elu()] : []),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2 }),
      ],
    });
    const files = await savedFiles(made, beside);
    const loaded: Model = await loadTfjsModel(files);
    assertEquals(loaded.encode(documentOf(["bad"])).length, 3);
    const json = new TextDecoder().decode(files.get("model.json"));
    const shorter = json.replace('"batch_input_shape":[null,3]', '"batch_input_shape":[null,2]')
      .replace('"input_length":3', '"input_length":2');
    assert(shorter !== json);
    files.set("model.json", new TextEncoder().encode(shorter));
    await assertRejects(() => loadTfjsModel(files), SyntaxError);
  }
});
