import {
  Coalitions,
  explain,
  type Explainer,
  type LayeredModel,
  poolWords,
  Random,
} from "@heatword/core";
import { CharCnn, type CharInput, Spelling } from "@heatword/core/char-cnn";
import { checkModel } from "@heatword/core/check";
import { Vocabulary } from "@heatword/core/word-cnn";
import { deeplift } from "@heatword/explainers/deeplift";
import { gradientInput } from "@heatword/explainers/gradient-input";
import { integratedGradients } from "@heatword/explainers/integrated-gradients";
import { lrp } from "@heatword/explainers/lrp";
import { sa } from "@heatword/explainers/sa";
import { shapley } from "@heatword/explainers/shapley";
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { madeModel, madeText, scoresByFormula } from "./_made_model.ts";

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-10) {
  assertEquals(actual.length, expected.length);
  Array.from(actual).forEach((value, i) => assertAlmostEquals(value, expected[i]!, tolerance));
}

/** The same model, of which nothing is known but its layers. */
function layersAlone(model: CharCnn): LayeredModel<CharInput> {
  return {
    classes: model.classes,
    layers: model.layers,
    read: (text) => model.read(text),
    encode: (document) => model.encode(document),
    scores: (input, coalitions) => model.scores(input, coalitions),
    withoutWords: (input, positions) => model.withoutWords(input, positions),
    gradient: (input, weights) => model.gradient(input, weights),
    withVectors: (input, vectors) => model.withVectors(input, vectors),
    layerInput: (input) => model.layerInput(input),
    layersFor: (input) => model.layersFor(input),
  };
}

Deno.test("CharCnn scores texts as the formulas say, in both precisions", () => {
  for (const single of [false, true]) {
    for (const variant of [{}, { width: 1 }, { width: 7 }, { blanks: false }, { wordLength: 2 }]) {
      const model = madeModel({ single, ...variant });
      for (const text of ["", "a", "?", ...[1, 2, 5, 40].map((n) => madeText(n, n))]) {
        const scores = model.scores(model.encode(model.read(text)));
        assertClose(scores, scoresByFormula(model, text), single ? 1e-5 : 1e-12);
      }
    }
  }
});

Deno.test("CharCnn deletes a word as its characters, whatever was deleted before", () => {
  const random = new Random(3);
  for (const words of [1, 3, 30]) {
    const model = madeModel();
    const text = madeText(words, words);
    const input = model.encode(model.read(text));
    const sets = Array.from({ length: 20 }, () => {
      const share = random.uniform();
      return Array.from({ length: words }, (_, t) => t).filter(() => random.uniform() < share);
    });
    const scores = model.scores(input, Coalitions.without(input.length, [[], ...sets, []]));
    [[], ...sets, []].forEach((gone: number[], m) => {
      const expected = scoresByFormula(model, text, (t) => gone.includes(t));
      assertClose(scores.subarray(3 * m, 3 * m + 3), expected, 1e-12);
      assertClose(model.scores(model.withoutWords(input, gone)), expected, 1e-12);
      const vectors = model.withVectors(input, input.vectors.slice());
      assertClose(model.scores(model.withoutWords(vectors, gone)), expected, 1e-12);
    });
  }
});

Deno.test("CharCnn reads long words in part, says so, and knows what it does not know", () => {
  const model = madeModel();
  const document = model.read("abcdeabc Ab ?? 字");
  assertEquals(document.tokens.map(({ text, start, end }) => [text, start, end]), [
    ["abcde", 0, 5],
    ["Ab", 9, 11],
    ["??", 12, 14],
    ["字", 15, 16],
  ]);
  assertEquals(document.unseen, [{ start: 5, end: 8, reason: "filtered" }]);
  const input = model.encode(document);
  assertEquals([input.length, input.dimensions, input.unknown], [4, 24, [2]]);
  assertEquals(model.knownWords(input), ["abcde", "ab", undefined, "字"]);
  // The same word in the text that keeps its places: five characters, then the blank.
  assertEquals([...input.places!.slice(0, 9)], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const spelling = new Spelling({
    alphabet: new Vocabulary(["a"]),
    wordLength: 1,
    blanks: false,
  });
  assertEquals([...spelling.spell(["ab", "b"]).rows], [0, -1]);
  assertThrows(
    () => new Spelling({ alphabet: new Vocabulary(["a"]), wordLength: 1, blanks: true }),
    RangeError,
    "Cannot spell words in 1 characters",
  );
});

Deno.test("CharCnn keeps what models promise", async () => {
  for (const single of [false, true]) {
    const { results } = await checkModel(madeModel({ single }), {
      texts: ["abc dé 字𝒳 a-b", "a", "cab abc bca"],
    });
    assertEquals(results.filter(({ status }) => status === "failed"), []);
  }
});

Deno.test("a word's relevance is what its characters have, by every explainer of layers", async () => {
  const model = madeModel();
  const text = madeText(9, 25);
  const input = model.encode(model.read(text));
  const { input: characters, order, parts } = model.laidOut(input)!;
  assertEquals([characters.length, parts], [order.length, 6]);
  for (const method of [lrp, gradientInput, integratedGradients, deeplift, sa] as Explainer[]) {
    const options = { detail: "values" };
    const found = await explain(method, model, input, 1, options);
    const one = await explain(method, model, characters, 1, options);
    const sums = new Float64Array(25);
    order.forEach((place, i) => sums[Math.floor(place / 6)]! += one.words[i]!);
    assertClose(found.words, sums);
    assertEquals(found.values!.length, 25 * 24);
    assertClose(poolWords(found.values!, 24, "sum"), sums);
    assertAlmostEquals(found.score, scoresByFormula(model, text)[1]!, 1e-10);
  }
});

Deno.test("explanations of char-CNNs are those of their layers, however words are pooled", async () => {
  const model = madeModel();
  const plain = layersAlone(model);
  for (const text of ["a", madeText(4, 1), madeText(11, 20)]) {
    const input = model.encode(model.read(text));
    for (const target of [2, { of: 0, against: 1 }]) {
      for (const pooling of ["sum", "l2"]) {
        for (const method of [lrp, deeplift, integratedGradients] as Explainer[]) {
          const options = { pooling, detail: "values" };
          const short = await explain(method, model, input, target, options);
          const long = await explain(method, plain, input, target, options);
          assertClose(short.words, long.words, 1e-9);
          assertClose(short.values!, long.values!, 1e-9);
          assertEquals(short.expectedSum === undefined, long.expectedSum === undefined);
          assertEquals(
            short.ledger?.map(({ layer, rule }) => [layer, rule]),
            long.ledger?.map(({ layer, rule }) => [layer, rule]),
          );
        }
      }
    }
  }
});

Deno.test("LRP of char-CNNs conserves the score, and gradients are those of differences", async () => {
  for (const single of [false, true]) {
    const model = madeModel({ single });
    for (const words of [0, 1, 2, 60]) {
      const input = model.encode(model.read(madeText(words + 20, words)));
      const { words: relevance, score } = await explain(lrp, model, input, 0);
      const sum = relevance.reduce((all, one) => all + one, 0);
      assertAlmostEquals(sum, score, single ? 1e-5 : 1e-12);
    }
  }
  const model = madeModel();
  const input = model.encode(model.read("abc dé c-b"));
  const gradient = model.gradient(input, Float64Array.of(1, -2, 0));
  const at = (i: number, step: number) => {
    const vectors = Float64Array.from(input.vectors);
    vectors[i]! += step;
    const [one, two] = model.scores(model.withVectors(input, vectors));
    return one! - 2 * two!;
  };
  for (let i = 0; i < gradient.length; i++) {
    assertAlmostEquals(gradient[i]!, (at(i, 1e-6) - at(i, -1e-6)) / 2e-6, 1e-6);
  }
});

Deno.test("exact Shapley values of char-CNNs are those of words, of few alone", async () => {
  const model = madeModel();
  const text = "abc dé c-b";
  const input = model.encode(model.read(text));
  const { words } = await explain(shapley, model, input, 0);
  const value = (...there: number[]) => scoresByFormula(model, text, (t) => !there.includes(t))[0]!;
  // Over the six orders of three words.
  const first = (2 * (value(0) - value()) + (value(0, 1) - value(1)) + (value(0, 2) - value(2)) +
    2 * (value(0, 1, 2) - value(1, 2))) / 6;
  assertAlmostEquals(words[0]!, first, 1e-12);
  const long = model.encode(model.read(madeText(1, 13)));
  await assertRejects(
    () => explain(shapley, model, long, 0),
    TypeError,
    "its filters span parts of words",
  );
});

Deno.test("CharCnn refuses what does not fit together", () => {
  const { parameters } = madeModel();
  const refuses = (other: Partial<ConstructorParameters<typeof CharCnn>[0]>, why: string) =>
    assertThrows(() => new CharCnn({ ...parameters, ...other }), RangeError, why);
  refuses({ alphabet: new Vocabulary(["a"]) }, "1 characters have 10 vectors");
  refuses({ width: 2 }, '"convolutionWeights" has 108 numbers, not the 72 of [8, 9]');
  refuses({ wordLength: 1 }, "Cannot spell words in 1 characters");
  const model = madeModel();
  const input = model.encode(model.read("ab"));
  assertThrows(() => model.winnings(input), RangeError, "must be laid out as characters first");
  assertThrows(() => model.withVectors(input, new Float64Array(3)), RangeError, "by 3");
});
