import { Random } from "@heatword/core";
import {
  alphabetOf,
  CharCnn,
  trainCharCnn,
  type TrainCharCnnOptions,
  type TrainedCharCnn,
} from "@heatword/core/char-cnn";
import { type NetworkWeights, plainVectors, vectorsToArray } from "@heatword/core/word-cnn";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write");

const endings = ["ing", "ed", "est"];

/** Texts of words that differ in their endings only, by class. */
function madeTexts(seed: number, count: number, words = 6) {
  const random = new Random(seed);
  const letter = () => "abcdefgh"[random.below(8)]!;
  return Array.from({ length: count }, (_, i) => ({
    label: i % 3,
    words: Array.from({ length: words }, (_, t) => {
      const stem = Array.from({ length: 2 + random.below(3) }, letter).join("");
      return t % 3 === 0 ? stem + endings[i % 3] : stem;
    }),
  }));
}

const documents = madeTexts(1, 60);
const small = { filters: 16, epochs: 4, batch: 10, window: 60, wordDropout: 0.3 };
const options = {
  classes: endings,
  alphabet: alphabetOf(documents.map(({ words }) => `${words.join(" ")} `)),
  documents,
  heldOut: madeTexts(2, 30),
  dimensions: 5,
  width: 4,
  wordLength: 9,
  hyperparameters: small,
  threads: 1,
};
const run = (more: Partial<TrainCharCnnOptions> = {}) => trainCharCnn({ ...options, ...more });

function assertSame(actual: TrainedCharCnn, expected: TrainedCharCnn): void {
  assertEquals(actual.history, expected.history);
  const { vectors, reader: _, ...parameters } = actual.model.parameters;
  const { vectors: others, reader: __, ...rest } = expected.model.parameters;
  assertEquals(parameters, rest);
  assertEquals(vectorsToArray(vectors), vectorsToArray(others));
}

test("trainCharCnn() gives the same bytes for any number of threads, and for a run that was stopped", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const one = await run();
    assertSame(await run({ threads: 2 }), one);
    const checkpoint = `${folder}/run`;
    await run({ checkpoint, lastEpoch: 2 });
    const size = (await Deno.stat(checkpoint)).size;
    assert(size > 0);
    const epochs: number[] = [];
    assertSame(await run({ checkpoint, onEpoch: ({ epoch }) => epochs.push(epoch) }), one);
    assertEquals(epochs, [3, 4]);
    // What is in the checkpoint belongs to another run.
    const other = await run({ checkpoint, seed: 2 });
    assertSame(other, await run({ seed: 2 }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trainCharCnn() learns endings of words that it never saw, and tells them apart", async () => {
  const { model, history } = await run({ hyperparameters: { ...small, epochs: 30 } });
  assert(history.at(-1)!.heldOut!.accuracy > 0.9, `${history.at(-1)!.heldOut!.accuracy}`);
  const right = madeTexts(3, 60).filter(({ label, words }) => {
    const scores = [...model.scores(model.encode(model.read(words.join(" "))))];
    return scores.indexOf(Math.max(...scores)) === label;
  });
  assert(right.length > 54, `${right.length} of 60`);
});

Deno.test("trainCharCnn() takes the gradients of TensorFlow.js, and of finite differences", async () => {
  const tf = await import("@tensorflow/tfjs");
  // No window is there twice: of equals TensorFlow.js counts each.
  const few = madeTexts(5, 6, 3);
  const hyperparameters = {
    ...{ ...small, epochs: 1, batch: 6, dropout: 0, l2: 0, wordDropout: 0, labelSmoothing: 0 },
    ...{ rate: 1e-3, vectorRate: 1e-30, schedule: "exponential" as const },
  };
  const train = (more: object) =>
    run({ documents: few, heldOut: [], hyperparameters: { ...hyperparameters, ...more } });
  const [before, after, moved] = [
    (await train({ rate: 1e-30 })).model,
    (await train({})).model,
    (await train({ rate: 1e-30, vectorRate: 0.01 })).model,
  ];
  const { width, alphabet, ...start } = before.parameters;
  const dimensions = start.vectors.dimensions;
  const filters = start.convolutionBias.length;
  const names = ["convolutionWeights", "convolutionBias", "denseWeights", "denseBias"] as const;

  // By TensorFlow.js, from the characters as they are written.
  const rows = few.map(({ words }) => [...`${words.join(" ")} `].map((one) => alphabet.row(one)));
  await tf.setBackend("cpu");
  const shapes = [[width, dimensions, filters], [filters], [filters, 3], [3]];
  const variables = [
    tf.tensor2d(vectorsToArray(start.vectors) as Float32Array, [alphabet.size, dimensions]),
    ...names.map((name, i) => tf.tensor(start[name] as Float32Array, shapes[i])),
  ];
  const loss = (...[vectors, kernel, bias, weights, offset]: unknown[]) => {
    const losses = rows.map((list, i) => {
      const text = tf.gather(vectors as never, list) as import("@tensorflow/tfjs").Tensor2D;
      const z = tf.conv1d(text, kernel as never, 1, "valid").add(bias as never);
      const pooled = tf.relu(tf.max(z, 0)).expandDims(0);
      const scores = tf.matMul(pooled as never, weights as never).add(offset as never);
      return tf.losses.softmaxCrossEntropy(tf.oneHot([few[i]!.label], 3), scores);
    });
    return tf.mean(tf.stack(losses)) as import("@tensorflow/tfjs").Scalar;
  };
  const [byVectors, ...byWeights] = tf.grads(loss as never)(variables as never);
  names.forEach((name, i) => {
    const expected = byWeights[i]!.dataSync();
    start[name].forEach((value, j) => {
      const taken = (value - after.parameters[name][j]!) / 1e-3;
      assertAlmostEquals(taken, expected[j]!, 1e-3, `${name} ${j}`);
    });
  });

  // By finite differences in float64, of the model's own scores.
  const exact = Object.fromEntries(
    names.map((name) => [name, Float64Array.from(start[name])]),
  ) as Record<keyof NetworkWeights, Float64Array>;
  const vectors = Float64Array.from(vectorsToArray(start.vectors));
  const lossNow = () => {
    const table = plainVectors(vectors, dimensions);
    const model = new CharCnn({ ...before.parameters, ...exact, vectors: table });
    const losses = few.map(({ label, words }) => {
      const scores = [...model.scores(model.encode(model.read(words.join(" "))))];
      return Math.log(scores.reduce((sum, one) => sum + Math.exp(one), 0)) - scores[label]!;
    });
    return losses.reduce((sum, one) => sum + one, 0) / losses.length;
  };
  const slope = (list: Float64Array, i: number) => {
    const value = list[i]!;
    const [above, below] = [1e-5, -1e-5].map((step) => {
      list[i] = value + step;
      return lossNow();
    });
    list[i] = value;
    return (above! - below!) / 2e-5;
  };
  for (const [i, name] of names.entries()) {
    for (let j = 0; j < exact[name].length; j += Math.ceil(exact[name].length / 5)) {
      assertAlmostEquals(slope(exact[name], j), byWeights[i]!.dataSync()[j]!, 1e-5);
    }
  }
  // The first step of a vector is the rate, along its gradient, whose mean square is made 1.
  const gradients = Float64Array.from(byVectors!.dataSync());
  const now = vectorsToArray(moved.parameters.vectors);
  for (let row = 0; row < alphabet.size; row++) {
    const gradient = gradients.subarray(row * dimensions, (row + 1) * dimensions);
    const size = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0) / dimensions);
    gradient.forEach((g, d) => {
      const i = row * dimensions + d;
      assertAlmostEquals(vectors[i]! - now[i]!, size === 0 ? 0 : 0.01 * g / size, 1e-4);
    });
  }
});

Deno.test("alphabetOf() takes characters of any script by how often they are there", () => {
  const texts = ["Ääb 字字字", "𝒳𝒳 bb", "x\ud800"];
  assertEquals(alphabetOf(texts, { minCount: 2 }).words, ["b", "字", " ", "ä", "𝒳"]);
  assertEquals(alphabetOf(texts, { minCount: 1, most: 2 }).words, ["b", "字"]);
});

Deno.test("trainCharCnn() refuses what it cannot train on", async () => {
  await assertRejects(() => run({ documents: [] }), RangeError, "there are no documents");
  await assertRejects(
    () => run({ alphabet: alphabetOf([]) }),
    RangeError,
    "no character is in the texts",
  );
  await assertRejects(() => run({ wordLength: 1 }), RangeError, "Cannot spell words in 1");
});
