import { loadOnnxModel } from "@heatword/core/onnx";
import "@heatword/datasets/tokenizers";
import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { modelReads } from "../../apps/opening/reads.ts";
import { lacksPackage, testPermitted, testWith } from "../_skip.ts";
import { madeFolder } from "../core/models/onnx/_made_folder.ts";
import { runExplain } from "./_run_explain.ts";
import { root } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

const pieces = ["a", "good", "film", "##s", "bad"];
/** Of the special tokens no score. */
const rows = [...Array(5).fill([0, 0]), [0, 0], [6, 0], [0, 3], [0, 0], [-6, 0]];

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-onnx-" });
  try {
    await Deno.mkdir(`${folder}/onnx`);
    for (const [name, content] of madeFolder(pieces, { rows })) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("explain takes an ONNX model, by occlusion, in every worker", () =>
  inFolder(async (folder) => {
    const texts = `${folder}/texts.jsonl`;
    await Deno.writeTextFile(texts, '{"text": "a good films"}\n{"text": "bad, bad"}\n');
    const batch = ["--batch", texts, "--target", "class 0", "--workers", "2", "--model", folder];
    const { code, stdout, stderr } = await runExplain(batch);
    assertEquals([code, stderr], [
      0,
      "note: the model shows no layers (it is an ONNX model, which gives scores alone): it is explained " +
      "by occlusion instead of lrp\n",
    ]);
    const found = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    // The mean of six tokens, "[CLS] a good film ##s [SEP]", and without each word.
    assertEquals(found.map(({ explainer, score }) => [explainer, score]), [
      ["occlusion", 1],
      ["occlusion", -2.4000000953674316],
    ]);
    assertEquals(
      found[0].tokens.map(({ text, relevance }: { text: string; relevance: number }) => {
        return [text, Number(relevance.toFixed(6))];
      }),
      [["a", 1 - 6 / 5], ["good", 1], ["films", 1 - 6 / 4]].map(([text, relevance]) => {
        return [text, Number((relevance as number).toFixed(6))];
      }),
    );
    const refused = await runExplain(["a film", "--model", folder, "--explainer", "lrp"]);
    assertMatch(
      refused.stderr,
      /^error: Explainer "lrp" needs layers, .*: it is an ONNX model, which gives scores alone; explainers that work with it: occlusion, lime, kernel-shap, sampled-shapley, random\n$/,
    );
  }));

test("every file of an ONNX model counts as read, whatever names it", () =>
  inFolder(async (folder) => {
    const names = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"];
    for (const model of [folder, `${folder}/onnx/model.onnx`]) {
      const paths = (await modelReads(model)).map(({ path }) => path);
      assertEquals(names.filter((name) => !paths.includes(`${folder}/${name}`)), []);
    }
  }));

testWith(
  lacksPackage("@huggingface/transformers@4.3.1"),
  "the example for transformers.js gives what the folder gives",
  () =>
    inFolder(async (folder) => {
      const text = "a good films";
      const { code, stdout } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-qA", "--no-lock", "--cached-only", "apps/explain.ts"],
          ...["--model", "examples/transformers.js", "--format", "json", text],
        ],
        cwd: root,
        env: { MODEL: folder },
        stderr: "null",
      }).output();
      assertEquals(code, 0);
      const { scores } = JSON.parse(new TextDecoder().decode(stdout));
      const model = await loadOnnxModel(folder);
      const own = Array.from(await model.scores(model.encode(model.read(text))));
      await model.close();
      assertEquals(Object.keys(scores), model.classes);
      const whole = Math.log(own.reduce((sum, score) => sum + Math.exp(score), 0));
      model.classes.forEach((name, c) => assertAlmostEquals(scores[name], own[c]! - whole, 1e-6));
    }),
);
