// Models whose inputs all have one length: every program cuts a text to the words that it takes.
import { Random, wordLimit } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { assert, assertEquals } from "@std/assert";
import { evaluate } from "../../apps/evaluate/_run.ts";
import type { Settings } from "../../apps/evaluate/_settings.ts";
import { loadModel } from "../../apps/opening/model.ts";
import { explainDocument } from "@heatword/eval/explanations";
import "@heatword/explainers";
import { savedFiles, tf } from "../core/models/tfjs/_saved.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const value: Record<string, number> = { red: 1, blue: 2, green: 3, cold: -4 };
const words = Object.keys(value);

/** The score of warm is the largest sum of two neighbours, 0 at least; that of chilly is 4.5. */
async function saveModel(folder: string, length: number, end: "relu" | "leaky") {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: 5,
        outputDim: 1,
        inputLength: length,
        weights: [tf.tensor2d([[0], ...words.map((word) => [value[word]!])])],
      }),
      tf.layers.conv1d({
        filters: 1,
        kernelSize: 2,
        weights: [tf.ones([2, 1, 1]), tf.zeros([1])],
      }),
      end === "relu" ? tf.layers.reLU() : tf.layers.leakyReLU({ alpha: 1e-9 }),
      tf.layers.globalMaxPooling1d({}),
      tf.layers.dense({
        units: 2,
        weights: [tf.tensor2d([[1, 0]]), tf.tensor1d([0, 4.5])],
      }),
    ],
  });
  const files = await savedFiles(model, {
    "vocabulary.json": Object.fromEntries(words.map((word, i) => [word, i + 1])),
    "classes.json": ["warm", "chilly"],
  });
  await Deno.mkdir(folder);
  for (const [name, bytes] of files) await Deno.writeFile(`${folder}/${name}`, bytes);
}

function warmth(text: readonly string[], length: number): number {
  const numbers = Array.from({ length }, (_, t) => t < text.length ? value[text[t]!]! : 0);
  return Math.max(0, ...numbers.slice(1).map((number, t) => number + numbers[t]!));
}

const settings = (folder: string, more: Partial<Settings>): Settings => ({
  model: `${folder}/model`,
  data: `${folder}/texts.jsonl`,
  columns: {},
  testPart: false,
  out: `${folder}/out`,
  explainers: ["lrp"],
  plugins: [],
  deletion: { minLength: 1, deletions: 3, runs: 2 },
  trustDocuments: 0,
  seed: 0,
  workers: 1,
  ...more,
});

for (const { length, end } of [{ length: 6, end: "relu" }, { length: 9, end: "leaky" }] as const) {
  test(`evaluate cuts texts to the ${length} words that a model takes (${end})`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await saveModel(`${folder}/model`, length, end);
      const random = new Random(length);
      // From one word to far more than the model takes.
      const texts = Array.from({ length: 24 }, (_, i) => {
        const text = Array.from({ length: 1 + i }, () => words[random.below(4)]!);
        return { text, label: random.below(2) === 0 ? "warm" : "chilly" };
      });
      const rows = texts.map(({ text, label }) => JSON.stringify({ text: text.join(" "), label }));
      await Deno.writeTextFile(`${folder}/texts.jsonl`, rows.join("\n"));
      const explainers = end === "relu" ? ["lrp", "sa", "occlusion"] : ["occlusion"];
      const { claims } = await evaluate(settings(folder, { explainers }), () => {}, () => {});
      const right = texts.filter(({ text, label }) =>
        label === (warmth(text, length) > 4.5 ? "warm" : "chilly")
      );
      const { ours } = claims.find(({ id }) => id === "accuracy.test")!;
      assertEquals((ours as { accuracy?: number }).accuracy, right.length / texts.length);
      const report = await Deno.readTextFile(`${folder}/out/report.html`);
      assert(report.includes(`the first ${length} of each text`), "the report tells the cut");

      // What explain shows of the longest text is cut at the same word.
      const model = await loadModel({ model: `${folder}/model` });
      assertEquals(wordLimit(model), length);
      const { text } = texts.at(-1)!;
      const document = model.read(text.join(" "));
      const [{ tokens, truncated, score }] = await explainDocument(model, document, {
        explainers: [{
          explainer: (await import("@heatword/core")).getExplainer("occlusion"),
          options: {},
        }],
        targets: ["warm"],
      }) as [Awaited<ReturnType<typeof explainDocument>>[0]];
      assertEquals([tokens.length, truncated], [length, text.length - length]);
      assertEquals(score, warmth(text, length));
      const again = await openModel(`${folder}/model`);
      assertEquals(again.maxWords, length);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
