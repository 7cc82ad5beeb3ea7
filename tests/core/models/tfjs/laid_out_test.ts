// Networks after Kim 2014 that see the words of a text behind others, or not all of them.
import {
  Coalitions,
  explain,
  isMaxPooled,
  type LayeredModel,
  type Relevance,
  type Target,
  type VectorInput,
} from "@heatword/core";
import { checkModel } from "@heatword/core/check";
import {
  type LayeredTfjsInput,
  LayeredTfjsModel,
  loadLayeredTfjsModel,
  MaxPooledTfjsModel,
  type TextSettings,
} from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { kimFiles } from "./_kim_files.ts";
import { documentOf } from "./_saved.ts";

const sizes = { widths: [3, 4, 5], filters: 4, dimensions: 5, classes: 3, words: 12, bias: 0.3 };
const files = kimFiles(sizes, 7);
const text = "word1 nowhere word2 word3 word4 word2 word9 elsewhere word5";

/** How texts are laid out, and where their words then stand; −1 for those that are not seen. */
const cases: [what: string, text: string, settings: TextSettings, places: number[]][] = [
  ["unknown words are dropped", text, { unknown: "drop" }, [0, -1, 1, 2, 3, 4, 5, -1, 6]],
  ["a start stands first", text, { unknown: 10, start: 11 }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ["padding stands first", "word1 word2", { unknown: 10, paddingSide: "pre" }, [3, 4]],
];

/** The same model, which shows no more than its layers. */
function layersOnly(model: MaxPooledTfjsModel): LayeredModel<LayeredTfjsInput> {
  const { scores, scoresAndGradients } = LayeredTfjsModel.prototype;
  const gradients: LayeredModel<LayeredTfjsInput>["scoresAndGradients"] = (input, weights) =>
    scoresAndGradients.call(model, input, weights);
  return {
    classes: model.classes,
    layers: model.layers,
    layersFor: (input) => model.layersFor(input),
    layerInput: (input) => model.layerInput(input),
    read: (text) => model.read(text),
    encode: (document) => model.encode(document),
    scores: (input, coalitions) => scores.call(model, input, coalitions),
    gradient: (input, weights) => scoresAndGradients.call(model, input, [weights]).gradients[0]!,
    scoresAndGradients: gradients!,
    withVectors: (input, vectors) => model.withVectors(input, vectors),
    withoutWords: (input, positions) => model.withoutWords(input, positions),
  };
}

function close(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "",
) {
  assertEquals(found.length, expected.length, what);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(found[i]!, expected[i]!, tolerance, `${what} ${i}`);
  }
}

/** All numbers of a ledger, with the names of its layers. */
const numbersOf = ({ ledger = [] }: Relevance) =>
  ledger.map(({ layer, received, passed, bias, stabilizer }) => {
    return { layer, numbers: [received, passed, bias, stabilizer] };
  });

/** The Shapley values by their definition, over all sets of words. */
function bruteForce(model: MaxPooledTfjsModel, input: LayeredTfjsInput, c: number): number[] {
  const T = input.length;
  const all = new Coalitions(T, 1 << T);
  for (let m = 0; m < 1 << T; m++) for (let t = 0; t < T; t++) if (!(m >> t & 1)) all.delete(m, t);
  const scores = model.scores(input, all);
  const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
  return Array.from({ length: T }, (_, t) => {
    let value = 0;
    for (let m = 0; m < 1 << T; m++) {
      if (m >> t & 1) continue;
      const size = [...m.toString(2)].filter((bit) => bit === "1").length;
      const weight = factorial(size) * factorial(T - size - 1) / factorial(T);
      value += weight * (scores[(m | 1 << t) * 3 + c]! - scores[m * 3 + c]!);
    }
    return value;
  });
}

for (const [what, words, settings, places] of cases) {
  const load = async () => {
    const model = await loadLayeredTfjsModel(files, settings);
    assert(model instanceof MaxPooledTfjsModel && isMaxPooled(model));
    const input = model.encode(documentOf(words.split(" ")));
    assert(input.order);
    return { model, input, precise: model.withVectors(input, Float64Array.from(input.vectors)) };
  };

  Deno.test(`filters win on neighbours to the layers where ${what}`, async () => {
    const { model, input, precise } = await load();
    const laid = model.laidOut(input)!;
    places.forEach((place, t) => assertEquals(laid.order.indexOf(t), place));
    assertEquals(model.laidOut(laid.input), undefined);
    assertThrows(() => model.winnings(input), RangeError, "laid out first");
    assertThrows(() => model.wordParts(input), RangeError, "laid out first");
    const plain = layersOnly(model);
    for (const [at, tolerance] of [[input, 1e-5], [precise, 1e-12]] as const) {
      close(model.scores(at), await plain.scores(at), tolerance);
      const weights = Float64Array.of(1, -2, 0.5);
      close(model.gradient(at, weights), await plain.gradient(at, weights), tolerance);
      const { input: inOrder } = model.laidOut(at)!;
      close(model.winnings(inOrder).scores, await plain.scores(at), tolerance);
    }
    const { results } = await checkModel(model, { texts: [words] });
    assertEquals(results.filter(({ status }) => status === "failed"), []);
  });

  Deno.test(`explanations are those of the layers where ${what}`, async () => {
    const { model, precise } = await load();
    const plain = layersOnly(model);
    const asked: [string, Record<string, unknown>, Target][] = [
      ["lrp", {}, 0],
      ["lrp", { bias: "share", detail: "words" }, { of: 2, against: 1 }],
      ["lrp", { pooling: "l2", bias: "share" }, 1],
      ["deeplift", {}, 2],
      ["integrated-gradients", {}, { of: 0, against: 2 }],
      ["integrated-gradients", { exact: false, steps: 7 }, 1],
      ["gradient-input", {}, 1],
      ["sa", {}, 0],
    ];
    for (const [name, options, target] of asked) {
      const found = await explain(name, model, precise, target, options);
      const expected = await explain(name, plain, precise, target, options);
      close(found.words, expected.words, 1e-10, name);
      close(found.values ?? [], expected.values ?? [], 1e-10, name);
      assertAlmostEquals(found.expectedSum ?? 0, expected.expectedSum ?? 0, 1e-10);
      const [own, other] = [numbersOf(found), numbersOf(expected)];
      assertEquals(own.map(({ layer }) => layer), other.map(({ layer }) => layer));
      own.forEach(({ numbers }, i) => close(numbers, other[i]!.numbers, 1e-10, `${name} ledger`));
    }
  });

  Deno.test(`exact Shapley values are those of all sets of words where ${what}`, async () => {
    const { model, precise } = await load();
    const input: VectorInput = precise;
    for (const c of [0, 2]) {
      const { words } = await explain("shapley", model, input, c);
      close(words, bruteForce(model, precise, c), 1e-10);
    }
  });
}
