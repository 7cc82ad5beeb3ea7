import { explainers, modelKinds, tokenizers } from "@heatword/core";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { modelPath } from "../../apps/opening/model.ts";
import { loadPlugins } from "../../apps/opening/plugins.ts";
import { makeReport } from "../../apps/serve/make_report.ts";
import { startServer } from "../../apps/serve/start.ts";
import { moduleIn } from "../docs/_documents.ts";
import { testPermitted } from "../_skip.ts";
import { askWorker, workerIn } from "./_page_worker.ts";
import { runExplain } from "./_run_explain.ts";
import { root, runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run", "net");

/** A folder with what the how-to pages show. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-own-" });
  const page = "docs/how-to/model.md";
  const files = {
    "praise.ts": moduleIn(page),
    "kind.ts": moduleIn(page, 1),
    "hashtags.ts": moduleIn("docs/how-to/tokenizer.md"),
    "good.words": "good\nfine\n",
    "texts.jsonl": '{"text": "a good film"}\n{"text": "bad, bad"}\n',
  };
  try {
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, content);
    }
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const run = (name: string, ...args: string[]) => runProgram(name, args);

const note = "note: the model shows no layers: it is explained by occlusion instead of lrp\n";

test("explain takes a model from a module, and explains it by what it is made for", () =>
  inFolder(async (folder) => {
    const model = ["--model", `${folder}/praise.ts`];
    const { code, stdout, stderr } = await runExplain([
      "a good film, a bad end",
      ...model,
      "--format",
      "json",
    ]);
    assertEquals([code, stderr], [0, note]);
    const { explainer, predicted, tokens, relevance } = JSON.parse(stdout);
    assertEquals([explainer, predicted], ["occlusion", "positive"]);
    assertEquals(tokens.map(({ text }: { text: string }) => text)[2], "film,");
    assertEquals(relevance, [0, 1, 0, 0, -1, 0]);
    const { progress: _, ...refused } = await runExplain([
      "a film",
      ...model,
      "--explainer",
      "lrp",
    ]);
    assertEquals(refused, {
      code: 1,
      stdout: "",
      stderr: 'error: Explainer "lrp" needs layers, which this model lacks; explainers that work ' +
        "with it: occlusion, lime, kernel-shap, sampled-shapley, random\n",
    });
  }));

test("explain --batch takes models from modules and from plugins, in every worker", () =>
  inFolder(async (folder) => {
    const batch = ["--batch", `${folder}/texts.jsonl`, "--workers", "2"];
    const own = await runExplain([...batch, "--model", `${folder}/praise.ts`]);
    assertEquals([own.code, own.stderr], [0, note]);
    const rows = own.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(rows.map(({ explainer, relevance }) => [explainer, relevance]), [
      ["occlusion", [0, 1, 0]],
      ["occlusion", [0, 1]],
    ]);
    const out = `${folder}/out.jsonl`;
    const plugin = ["--plugin", `${folder}/kind.ts`, "--model", `${folder}/good.words`];
    const { code } = await runExplain([...batch, ...plugin, "--out", out]);
    assertEquals(code, 0);
    const lines = (await Deno.readTextFile(out)).trimEnd().split("\n");
    assertEquals(lines.map((line) => JSON.parse(line).relevance), [[0, 1, 0], [0, 0]]);
    // The file of the model is never overwritten.
    const onto = ["--out", `${folder}/good.words`, "--format", "jsonl"];
    const over = await runExplain([...batch, ...plugin, ...onto]);
    assertMatch(over.stderr, /^error: Cannot write the output over the model/);
    assertEquals(await Deno.readTextFile(`${folder}/good.words`), "good\nfine\n");
  }));

test("explain says by which command a program may be run that is a model", async () => {
  const { code, stderr } = await runExplain(["a film", "--model", "command: python3 serve.py"]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /^error: Option --model needs permission to run programs: deno run -P --allow-run \S*apps\/explain\.ts 'a film' --model 'command: python3 serve\.py'\n$/,
  );
});

test("explain --batch starts a program once, and ends it", () =>
  inFolder(async (folder) => {
    const answer = '{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[2,1]]}';
    const loop = `while read -r line; do echo "${answer}"; done`;
    const model = `command: sh -c 'echo $$ >> ${folder}/log; ${loop}'`;
    await Deno.writeTextFile(`${folder}/short.jsonl`, '{"text":"good"}\n'.repeat(3));
    const args = ["run", "-q", "-A", "apps/explain.ts", "--batch", `${folder}/short.jsonl`];
    const { stdout, code } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "--workers", "3", "--model", model],
      cwd: root,
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout).trimEnd().split("\n").length], [0, 3]);
    const process = (await Deno.readTextFile(`${folder}/log`)).trim();
    assertMatch(process, /^\d+$/, "one process was started");
    const isThere = async () =>
      (await new Deno.Command("kill", { args: ["-0", process], stderr: "null" }).output()).success;
    for (let i = 0; i < 200 && await isThere(); i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assertEquals(await isThere(), false);
  }));

test("a file that only a plugin recognises is a model once the plugin is loaded", () =>
  inFolder(async (folder) => {
    const model = `${folder}/good.words`;
    await assertRejects(() => modelPath({ model }), Deno.errors.NotFound, "it is a file");
    await loadPlugins([`${folder}/kind.ts`, `${folder}/hashtags.ts`]);
    assertEquals(await modelPath({ model }), model);
    assertEquals([modelKinds.has("word-list"), tokenizers.has("hashtags")], [true, true]);
    assert(explainers.has("lrp"));
  }));

test("evaluate puts a model from a module to the tests, by its own words", () =>
  inFolder(async (folder) => {
    const words = "good fine bad poor film end".split(" ");
    const rows = Array.from({ length: 24 }, (_, i) => {
      const text = Array.from({ length: 2 + i % 9 }, (_, t) => words[(i * 5 + t * t) % 6]!);
      const praise = text.filter((word) => ["good", "fine"].includes(word)).length;
      const blame = text.filter((word) => ["bad", "poor"].includes(word)).length;
      return JSON.stringify({
        text: text.join(" "),
        label: praise >= blame ? "positive" : "negative",
      });
    });
    await Deno.writeTextFile(`${folder}/data.jsonl`, rows.join("\n"));
    const said: string[] = [];
    const { claims, report } = await evaluate(
      {
        model: `${folder}/praise.ts`,
        data: `${folder}/data.jsonl`,
        columns: {},
        testPart: false,
        out: `${folder}/out`,
        plugins: [],
        deletion: { minLength: 3, deletions: 2, runs: 1 },
        trustDocuments: 2,
        seed: 0,
        workers: 1,
      },
      () => {},
      (line) => said.push(line),
    );
    // It counts what the labels count.
    const { ours } = claims.find(({ id }) => id === "accuracy.test")!;
    assertEquals((ours as { accuracy?: number }).accuracy, 1);
    assert(
      said.includes("the model shows no layers: it is explained by occlusion instead of lrp,sa"),
    );
    const html = await Deno.readTextFile(report);
    assertStringIncludes(html, "Texts are cut into words by the model itself.");
    assertStringIncludes(html, "Explainer occlusion");
  }));

const open = { call: "open", ask: { files: new Map(), punkt: null } };

test("the code of a model goes into the page, where it reads and scores as it does here", () =>
  inFolder(async (folder) => {
    const only = { articles: [], files: [], encoding: "utf-8", plugins: [] };
    const text = "A good film, not awful";
    const classify = { call: "classify", ask: { text, deleted: [] } };
    const path = `${folder}/smallest.js`;
    await Deno.writeTextFile(
      path,
      'export default { classes: ["long", "short"], predict: (texts) => ' +
        "texts.map((text) => text.length > 9 ? [0.75, 0.25] : [0.5, 0.5]) };",
    );
    const smallest = await makeReport({ ...only, models: [path] });
    const [info, { scores }] = await askWorker(workerIn(smallest), [open, classify]);
    assertEquals([info.classes, info.usual], [["long", "short"], ["occlusion", "lime"]]);
    assertEquals([...scores], [Math.log(0.75), Math.log(0.25)]);
  }));

test("serve answers by a model from a module, and its page carries the model", () =>
  inFolder(async (folder) => {
    const settings = { host: "127.0.0.1", port: 0, allowedHosts: [], plugins: [], workers: 1 };
    const model = `${folder}/praise.ts`;
    const limits = { timeLimit: 60_000, waitLimit: 60_000 };
    const { url, stop } = await startServer({ ...settings, ...limits, model });
    try {
      const response = await fetch(`${url}api/explain`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text: "a good film" }),
      });
      const [{ explainer, relevance }] = [await response.json()].flat();
      assertEquals([explainer, relevance], ["occlusion", [0, 1, 0]]);
      assertEquals(await (await fetch(`${url}model`)).json(), []);
      assertStringIncludes(await (await fetch(`${url}worker.js`)).text(), "awful");
    } finally {
      await stop();
    }
  }));

test("what a page or an export cannot take is said, with what can be done", () =>
  inFolder(async (folder) => {
    await loadPlugins([`${folder}/kind.ts`].filter(() => !modelKinds.has("word-list")));
    const words = `${folder}/good.words`;
    await assertRejects(
      () =>
        makeReport({ articles: [], files: [], encoding: "utf-8", plugins: [], models: [words] }),
      TypeError,
      `Cannot put the model "${words}" into a file: a browser runs only modules, and`,
    );
    const model = `${folder}/praise.ts`;
    const { code, stderr } = await run("export", "--model", model, "--out", `${folder}/out`);
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Cannot export .*not a model of the kind "module"\n$/);
  }));

test("check-model prints a card, or JSON, and ends with 1 for a model that fails", () =>
  inFolder(async (folder) => {
    const good = await run("check-model", `${folder}/praise.ts`, "--example", "a good film");
    assertEquals([good.code, good.stderr], [0, ""]);
    assertMatch(good.stdout, /praise\.ts: conforms\n {2}classes: +positive, negative\n/);
    const kind = ["--plugin", `${folder}/kind.ts`, `${folder}/good.words`];
    await Deno.writeTextFile(
      `${folder}/bad.ts`,
      moduleIn("docs/how-to/model.md").replace(
        "Float64Array.of(count",
        "Float64Array.of(NaN * count",
      ),
    );
    const bad = await run("check-model", "--json", ...kind, `${folder}/bad.ts`);
    assertEquals(bad.code, 1);
    const reports = JSON.parse(bad.stdout);
    assertEquals(reports.map(({ passed }: { passed: boolean }) => passed), [true, false]);
    assertStringIncludes(bad.stdout, 'the score for class \\"positive\\" is NaN');
    const { code, stderr } = await run("check-model");
    assertEquals([code, stderr], [2, "error: Cannot check nothing: name a model; see --help\n"]);
    assertEquals((await run("check-model", "x", "--tolerance", "2")).code, 2);
  }));

test("check-tokenizer takes files and names, and ends with 1 for one that fails", () =>
  inFolder(async (folder) => {
    const good = await run("check-tokenizer", `${folder}/hashtags.ts`, "whitespace");
    assertEquals([good.code, good.stderr], [0, ""]);
    assertMatch(good.stdout, /^hashtags: conforms\n[^]*\nwhitespace: conforms\n/);
    await Deno.writeTextFile(
      `${folder}/bad.ts`,
      moduleIn("docs/how-to/tokenizer.md").replace("start: index,", "start: index + 1,"),
    );
    const bad = await run("check-tokenizer", `${folder}/bad.ts`, "--json");
    assertEquals([bad.code, JSON.parse(bad.stdout)[0].tokenizer], [1, "hashtags"]);
    const unknown = await run("check-tokenizer", "whitespaces");
    assertMatch(
      unknown.stderr,
      /^error: Unknown tokenizer "whitespaces": did you mean "whitespace"/,
    );
    const other = await run("check-tokenizer", `${folder}/praise.ts`);
    assertMatch(other.stderr, /^error: Cannot load plugin .* it looks like a model/);
  }));

test("tokenizers lists names, descriptions and options, with plugins", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await run("tokenizers", "--plugin", `${folder}/hashtags.ts`);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^newsgroups\n {2}NLTK 3\.1's tokens/m);
    assertMatch(stdout, /^hashtags\n.*\n {2}lower=true\n {6}Whether words are put/m);
    const json = JSON.parse((await run("tokenizers", "--json")).stdout);
    assertEquals(
      json.map(({ name }: { name: string }) => name).toSorted(),
      tokenizers.list().map(({ name }) => name).filter((name) => name !== "hashtags").toSorted(),
    );
  }));
