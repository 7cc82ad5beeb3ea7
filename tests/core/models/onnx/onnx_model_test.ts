import { Coalitions, explain, type Model } from "@heatword/core";
import { checkModel } from "@heatword/core/check";
import { openModel } from "@heatword/core/models";
import { loadOnnxModel, type OnnxOptions } from "@heatword/core/onnx";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";
import { madeFolder, SPECIAL, tokenizerConfig, wordPiece } from "./_made_folder.ts";
import { bytesOf, type MadeOnnx } from "./_made_onnx.ts";

const test = testPermitted("read", "env");

const pieces = ["a", "good", "film", "##s", "bad", ".", "but"];
const place = new Map([...SPECIAL, ...pieces].map((token, id) => [token, id]));
/** A row of scores for each id, no two alike. */
const rows = [...place.values()].map((id) => [Math.sin(id), Math.cos(3 * id), id / 7]);
const made: MadeOnnx = { rows };

/** The scores that the model has to give: the mean of the rows of its tokens. */
function meanOf(tokens: readonly string[], table: readonly (readonly number[])[] = rows): number[] {
  const ids = tokens.map((token) => place.get(token)!);
  return table[0]!.map((_, c) => ids.reduce((sum, id) => sum + table[id]![c]!, 0) / ids.length);
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
  }
}

type Others = Readonly<Record<string, unknown>>;

async function withModel(
  work: (model: Awaited<ReturnType<typeof loadOnnxModel>>) => Promise<void> | void,
  { others = {}, model = made, ...options }: OnnxOptions & { others?: Others; model?: MadeOnnx } =
    {},
) {
  const opened = await loadOnnxModel(madeFolder(pieces, model, others), options);
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

const cls = (...tokens: string[]) => ["[CLS]", ...tokens, "[SEP]"];
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

test("the limit is the least of those that the files name", async () => {
  const limits = async (others: Others) => {
    let found = 0;
    await withModel(({ maxTokens }) => void (found = maxTokens), { others });
    return found;
  };
  const config = (more: Others) => ({
    "config.json": { model_type: "bert", num_labels: 3, ...more },
  });
  assertEquals(await limits({}), 16);
  assertEquals(await limits(config({ max_position_embeddings: 9 })), 9);
  const roberta = { model_type: "roberta", max_position_embeddings: 14, pad_token_id: 1 };
  assertEquals(await limits(config(roberta)), 12);
  const truncation = { ...wordPiece(pieces), truncation: { max_length: 7 } };
  assertEquals(await limits({ "tokenizer.json": truncation }), 7);
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

test("scores of half precision are taken, and weights in a file of their own", async () => {
  for (
    const [model, others, tolerance] of [
      [{ rows, half: true }, {}, 1e-3],
      [{ rows, external: true }, { "onnx/model.onnx_data": bytesOf(made) }, 1e-6],
    ] as const
  ) {
    await withModel(async (model) => {
      const scores = await model.scores(model.encode(model.read("a good film")));
      assertClose(scores, meanOf(cls("a", "good", "film")), tolerance);
    }, { model, others });
  }
});

test("a single score becomes those of two classes", async () => {
  const single = rows.map(([first]) => [first!]);
  const labels = { model_type: "bert", id2label: { 0: "no", 1: "yes" } };
  for (
    const [config, classes] of [
      [labels, ["no", "yes"]],
      [{ model_type: "bert", id2label: { 0: "toxic" } }, ["not toxic", "toxic"]],
    ] as const
  ) {
    await withModel(async (model) => {
      assertEquals(model.classes, classes);
      const [z] = meanOf(cls("good"), single);
      assertClose(await model.scores(model.encode(model.read("good"))), [-z! / 2, z! / 2]);
    }, { model: { rows: single }, others: { "config.json": config } });
  }
});

test("classes that may hold at once are told", () =>
  withModel(({ notes }) => assertStringIncludes(notes.join(), "several classes"), {
    others: {
      "config.json": {
        model_type: "bert",
        num_labels: 3,
        problem_type: "multi_label_classification",
      },
    },
  }));

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

test("what is missing, damaged or no classifier is said in one line", async () => {
  const refuses = async (
    others: Others,
    message: string,
    options: OnnxOptions = {},
    model = made,
  ) => {
    const error = await assertRejects(() =>
      loadOnnxModel(madeFolder(pieces, model, others), options)
    ) as Error;
    assertStringIncludes(error.message, message);
    assertEquals(error.message.includes("\n"), false);
  };
  const bytes = madeFolder(pieces, made).get("onnx/model.onnx")!;
  const pointer = new TextEncoder().encode(
    "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
  );
  await refuses({ "config.json": undefined }, '"config.json" is missing; optimum-cli');
  await refuses({ "tokenizer.json": undefined }, '"tokenizer.json" is missing; AutoTokenizer');
  await refuses({ "onnx/model.onnx": undefined }, '"onnx/model.onnx" is missing; optimum-cli');
  await refuses(
    { "onnx/model.onnx": pointer },
    '"onnx/model.onnx": it is only a pointer of Git LFS',
  );
  await refuses({ "tokenizer.json": pointer }, '"tokenizer.json": it is only a pointer of Git LFS');
  await refuses(
    { "onnx/model.onnx": bytes.subarray(0, 200) },
    "not an ONNX model, or not complete",
  );
  await refuses({ "tokenizer.json": new Uint8Array(5) }, '"tokenizer.json": it is not JSON');
  await refuses({ "tokenizer.json": { model: {} } }, '"tokenizer.json": ');
  await refuses(
    { "onnx/model.onnx": undefined, "a.onnx": bytes, "b.onnx": bytes },
    "name one of a.onnx, b.onnx",
  );
  await refuses({}, '"c.onnx" is missing', { file: "c.onnx" });
  await refuses(
    { "config.json": { num_labels: 2 } },
    "gives 3 scores, but config.json names 2 classes",
  );
  await refuses({ "config.json": { id2label: { 0: "a", 2: "b" } } }, '"id2label"');
  await refuses({ "config.json": { problem_type: "regression" } }, "regression");
  await refuses({ "config.json": { architectures: ["BertForMaskedLM"] } }, "BertForMaskedLM");
  await refuses({ "text.json": { deletion: "blur" } }, '"deletion" is "blur"');
  await refuses({ "text.json": { padding: 1 } }, 'no setting "padding"');
  await refuses({ "tokenizer_config.json": {} }, "no mask", { deletion: "mask" });
  await refuses({}, "its inputs are tokens, attention_mask", {}, {
    rows,
    inputs: ["tokens", "attention_mask"],
  });
  const states = "its outputs are last_hidden_state (float32, [batch, sequence, 3])";
  await refuses({}, states, {}, { rows, output: "last_hidden_state", pooled: false });
});

test("a folder is told, and a file in it names one of several models", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/onnx`);
    const other = madeFolder(pieces, { rows: rows.map((row) => row.map((value) => -value)) });
    for (const [name, content] of madeFolder(pieces, made)) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    await Deno.writeFile(`${folder}/onnx/other.onnx`, other.get("onnx/model.onnx")!);
    const [z] = meanOf(cls("good"));
    for (const [spec, score] of [[folder, z], [`${folder}/onnx/other.onnx`, -z!]] as const) {
      const model = await openModel(spec);
      assertAlmostEquals((await model.scores(model.encode(model.read("good"))))[0]!, score!, 1e-6);
      await model.close!();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
