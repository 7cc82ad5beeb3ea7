import { Coalitions, explainAll, Random } from "@heatword/core";
import { RecurrentClassifier, recurrentShapes } from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import "@heatword/explainers/lrp";
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { madeRecurrent } from "./_made.ts";

const words = Array.from({ length: 30 }, (_, i) => `word${i}`);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const networks = [
  { cell: "lstm", bidirectional: true, readout: "max" },
  { cell: "gru", bidirectional: false, readout: "mean" },
  { cell: "gru", bidirectional: true, readout: "max" },
] as const;

const rowsOf = (length: number, random: Random) =>
  Array.from({ length }, () => random.below(words.length + 3) - 3).map((row) => Math.max(-1, row));

Deno.test("relevances of texts of any length sum to the score, all classes from one forward pass", async () => {
  const random = new Random(1);
  for (const network of networks) {
    const shape = { ...network, units: 12, dimensions: 20 };
    for (const [type, tolerance] of [[Float32Array, 1e-5], [Float64Array, 1e-10]] as const) {
      const model = madeRecurrent(words, shape, type);
      for (const length of [0, 1, 2, 17, 400]) {
        const input = model.inputFromRows(rowsOf(length, random));
        assertEquals(input.length, Math.max(1, length));
        const scores = model.scores(input);
        const found = await explainAll("lrp", model, input, [0, 1, 2]);
        for (const [c, { words, keptByBiases = 0, score }] of found.entries()) {
          assertEquals(score, scores[c]);
          const scale = Math.max(1, ...words.map(Math.abs));
          const what = `${network.cell}, ${length} words, class ${c}`;
          assertLess(Math.abs(sum(words) + keptByBiases - score), tolerance * scale, what);
        }
      }
    }
  }
});

Deno.test("coalitions of a recurrent classifier have the bytes of texts with deleted words", () => {
  for (const network of networks) {
    const model = madeRecurrent(words, network);
    for (const length of [1, 2, 9]) {
      const input = model.inputFromRows(rowsOf(length, new Random(length)));
      const deleted = [[], [0], [length - 1], Array.from({ length }, (_, t) => t)];
      const coalitions = Coalitions.without(length, deleted);
      const scores = model.scores(input, coalitions);
      deleted.forEach((positions, m) => {
        const alone = model.scores(model.withoutWords(input, positions));
        assertEquals(scores.slice(3 * m, 3 * m + 3), alone);
        const rows = Array.from(input.rows!, (row, t) => positions.includes(t) ? -1 : row);
        assertEquals(alone, model.scores(model.inputFromRows(rows)));
      });
    }
  }
});

Deno.test("shuffled copies have the numbers of each array in another order, of the first layers or all", () => {
  const model = madeRecurrent(words, { units: 8 });
  const sorted = (values: ArrayLike<number>) => Array.from(values).sort((a, b) => a - b);
  for (const layers of [1, 2]) {
    const { weights } = model.withShuffledWeights(new Random(5), layers);
    for (const [name] of recurrentShapes(model.shape)) {
      assertEquals(sorted(weights[name]!), sorted(model.weights[name]!));
      const isChanged = layers === 2 || !name.startsWith("dense");
      if (weights[name]!.length < 4) continue;
      assertEquals(String(weights[name]) !== String(model.weights[name]), isChanged, name);
    }
  }
  const [once, all] = [1, 2].map((layers) => model.withShuffledWeights(new Random(5), layers));
  assertEquals(all!.weights.backwardKernel, once!.weights.backwardKernel);
});

Deno.test("a recurrent classifier whose parts do not fit together is refused", () => {
  const { shape, classes, vocabulary, vectors, weights } = madeRecurrent(words);
  const parts = { ...shape, classes, vocabulary, vectors, weights };
  for (const [name] of recurrentShapes(shape)) {
    const shorter = { ...weights, [name]: weights[name]!.slice(1) };
    const message = `"${name}" holds ${weights[name]!.length - 1} numbers, not ${
      weights[name]!.length
    }`;
    assertThrows(
      () => new RecurrentClassifier({ ...parts, weights: shorter }),
      RangeError,
      message,
    );
    const { [name]: _, ...fewer } = weights;
    assertThrows(
      () => new RecurrentClassifier({ ...parts, weights: fewer }),
      RangeError,
      `holds no numbers`,
    );
  }
  const mixed = { ...weights, forwardBias: Float64Array.from(weights.forwardBias!) };
  assertThrows(
    () => new RecurrentClassifier({ ...parts, weights: mixed }),
    TypeError,
    "mixes float32 and",
  );
  const few = plainVectors(new Float32Array(29 * 3), 3);
  assertThrows(
    () => new RecurrentClassifier({ ...parts, vectors: few }),
    RangeError,
    "30 words have 29 vectors",
  );
});
