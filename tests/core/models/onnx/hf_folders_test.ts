// Models as Hugging Face ships them, against what PyTorch and independent tokenizers make of them.
import { Coalitions, explain } from "@heatword/core";
import { loadOnnxModel, type OnnxModel, type OnnxOptions } from "@heatword/core/onnx";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers/kernel-shap";
import { assert, assertEquals } from "@std/assert";
import { dataFile, testWith } from "../../../_skip.ts";

interface Expected {
  readonly texts: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    readonly word: readonly number[];
    readonly logits: readonly number[];
    readonly logits_onnx_quantized: readonly number[];
  }[];
  readonly tokenizer_only: readonly { readonly text: string; readonly ids: readonly number[] }[];
  readonly explanations: readonly {
    readonly text: number;
    readonly words: readonly { start: number; end: number; text: string }[];
    readonly left_out?: readonly (readonly number[])[];
    readonly shapley?: { readonly values: readonly (readonly number[])[] };
  }[];
}

async function opened(
  folder: string,
  options: OnnxOptions,
  work: (model: OnnxModel, expected: Expected) => Promise<void>,
) {
  const model = await loadOnnxModel(folder, options);
  try {
    await work(model, JSON.parse(await Deno.readTextFile(`${folder}/expected.json`)));
  } finally {
    await model.close();
  }
}

const furthest = (actual: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));

for (const name of ["hf-bert-20news", "hf-distilbert-random"]) {
  const { path, lacks } = dataFile(`models/${name}`);

  testWith(
    lacks,
    `${name}: ids, words and scores of every text are those expected`,
    () =>
      opened(path, {}, async (model, { texts, tokenizer_only }) => {
        for (const { text, ids, logits } of texts) {
          const input = model.encode(model.read(text));
          assertEquals([...input.ids], ids);
          assert(furthest(await model.scores(input), logits) < 1e-5, text);
        }
        for (const { text, ids } of tokenizer_only) {
          assertEquals([...model.encode(model.read(text)).ids], ids.slice(0, model.maxTokens));
        }
        // The last text is longer than the model takes.
        const { tokens, truncated } = model.read(texts.at(-1)!.text);
        assert(truncated! > 0);
        assert(tokens.length <= model.maxTokens - 2);
      }),
  );

  testWith(
    lacks,
    `${name}: quantised, the scores are those of texts one by one`,
    () =>
      opened(path, { file: "onnx/model_quantized.onnx" }, async (model, { texts }) => {
        for (const { text, logits_onnx_quantized } of texts.slice(0, 10)) {
          const scores = await model.scores(model.encode(model.read(text)));
          assert(furthest(scores, logits_onnx_quantized) < 1e-6, text);
        }
      }),
  );
}

const { path, lacks } = dataFile("models/hf-bert-20news");

testWith(
  lacks,
  "hf-bert-20news: left-out words and Shapley values are those expected",
  () =>
    opened(path, {}, async (model, { texts, explanations }) => {
      for (const { text, words, left_out } of explanations) {
        const document = model.read(texts[text]!.text);
        assertEquals(document.tokens, words);
        const input = model.encode(document);
        const sets = Coalitions.without(words.length, words.map((_, t) => [t]));
        const whole = await model.scores(input);
        const left = await model.scores(input, sets);
        left_out!.forEach((row, c) => {
          const lost = row.map((_, t) => whole[c]! - left[t * whole.length + c]!);
          assert(furthest(lost, row) < 1e-5, `text ${text}, class ${c}`);
        });
      }
      // Of ten words kernel SHAP takes all sets, so that its values are exact.
      const { text, shapley } = explanations.find(({ words, shapley }) =>
        shapley && words.length === 10
      )!;
      const input = model.encode(model.read(texts[text]!.text));
      const found = await explain("kernel-shap", model, input, 4);
      assert(furthest(found.words, shapley!.values[4]!) < 1e-5);
    }),
);
