// Words and vocabularies as people have them, by a model whose score can be counted on fingers.
import { openModel } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import { explainDocument } from "@heatword/eval/explanations";
import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { savedFiles, tf } from "../core/models/tfjs/_saved.ts";
import { testPermitted } from "../_skip.ts";
import { runExplain } from "./_run_explain.ts";

const test = testPermitted("read", "write", "env", "run");

/** A folder with a model whose score of pos is the mean of the numbers of its rows: 0, 1, 2, … */
async function meanModel(rows: number, beside: Record<string, unknown>): Promise<string> {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: rows, outputDim: 1 }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: 2 }),
    ],
  });
  model.setWeights([
    tf.tensor2d(Array.from({ length: rows }, (_, row) => [row])),
    tf.tensor2d([[1, -1]]),
    tf.tensor1d([0, 0]),
  ]);
  const folder = await Deno.makeTempDir({ prefix: "heatword-mean-" });
  const files = await savedFiles(model, { "classes.json": ["pos", "neg"], ...beside });
  for (const [name, content] of files) await Deno.writeFile(`${folder}/${name}`, content);
  return folder;
}

/** Explains texts by such a model. */
async function withModel(
  rows: number,
  beside: Record<string, unknown>,
  run: (explain: (text: string) => Promise<{ score: number; unknown: string[] }>) => Promise<void>,
): Promise<void> {
  const folder = await meanModel(rows, beside);
  try {
    const model = await openModel(folder);
    await run(async (text) => {
      const [found] = await explainDocument(model, model.read(text), {
        explainers: [{ explainer: getExplainer("lrp"), options: {} }],
        targets: ["pos"],
      });
      const { score, tokens, unknown } = found!;
      return { score, unknown: unknown.map((t) => tokens[t]!.text) };
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("a word of the vocabulary that stands in a text reaches the model", () => {
  const vocabulary = {
    gut: 1,
    naïve: 2,
    привет: 3,
    "2024": 4,
    "l’eau": 5,
    größe: 6,
    "c#": 7,
    "rock-n-roll": 8,
    東京: 9,
    "#tag": 10,
    "❤️": 11,
    हिंदी: 12,
  };
  const texts: [text: string, rows: number[], unknown?: string[]][] = [
    ["gut naïve", [1, 2]],
    ["Привет gut", [3, 1]],
    ["2024 gut", [4, 1]],
    ["gut l’eau l'eau", [1, 5, 5]],
    ["Größe", [6]],
    ["“gut” naïve…", [1, 2]],
    ["gut—größe", [1, 6]],
    ["gut, naïve!", [1, 2]],
    ["C#, (rock-n-roll)", [7, 8]],
    ["東京で gut", [9, 0, 1], ["で"]],
    ["gut 🚀 #tag❤️", [1, 0, 10, 11], ["🚀"]],
    ["naïve हिंदी", [2, 12]],
    ["nai\u0308ve", [2]],
  ];
  return withModel(13, { "vocabulary.json": vocabulary }, async (explain) => {
    for (const [text, rows, unknown = []] of texts) {
      const found = await explain(text);
      const mean = rows.reduce((a, b) => a + b, 0) / rows.length;
      assertAlmostEquals(found.score, mean, 1e-6, text);
      assertEquals(found.unknown, unknown, text);
    }
  });
});

test("a vocabulary longer than the Embedding is told once, and its further words are unknown", async () => {
  const words = { gut: 1, böse: 2, mehr: 3, "7": 4, weit: 9 };
  const folder = await meanModel(3, { "word_index.json": words });
  try {
    const { code, stdout, stderr } = await runExplain([
      "gut mehr 7",
      "--model",
      folder,
      "--target",
      "pos",
    ]);
    assertEquals(code, 0, stderr);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
    assertStringIncludes(stderr, 'note: 3 of the 5 words of "word_index.json" have further rows');
    assertStringIncludes(stdout, "score of pos 0.3333");
    assertStringIncludes(stdout, "2 of 3 words unknown to the model (?)");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("rows of a batch tell such a note once, for any number of workers", async () => {
  const folder = await meanModel(3, { "word_index.json": { gut: 1, mehr: 3 } });
  try {
    await Deno.writeTextFile(`${folder}/texts.csv`, "text\ngut\nmehr\ngut mehr\n");
    const { code, stderr } = await runExplain([
      "--batch",
      `${folder}/texts.csv`,
      "--out",
      `${folder}/out.csv`,
      "--workers",
      "2",
      "--model",
      folder,
    ]);
    assertEquals(code, 0, stderr);
    assertEquals(stderr.split("have further rows").length - 1, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("a word that has the row of unknown words is shown as unknown", async () => {
  await withModel(5, { "vocabulary.json": { "<OOV>": 1, good: 2, bad: 3 } }, async (explain) => {
    assertEquals(await explain("good zzz"), { score: 1.5, unknown: ["zzz"] });
    assertEquals(await explain("good bad"), { score: 2.5, unknown: [] });
  });
});
