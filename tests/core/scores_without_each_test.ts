// Scores after single deletions against the same words deleted one by one, and shuffled weights.
import { type Input, type Model, Random, scoresWithoutEach } from "@heatword/core";
import { LinearModel } from "@heatword/core/linear";
import { plainVectors, Vocabulary, WordCnn } from "@heatword/core/word-cnn";
import { miniModel } from "@heatword/explainers/check";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { madeModel } from "./models/char_cnn/_made_model.ts";

const random = new Random(4);
const words = Array.from({ length: 12 }, (_, i) => `w${i}`);
const dimensions = 6;

function cnn(float: 32 | 64, widths: readonly number[]): WordCnn {
  const draw = (length: number) => {
    const values = Array.from({ length }, () => random.normal());
    return float === 32 ? Float32Array.from(values) : Float64Array.from(values);
  };
  const filters = 5 * widths.length;
  return new WordCnn({
    classes: ["a", "b", "c"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(draw(words.length * dimensions), dimensions),
    convolutions: widths.map((width) => ({ width, filters: 5 })),
    convolutionWeights: draw(widths.reduce((sum, width) => sum + width * dimensions * 5, 0)),
    convolutionBias: draw(filters),
    denseWeights: draw(filters * 3),
    denseBias: draw(3),
  });
}

const linear = new LinearModel({
  classes: ["a", "b"],
  features: [{ kind: "words", names: words }, { kind: "pairs", names: ["w1 w2", "w3 w4"] }],
  idf: Float32Array.from({ length: 14 }, () => 1 + random.uniform()),
  weights: Float32Array.from({ length: 28 }, () => random.normal()),
  bias: Float32Array.of(0.1, -0.2),
});

/** A text of words with a blank between; some are unknown. */
function textOf(length: number) {
  const drawn = Array.from(
    { length },
    () => random.below(14) < 12 ? words[random.below(12)]! : "?",
  );
  return drawn.join(" ");
}

/** Without some words, and without each further one: one text after the other. */
async function oneByOne<I extends Input>(model: Model<I>, input: I, deleted: number[]) {
  const rows: number[] = [];
  for (let t = 0; t < input.length; t++) {
    rows.push(...await model.scores(model.withoutWords(input, [...deleted, t])));
  }
  return rows;
}

Deno.test("scores after each single deletion are those of the texts without these words", async () => {
  const models: [Model, number][] = [
    [cnn(32, [2]), 1e-5],
    [cnn(64, [2]), 1e-12],
    [cnn(32, [1, 3]), 1e-4],
    [cnn(64, [3, 2]), 1e-12],
    [linear, 1e-12],
    [miniModel(), 1e-9],
  ];
  for (const [model, tolerance] of models) {
    for (const length of [1, 2, 5, 9]) {
      const input = model.encode(model.read(textOf(length)));
      const deleted = [0, 3, 4].filter((t) => t < length && random.below(2) === 0);
      const found = await scoresWithoutEach(model, input, deleted);
      const expected = await oneByOne(model, input, deleted);
      assertEquals(found.length, expected.length);
      expected.forEach((value, i) => assertAlmostEquals(found[i]!, value, tolerance));
    }
  }
});

Deno.test("without a faster way sets are scored one by one; a signal stops either way", async () => {
  for (const own of [cnn(64, [2]), linear] as Model[]) {
    let asked = 0;
    // The same model without its faster way.
    const slow = new Proxy(own, {
      get(model, name) {
        if (name === "scoresWithoutEach") return undefined;
        if (name === "scores") asked++;
        const value = Reflect.get(model, name, model);
        return typeof value === "function" ? value.bind(model) : value;
      },
    });
    const input = own.encode(own.read(textOf(9)));
    const [fast, one] = [await scoresWithoutEach(own, input, [1]), asked];
    const fallen = await scoresWithoutEach(slow, input, [1]);
    assert(asked > one);
    assertEquals(fallen.length, fast.length);
    fallen.forEach((value, i) => assertAlmostEquals(value, fast[i]!, 1e-12));
    for (const model of [own, slow]) {
      const signal = AbortSignal.abort(new Error("enough"));
      const fresh = own.encode(own.read(textOf(9)));
      await assertRejects(() => scoresWithoutEach(model, fresh, [], signal), Error, "enough");
    }
    // A signal that comes while the model computes counts, too.
    const stopped = new AbortController();
    const late = new Proxy(own, {
      get(model, name) {
        if (name === "classes") return model.classes;
        return () => {
          stopped.abort(new Error("late"));
          return fast;
        };
      },
    });
    await assertRejects(() => scoresWithoutEach(late, input, [], stopped.signal), Error, "late");
    const short = { classes: own.classes, scoresWithoutEach: () => fast.subarray(1) };
    await assertRejects(
      () => scoresWithoutEach(short as unknown as Model, input),
      TypeError,
      `The model gave ${fast.length - 1} scores for 9 single deletions of ${own.classes.length}`,
    );
  }
});

Deno.test("shuffled weights are the same numbers elsewhere, by layers from the words on", () => {
  const model = cnn(32, [2]);
  const { weights } = model;
  const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    assertEquals([...Array.from(a)].sort(), [...Array.from(b)].sort());
  const first = model.withShuffledWeights(new Random(1), 1).weights;
  const all = model.withShuffledWeights(new Random(1)).weights;
  for (const name of ["convolutionWeights", "denseWeights"] as const) {
    same(all[name], weights[name]);
    assertNotEquals(all[name], weights[name]);
  }
  assertEquals(first.convolutionWeights, all.convolutionWeights);
  assertEquals(first.denseWeights, weights.denseWeights);
  assertEquals(model.withShuffledWeights(new Random(1), 0).weights, weights);
  assertThrows(() => model.withShuffledWeights(new Random(1), 3), RangeError, "shuffle 3 layers");
  // Of characters as of words.
  const spelling = madeModel();
  const { weightedLayers, parameters } = spelling;
  assertEquals(weightedLayers, 2);
  const [none, one, both] = [0, 1, 2].map((layers) =>
    spelling.withShuffledWeights(new Random(1), layers).parameters
  );
  assertEquals(none, parameters);
  for (
    const name of ["convolutionWeights", "convolutionBias", "denseWeights", "denseBias"] as const
  ) {
    same(both![name], parameters[name]);
    const isFirst = name.startsWith("convolution");
    assertEquals(one![name], isFirst ? both![name] : parameters[name]);
  }
  assertNotEquals(one!.convolutionWeights, parameters.convolutionWeights);
  assertNotEquals(both!.denseWeights, parameters.denseWeights);
  const shuffled = linear.withShuffledWeights(new Random(2));
  same(shuffled.parameters.weights, linear.parameters.weights);
  const input = linear.encode(linear.read("w1 w2 w3"));
  assert(shuffled.scores(shuffled.encode(linear.read("w1 w2 w3")))[0] !== linear.scores(input)[0]);
});
