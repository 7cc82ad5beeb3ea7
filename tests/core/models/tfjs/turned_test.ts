// Texts whose words do not stand first in what the layers see.
import { Coalitions, explain } from "@heatword/core";
import { loadLayeredTfjsModel, type TextSettings } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawWeights, savedFiles, tf } from "./_saved.ts";

/** A model to which it matters where words stand. */
const files = await savedFiles(
  drawWeights(
    tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 8, outputDim: 4, inputLength: 6 }),
        tf.layers.conv1d({ filters: 3, kernelSize: 2, activation: "relu", padding: "same" }),
        tf.layers.maxPooling1d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: "relu" }),
        tf.layers.dense({ units: 2 }),
      ],
    }),
    12,
  ),
  {},
);

const vocabulary = { _: 0, good: 1, bad: 2, fine: 3, poor: 4, "<s>": 6 };
const load = (settings: TextSettings) =>
  loadLayeredTfjsModel(files, { vocabulary, tokenizer: "whitespace", padding: 0, ...settings });

/** Texts, and what stands in the model's input in the order of the layers, as words of a text. */
const cases: [text: string, settings: TextSettings, laidOut: string, places: number[]][] = [
  ["good bad fine", { paddingSide: "pre" }, "_ _ _ good bad fine", [3, 4, 5]],
  ["good bad fine", { start: 6 }, "<s> good bad fine _ _", [1, 2, 3]],
  ["poor good", { start: 6, paddingSide: "pre" }, "_ _ _ <s> poor good", [4, 5]],
  ["good zzz bad", { unknown: "drop" }, "good bad _ _ _ _", [0, -1, 1]],
  [
    "zzz poor zzz fine",
    { unknown: "drop", paddingSide: "pre" },
    "_ _ _ _ poor fine",
    [-1, 4, -1, 5],
  ],
];

Deno.test("explanations stay with their words wherever the layers see them", async (t) => {
  const plain = await load({});
  const explainers = [
    "lrp",
    "sa",
    "gradient-input",
    "integrated-gradients",
    "deeplift",
    "occlusion",
  ];
  for (const [text, settings, laidOut, places] of cases) {
    await t.step(JSON.stringify([text, settings]), async () => {
      const model = await load(settings);
      const input = model.encode(model.read(text));
      const reference = plain.encode(plain.read(laidOut));
      assertEquals([...model.scores(input)], [...plain.scores(reference)]);
      for (const explainer of explainers) {
        const { words } = await explain(explainer, model, input, 1);
        const expected = await explain(explainer, plain, reference, 1);
        assertEquals(words.length, input.length);
        places.forEach((place, t) => {
          const value = place < 0 ? 0 : expected.words[place]!;
          assertAlmostEquals(words[t]!, value, 1e-6, `${explainer} ${t}`);
        });
        // What is not a word has the rest: it is not lost.
        const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
        assertAlmostEquals(sum(words), sum(expected.words), 1e-6, explainer);
      }
    });
  }
});

Deno.test("coalitions delete the words that they name wherever the layers see them", async () => {
  for (const [text, settings] of cases) {
    const model = await load(settings);
    const input = model.encode(model.read(text));
    const coalitions = new Coalitions(input.length, 1 << input.length);
    const lists: number[][] = [];
    for (let m = 0; m < coalitions.size; m++) {
      lists.push([...Array(input.length).keys()].filter((t) => (m >> t) & 1));
      for (const t of lists[m]!) coalitions.delete(m, t);
    }
    const scores = model.scores(input, coalitions);
    lists.forEach((list, m) => {
      const expected = model.scores(model.withoutWords(input, list));
      expected.forEach((value, c) => assertAlmostEquals(scores[2 * m + c]!, value, 1e-6));
    });
    const moved = model.withVectors(model.withVectors(input, input.vectors), input.vectors);
    assertEquals([...model.scores(moved)], [...model.scores(input)]);
  }
});

Deno.test("rows that are given are laid out as the words of a text", async () => {
  const model = await load({ paddingSide: "pre", start: 6 });
  const given = model.inputFromRows([1, 2]);
  const read = model.encode(model.read("good bad"));
  assertEquals([...given.rows!], [...read.rows!]);
  assertEquals([...given.order!], [...read.order!]);
  assert(read.length === 6);
});
