import { Coalitions, explain, type Model } from "@heatword/core";
import { checkModel } from "@heatword/core/check";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";
import { tokenizerConfig } from "./_made_folder.ts";
import { assertClose, cls, meanOf, rows, withModel } from "./_small_onnx.ts";

const test = testPermitted("read", "env");

const wordsOf = (model: Model, text: string) => model.read(text).tokens.map((token) => token.text);

test("the scores are those of the tokens, with some words deleted too", () =>
  withModel(async (model) => {
    assertEquals(model.classes, ["class 0", "class 1", "class 2"]);
    const input = model.encode(model.read("A good films."));
    assertEquals(wordsOf(model, "A good films."), ["A", "good", "films", "."]);
    assertClose(await model.scores(input), meanOf(cls("a", "good", "film", "##s", ".")));
    const sets = [[], [2], [0, 1], [0, 1, 2, 3], [2]];
    const scores = await model.scores(input, Coalitions.without(4, sets));
    assertClose(scores, [
      ...meanOf(cls("a", "good", "film", "##s", ".")),
      ...meanOf(cls("a", "good", ".")),
      ...meanOf(cls("film", "##s", ".")),
      ...meanOf(cls()),
      ...meanOf(cls("a", "good", ".")),
    ]);
    assertClose(await model.scores(model.withoutWords(input, [2])), scores.subarray(3, 6), 0);
    assertEquals((await model.scores(input, new Coalitions(4, 0))).length, 0);
  }));

test("a deleted word may be masked: each of its tokens is", () =>
  withModel(async (model) => {
    const input = model.encode(model.read("a good films"));
    const scores = await model.scores(input, Coalitions.without(3, [[2], [0, 1]]));
    assertClose(scores, [
      ...meanOf(cls("a", "good", "[MASK]", "[MASK]")),
      ...meanOf(cls("[MASK]", "[MASK]", "film", "##s")),
    ]);
  }, { others: { "text.json": { deletion: "mask" } } }));

test("words beyond the limit are shown as such, at either end", async () => {
  const text = `${"good ".repeat(13)}bad films`;
  const at = (start: number, end: number) => ({ start, end, reason: "beyond the limit" as const });
  await withModel(async (model) => {
    const document = model.read(text);
    // Of "films" a half has room: 16 tokens with the special ones.
    assertEquals([document.tokens.length, document.truncated], [14, 1]);
    assertEquals(document.unseen, [at(69, 74)]);
    const input = model.encode(document);
    assertEquals(input.ids.length, 16);
    assertClose(
      await model.scores(input),
      meanOf(cls(...new Array(13).fill("good"), "bad")),
    );
  });
  await withModel(async (model) => {
    const document = model.read(text);
    assertEquals([document.tokens.length, document.truncated], [13, 2]);
    assertEquals(document.unseen, [at(0, 4), at(5, 9)]);
    assertClose(
      await model.scores(model.encode(document)),
      meanOf(cls(...new Array(11).fill("good"), "bad", "film", "##s")),
    );
  }, { others: { "tokenizer_config.json": { ...tokenizerConfig, truncation_side: "left" } } });
});

test("scores of a text are the same whatever else is scored", async () => {
  const texts = ["a good film", "bad", "but a bad films .", ""];
  for (const quantised of [false, true]) {
    await withModel(async (model) => {
      const input = model.encode(model.read("a good but a bad film ."));
      const sets = Array.from(
        { length: 40 },
        (_, m) => [0, 1, 2, 3, 4, 5].filter((t) => m >> t & 1),
      );
      const together = await model.scores(input, Coalitions.without(7, sets));
      for (const [m, set] of sets.entries()) {
        // A model that was opened anew remembers nothing.
        const again = model.encode({ ...model.read("a good but a bad film .") });
        const alone = await model.scores(model.withoutWords(again, set));
        assertClose(alone, together.subarray(3 * m, 3 * m + 3), quantised ? 0 : 1e-6);
      }
      for (const text of texts) await model.scores(model.encode(model.read(text)));
      assertEquals(model.batchSize, quantised ? 1 : 64);
      assertEquals(model.notes.join().includes("one by one"), quantised);
    }, { model: { rows, quantised } });
  }
});

test("no row of tokens is scored twice for a text", () =>
  withModel(async (model) => {
    const input = model.encode(model.read("good good film"));
    await model.scores(input, Coalitions.without(3, [[0], [1], [0, 1]]));
    // Either "good" deleted leaves the same.
    assertEquals(input.known.size, 2);
    await explain("occlusion", model, input, 0);
    assertEquals(input.known.size, 4);
  }));

test("inputs that a model asks for are filled, and sizes that it fixes are kept", async () => {
  const inputs = ["input_ids", "attention_mask", "token_type_ids", "position_ids"];
  await withModel(async (model) => {
    assertEquals(model.maxTokens, 8);
    const input = model.encode(model.read("a good film but bad bad bad bad"));
    assertClose(await model.scores(input), meanOf(cls("a", "good", "film", "but", "bad", "bad")));
    const few = await model.scores(input, Coalitions.without(6, [[0, 1, 2, 3], [5], [4]]));
    assertClose(few, [
      ...meanOf(cls("bad", "bad")),
      ...meanOf(cls("a", "good", "film", "but", "bad")),
      ...meanOf(cls("a", "good", "film", "but", "bad")),
    ]);
  }, { model: { rows, inputs, shape: [2, 8] } });
});

test("a word is unknown where the tokenizer knows no part of it", () =>
  withModel((model) => {
    const input = model.encode(model.read("good plot, films"));
    assertEquals(wordsOf(model, "good plot, films"), ["good", "plot", ",", "films"]);
    assertEquals(input.unknown, [1, 2]);
  }));

test("words may be cut by another tokenizer", () =>
  withModel((model) => {
    assertEquals(wordsOf(model, "a good-bad films. "), ["a", "good-bad", "films."]);
  }, { tokenizer: "whitespace" }));

test("documents of others are taken: tokens belong to the words that they overlap", () =>
  withModel(async (model) => {
    const text = "a good films";
    const tokens = [{ text: "good films", start: 2, end: 12 }];
    const input = model.encode({ text, tokens });
    assertEquals(input.length, 1);
    assertClose(
      await model.scores(input, Coalitions.without(1, [[0]])),
      meanOf(cls("a")),
    );
  }));

test("the model conforms, and every explainer that needs scores alone explains by it", () =>
  withModel(async (model) => {
    const { results } = await checkModel(model);
    assertEquals(results.filter(({ status }) => status === "failed"), []);
    const input = model.encode(model.read("a good film but bad"));
    // The mean of some words is no sum: Shapley values are those of all 32 sets.
    const scores = await model.scores(
      input,
      Coalitions.without(
        5,
        Array.from({ length: 32 }, (_, m) => {
          return [0, 1, 2, 3, 4].filter((t) => !(m >> t & 1));
        }),
      ),
    );
    const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
    const shapley = [0, 1, 2, 3, 4].map((t) => {
      let sum = 0;
      for (let m = 0; m < 32; m++) {
        if (m >> t & 1) continue;
        const size = [0, 1, 2, 3, 4].filter((other) => m >> other & 1).length;
        const weight = factorial(size) * factorial(4 - size) / factorial(5);
        sum += weight * (scores[3 * (m | 1 << t)]! - scores[3 * m]!);
      }
      return sum;
    });
    assertClose((await explain("kernel-shap", model, input, 0)).words, shapley);
    const sampled = await explain("sampled-shapley", model, input, 0, { permutations: 200 });
    assertClose(sampled.words, shapley, 0.1);
    const occlusion = await explain("occlusion", model, input, 0);
    assertClose(
      occlusion.words,
      [0, 1, 2, 3, 4].map((t) => scores[93]! - scores[3 * (31 - (1 << t))]!),
    );
    assertEquals((await explain("lime", model, input, 0)).words.length, 5);
  }));
