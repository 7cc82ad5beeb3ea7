import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dataFolder, lacksCorpus, testPermitted, testWith } from "../../_skip.ts";
import { madeClasses, madeModelFolder } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";

const test = testPermitted("read", "write", "env", "run");

const text = "The shuttle went to the moon";

/** Runs `check` with the folder of a made model, and an empty folder for files. */
async function withModel(
  check: (model: string, folder: string) => Promise<void>,
): Promise<void> {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir();
  try {
    await check(model, folder);
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
}

async function fails(args: readonly string[], code: number, message: RegExp, stdin?: string) {
  const result = await runExplain(args, stdin === undefined ? {} : { stdin });
  assertMatch(result.stderr, message);
  assertMatch(result.stderr, /^error: [^\n]+\n$/);
  assertEquals(result.stdout, "");
  assertEquals(result.code, code);
}

test("explain prints the explanation of a text as JSON, and nothing else", () =>
  withModel(async (model) => {
    const { code, stdout, stderr } = await runExplain([text, "--format", "json", "--model", model]);
    assertEquals([code, stderr], [0, ""]);
    const json = JSON.parse(stdout);
    assertEquals(json.text, text);
    assertEquals(json.explainer, "lrp");
    assertEquals(Object.keys(json.scores), madeClasses);
    const best = Math.max(...Object.values(json.scores) as number[]);
    assertEquals(json.score, best);
    assertEquals(json.scores[json.target], best);
    assertEquals(json.tokens.map((token: { text: string }) => token.text), text.split(" "));
    assertEquals(
      json.relevance,
      json.tokens.map((token: { relevance: number }) => token.relevance),
    );
    const sum = json.relevance.reduce((a: number, b: number) => a + b, 0);
    assert(Math.abs(sum - json.score) < 1e-5);
  }));

test("explain takes a text, a file and standard input alike", () =>
  withModel(async (model, folder) => {
    const file = `${folder}/text.txt`;
    await Deno.writeTextFile(file, text);
    const env = { HEATWORD_MODEL: model };
    const [direct, fromFile, piped] = await Promise.all([
      runExplain([text, "--format", "json"], { env }),
      runExplain(["--file", file, "--format", "json"], { env }),
      runExplain(["-", "--format", "json"], { env, stdin: text }),
    ]);
    assertEquals(piped, direct);
    assertEquals(JSON.parse(fromFile!.stdout), { ...JSON.parse(direct!.stdout), id: file });
  }));

test("explain takes several explainers and targets", () =>
  withModel(async (model) => {
    const targets = "sci.space,predicted-vs-runner-up,all";
    const { stdout } = await runExplain([
      ...[text, "--model", model, "--format", "jsonl", "--ledger"],
      ...["--explainer", "lrp,sa", "--target", targets, "--option", "lrp.epsilon=0.5"],
    ]);
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.length, 2 * 4);
    assertEquals(lines.map(({ explainer }) => explainer), [
      ...Array(4).fill("lrp"),
      ...Array(4).fill("sa"),
    ]);
    const { scores, predicted, runnerUp } = lines[0];
    assertEquals(lines[1].target, `${predicted}-vs-${runnerUp}`);
    assert(Math.abs(lines[1].score - (scores[predicted] - scores[runnerUp])) < 1e-6);
    assertEquals(lines[0].options.epsilon, 0.5);
    assert(Array.isArray(lines[0].ledger));
  }));

test("explain writes files whole, in the format that their ending tells", () =>
  withModel(async (model, folder) => {
    const starts = { html: "<!DOCTYPE html>", json: "{", svg: "<svg", csv: "id," };
    for (const [ending, start] of Object.entries(starts)) {
      const out = `${folder}/deeper/result.${ending}`;
      const { progress: _, ...result } = await runExplain([text, "--model", model, "--out", out]);
      assertEquals(result, { code: 0, stdout: "", stderr: "" });
      assert((await Deno.readTextFile(out)).startsWith(start), ending);
    }
    const names = [...Deno.readDirSync(`${folder}/deeper`)].map(({ name }) => name).sort();
    assertEquals(names, ["result.csv", "result.html", "result.json", "result.svg"]);
  }));

test("explain uses colour when it is asked to", () =>
  withModel(async (model) => {
    const run = (args: string[], env: Record<string, string>) =>
      runExplain([text, "--model", model, ...args], { env }).then(({ stdout }) => stdout);
    const [plain, forced, always, never, none] = await Promise.all([
      run([], { FORCE_COLOR: "0" }),
      run([], { FORCE_COLOR: "3" }),
      run(["--color", "always"], { FORCE_COLOR: "0", NO_COLOR: "1" }),
      run(["--color", "never"], { FORCE_COLOR: "3" }),
      run([], { FORCE_COLOR: "0", NO_COLOR: "1", COLORTERM: "truecolor" }),
    ]);
    assertStringIncludes(forced!, "\x1b[38;2;");
    assertStringIncludes(always!, "\x1b[");
    assertEquals(never, plain);
    assertEquals(none, plain);
    assert(!plain!.includes("\x1b"));
  }));

test("explain shows control characters of a text and never sends them", () =>
  withModel(async (model) => {
    const { stdout } = await runExplain(["a \x1b]0;title\x07 moon\x9b2J", "--model", model]);
    assertStringIncludes(stdout, "a ␛]0;title␇ moon<U+009B>2J");
  }));

test("explain answers a text of one word and a text without known words", () =>
  withModel(async (model) => {
    const shown = async (text: string) => {
      const { code, stdout } = await runExplain([text, "--model", model, "--format", "json"]);
      assertEquals(code, 0);
      const json = JSON.parse(stdout);
      const { sum, expected } = json.conservation;
      assert(Math.abs(sum - expected) < 1e-5);
      return json;
    };
    const [{ text: word, start, end }, ...others] = (await shown("moon")).tokens;
    assertEquals([word, start, end, others], ["moon", 0, 4, []]);
    assertEquals((await shown("xyzzy plugh")).unknown, [0, 1]);
    assertEquals((await shown("12, 34!")).tokens, []);
  }));

test("explain reads other encodings when they are named", () =>
  withModel(async (model, folder) => {
    const file = `${folder}/latin1.txt`;
    await Deno.writeFile(file, Uint8Array.from("caf\xe9 moon", (c) => c.charCodeAt(0)));
    const args = ["--file", file, "--model", model];
    await fails(args, 1, /byte 0xe9 at offset 3 is not UTF-8.*--encoding latin1/);
    const { stdout } = await runExplain([...args, "--encoding", "latin1", "--format", "json"]);
    assertEquals(JSON.parse(stdout).text, "café moon");
  }));

test("explain drops the header of a file when it is told to", () =>
  withModel(async (model, folder) => {
    const file = `${folder}/post`;
    await Deno.writeTextFile(file, "From: a@example.org\nSubject: moon\n\nA ride.\n");
    const { stdout } = await runExplain(
      ["--file", file, "--strip-header", "--model", model, "--format", "json"],
    );
    assertEquals(JSON.parse(stdout).text, "A ride.\n");
  }));

test("explain says in one line what is wrong with its input", () =>
  withModel(async (model, folder) => {
    const cases: [string[], RegExp][] = [
      [[""], /The text is empty/],
      [[" \n\t"], /The text is empty/],
      [["--file", `${folder}/none`], /Cannot find the file ".*none"/],
      [["--file", "a\x1b]0;b"], /Cannot find the file "a␛\]0;b"/],
      [["--file", folder], /is a folder: give a file, or .* --batch/],
      [[text, "--target", "sci.spac"], /Unknown class "sci.spac": did you mean "sci.space"\?/],
      [[text, "--target", "sci.med-vs-sci.med"], /Cannot contrast class "sci.med" with itself/],
      [[text, "--explainer", "lpr"], /Unknown explainer "lpr": did you mean "lrp"\?/],
      [[text, "--option", "epsilom=1"], /Unknown option of lrp "epsilom": did you mean "epsilon"/],
      [[text, "--option", "epsilon=much"], /Option "epsilon" takes a number.*not "much"/],
      [[text, "--model", folder], /Cannot find a model in/],
      [["--newsgroup", "sci.space/1", "--data", folder], /Cannot find the 20Newsgroups corpus/],
    ];
    for (const [args, message] of cases) {
      await fails(args.includes("--model") ? args : [...args, "--model", model], 1, message);
    }
    await fails(["-", "--model", model], 1, /Standard input is empty/, "");
  }));

test("explain takes an explainer from a file outside, in a batch too", () =>
  withModel(async (model, folder) => {
    const plugin = `${folder}/mine.ts`;
    await Deno.writeTextFile(
      plugin,
      `export default {
        name: "mine",
        description: "Gives every word its place.",
        citation: "none",
        tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
        options: { factor: { type: "number", default: 1, description: "A factor" } },
        explain: async ({ model, input, targets, options }) => {
          const scores = await model.scores(input);
          const words = Float64Array.from({ length: input.length }, (_, t) => t * options.factor);
          return targets.map((target) => ({ score: scores[target], words }));
        },
      };`,
    );
    const args = ["--explainer", "mine", "--plugin", plugin, "--option", "factor=2"];
    args.push("--model", model);
    const { stdout, stderr } = await runExplain(["the moon ride", "--format", "json", ...args]);
    assertEquals(stderr, "");
    assertEquals(JSON.parse(stdout).relevance, [0, 2, 4]);
    const stdin = '{"text": "the moon ride"}\n';
    const filtered = await runExplain(["--batch", "-", ...args], { stdin });
    assertEquals(JSON.parse(filtered.stdout).relevance, [0, 2, 4]);
    await fails(["a", "--plugin", `${folder}/none.ts`], 1, /Cannot find plugin/);
  }));

test("explain ends with 2 for wrong arguments", async () => {
  const cases: [string[], RegExp][] = [
    [[], /Nothing to explain: give a text/],
    [["a", "b"], /Cannot take the argument "b"/],
    [["a", "--file", "b"], /Give one input, not several/],
    [["a", "--batch", "b.jsonl"], /Give one input, not several/],
    [["a", "--fiel", "b"], /Unknown option "--fiel": did you mean "--file"/],
    [["a", "--format", "pdf"], /--format takes one of terminal, html/],
    [["a", "--out", "a.docx"], /Cannot write docx here: end --out in one of txt, html, json/],
    [["a", "--top", "-1"], /--top/],
    [["a", "--top", "many"], /Option --top takes a whole number from 0 to 1000000, not "many"/],
    [["a", "--color", "red"], /--color takes one of auto, always, never/],
    [["a", "--target", "b,,c"], /--target takes names with commas between/],
    [["a", "--option", "epsilon"], /--option takes name=value, not "epsilon"/],
    [["a", "--encoding", "klingon"], /Unknown encoding "klingon"/],
    [["a", "--shard", "1/2"], /--shard is for --batch/],
    [["--batch", "a.jsonl", "--shard", "3/2"], /--shard takes I\/N/],
    [["--batch", "-", "--shard", "1/2"], /--shard needs a file/],
    [["--batch", "a.jsonl", "--format", "parquet"], /parquet needs --out/],
    [["--completions", "tcsh"], /--completions takes one of bash, zsh, fish/],
  ];
  for (const [args, message] of cases) await fails(args, 2, message);
});

test("explain prints its help", async () => {
  const { code, stdout, stderr } = await runExplain(["--help"]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^Tells which words/);
  for (const line of stdout.split("\n")) assert(line.length <= 100, line);
});

testWith(
  lacksCorpus,
  "explain explains an article of the corpus by the model that comes with the project",
  async () => {
    const args = ["--newsgroup", "sci.space/61393", "--data", dataFolder, "--format", "json"];
    const { code, stdout, stderr } = await runExplain(args);
    assertEquals([code, stderr], [0, ""]);
    const { text, label, predicted, target, tokens, conservation } = JSON.parse(stdout);
    assertEquals([label, predicted, target], ["sci.space", "sci.space", "sci.space"]);
    assert(text.startsWith("In article <1993Apr29.121501@is.morgan.com>"));
    assert(conservation.error < 1e-4);
    const ride = tokens.find((token: { text: string }) => token.text === "ride");
    assert(ride.relevance < 0);
    await fails(
      ["--newsgroup", "sci.spac/61393", "--data", dataFolder],
      1,
      /Cannot find the article "sci.spac\/61393": Unknown newsgroup "sci.spac"/,
    );
  },
);
