// Which files of Hugging Face make a model, and what is wrong with others.
import { openModel } from "@heatword/core/models";
import { loadOnnxModel, type OnnxOptions } from "@heatword/core/onnx";
import "@heatword/datasets/tokenizers";
import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";
import { madeFolder, wordPiece } from "./_made_folder.ts";
import { bytesOf } from "./_made_onnx.ts";
import {
  assertClose,
  cls,
  made,
  meanOf,
  type Others,
  pieces,
  rows,
  withModel,
} from "./_small_onnx.ts";

const test = testPermitted("read", "env");

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
