// Where numbers overflow or are none, no program gives a result.
import { explainAll, type Model } from "@heatword/core";
import {
  plainVectors,
  saveWordCnn,
  Vocabulary,
  WordCnn,
  wordCnnFiles,
} from "@heatword/core/word-cnn";
import { makeAtlas } from "@heatword/eval/atlas";
import { predictedClass } from "@heatword/eval/classification";
import { evaluateDocument } from "@heatword/eval/corpus";
import { formats } from "@heatword/eval/render";
import "@heatword/explainers";
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { readOwnModel } from "../../../apps/serve/page/read_own_model.ts";
import { Session } from "../../../apps/serve/page/session.ts";
import { madeModelFolder } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";
import { postExplain, withServer } from "../serve/_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

/** Words of 1e20 and 1, times 1e20 and 1: "huge" is beyond float32, "small" is 1. */
function overflowing(): WordCnn {
  return new WordCnn({
    classes: ["up", "down"],
    vocabulary: new Vocabulary(["huge", "small"]),
    vectors: plainVectors(new Float32Array([1e20, 1]), 1),
    convolutionWeights: new Float32Array([1e20, 1]),
    convolutionBias: new Float32Array(1),
    denseWeights: new Float32Array([1, -1]),
    denseBias: new Float32Array(2),
  });
}

async function withOverflowing(test: (model: string, folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await saveWordCnn(`${folder}/model`, overflowing());
    await test(`${folder}/model`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const said = /^error: The model gives the text the score Infinity for class "up": .*\n$/;

for (const format of formats) {
  test(`explain ends with 1 where scores overflow, with --format ${format}`, () =>
    withOverflowing(async (model, folder) => {
      const out = `${folder}/out`;
      for (const where of [[], ["--out", out]]) {
        const args = ["huge small", "--model", model, "--format", format, ...where];
        const { code, stdout, stderr } = await runExplain(args);
        assertEquals([code, stdout], [1, ""]);
        assertMatch(stderr, said);
        await assertRejects(() => Deno.stat(out), Deno.errors.NotFound);
      }
    }));
}

test("explain gives the finite scores of the same model", () =>
  withOverflowing(async (model) => {
    const { stdout } = await runExplain(["small small", "--model", model, "--format", "json"]);
    assertEquals(Math.fround(JSON.parse(stdout).score), Math.fround(1e20));
  }));

test("explain --batch rejects the row whose scores overflow", () =>
  withOverflowing(async (model, folder) => {
    const rows = ["small small", "huge small", "small"].map((text, i) =>
      JSON.stringify({ id: "abc"[i], text })
    );
    await Deno.writeTextFile(`${folder}/rows.jsonl`, rows.join("\n"));
    for (const format of ["jsonl", "csv"]) {
      const out = `${folder}/out.${format}`;
      const args = ["--batch", `${folder}/rows.jsonl`, "--out", out, "--model", model];
      const { code, stderr } = await runExplain(args);
      assertEquals(code, 0, stderr);
      const text = await Deno.readTextFile(out);
      assert(!/NaN|Infinity|null/.test(text), text);
      assertEquals(text.trimEnd().split("\n").length, format === "csv" ? 3 : 2);
      const rejected = await Deno.readTextFile(`${folder}/out.rejected.jsonl`);
      const { line, reason } = JSON.parse(rejected);
      assertEquals(line, 2);
      assertMatch(reason, /the score Infinity for class "up"/);
    }
  }));

test("options that would overflow are out of range", async () => {
  const model = await madeModelFolder();
  try {
    for (
      const [composite, option, range] of [
        ["alpha-beta", "alpha=1e300", "from 1 to 1000000"],
        ["epsilon-alpha-beta", "alpha=1e7", "from 1 to 1000000"],
        ["gamma", "gamma=1e308", "from 0 to 1000000000"],
      ] as const
    ) {
      const given = ["--option", `composite=${composite}`, "--option", option, "--model", model];
      const { code, stdout, stderr } = await runExplain(["the moon ride", ...given]);
      const [name, value] = option.split("=");
      assertEquals([code, stdout, stderr], [
        1,
        "",
        `error: Option "${name}" takes a number ${range}, not "${value}"\n`,
      ]);
    }
    const given = ["--explainer", "smoothgrad", "--option", "noise=1e308", "--model", model];
    const { code, stdout, stderr } = await runExplain(["the moon ride", ...given]);
    assertEquals([code, stdout], [1, ""]);
    assertMatch(stderr, /^error: Option "noise" takes a number from 0 to 1000, not "1e308"\n$/);
  } finally {
    await Deno.remove(model, { recursive: true });
  }
});

/** A plugin that gives every word what an expression says, or 1 in texts of one or two words. */
const plugin = (name: string, expression: string, async: string) =>
  `export default {
    name: "${name}",
    description: "Divides by nothing.",
    citation: "none",
    tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
    options: {},
    async explain({ model, input, targets }) {
      const scores = await model.scores(input);
      const word = () => input.length > 2 ? ${expression} : 1;
      return targets.map(${async} (target) => ({
        score: scores[target],
        words: Float64Array.from({ length: input.length }, word),
      }));
    },
  };`;

async function withPlugin(source: string, test: (file: string, model: string) => Promise<void>) {
  const model = await madeModelFolder();
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, source);
    await test(file, model);
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(file);
  }
}

for (
  const [name, message, expression, async] of [
    ["divider", "finds words[0] to be NaN", "0 / 0", ""],
    ["giant", "finds the sum of the words' sizes to be Infinity", "1e308", ""],
    ["waiter", "returned a promise in its list of results", "1", "async"],
  ] as const
) {
  test(`a plugin's result that is none is refused by every program: it ${message}`, () =>
    withPlugin(plugin(name, expression, async), async (file, model) => {
      const begin = `Explainer "${name}" ${message}`;
      const args = ["--explainer", name, "--plugin", file, "--model", model];
      const text = "the moon ride";
      const one = await runExplain([text, ...args, "--format", "json"]);
      assertEquals([one.code, one.stdout], [1, ""]);
      assert(one.stderr.startsWith(`error: ${begin}`), one.stderr);
      assertEquals(one.stderr.trimEnd().split("\n").length, 1);

      const stdin = `${JSON.stringify({ text })}\n`;
      const batch = await runExplain(["--batch", "-", ...args], { stdin });
      assertEquals(batch.stdout, "");
      const { reason } = JSON.parse(batch.stderr.split("\n")[0]!);
      assert(reason.startsWith(begin), reason);

      await withServer(async (url) => {
        const response = await postExplain(url, { text, explainer: name });
        const { detail } = await response.json();
        assertEquals(response.status, 422);
        assert(detail.startsWith(begin), detail);
        const after = await postExplain(url, { text, explainer: "occlusion" });
        assertEquals(after.status, 200);
        await after.body?.cancel();
      }, { plugins: [file], workers: 1 });
    }));
}

test("the API answers 422 where scores overflow", () =>
  withOverflowing((model) =>
    withServer(async (url) => {
      const response = await postExplain(url, { text: "huge small" });
      assertEquals(response.status, 422);
      assertMatch((await response.json()).detail, /the score Infinity for class "up"/);
    }, { model, workers: 1 })
  ));

const document = (text: string) => ({
  text,
  id: "seven",
  tokens: [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => (
    { text: word, start: index, end: index + word.length }
  )),
});

test("evaluation, atlas and page refuse scores that overflow", async () => {
  const model: Model = overflowing() as Model;
  const named = 'The model gives the text "seven" the score Infinity for class "up"';
  await assertRejects(
    async () =>
      await evaluateDocument(model, { document: document("huge small"), label: 0 }, 0, {
        explainers: ["lrp"],
        seed: 0,
      }),
    RangeError,
    named,
  );
  await assertRejects(
    () => makeAtlas(model, () => [document("huge small")], { explainer: "random" }),
    RangeError,
    named,
  );
  const { files } = await wordCnnFiles(overflowing());
  const session = await Session.open(readOwnModel, files, null);
  await assertRejects(
    () => session.classify({ text: "huge small", deleted: [] }),
    RangeError,
    'the score Infinity for class "up"',
  );
  assertThrows(
    () => predictedClass(new Float32Array([NaN, 1])),
    RangeError,
    "the score of class 0 is NaN",
  );
});

test("no explainer gives relevances of a text whose scores overflow", async () => {
  const model: Model = overflowing() as Model;
  const input = model.encode(document("huge small"));
  for (const name of ["lrp", "occlusion", "lime", "kernel-shap", "sampled-shapley", "deeplift"]) {
    await assertRejects(
      async () => await explainAll(name, model, input, [0, 1]),
      RangeError,
      "Infinity",
    );
  }
});
