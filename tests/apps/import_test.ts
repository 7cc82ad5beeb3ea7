import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { textModel } from "../core/models/tfjs/_text_model.ts";
import { testPermitted } from "../_skip.ts";
import { madeModelFolder } from "./_made_model.ts";
import { runExplain } from "./_run_explain.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

const runImport = (...args: string[]) => runProgram("import", args);

/** Runs with the folder of a model. */
async function inModel(
  beside: Record<string, unknown>,
  run: (folder: string) => Promise<void>,
  options: Parameters<typeof textModel>[0] = {},
) {
  const folder = await Deno.makeTempDir({ prefix: "heatword-import-" });
  try {
    const { files } = await textModel({ ...options, beside });
    for (const [name, content] of files) await Deno.writeFile(`${folder}/${name}`, content);
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

const words = { the: 3, "<OOV>": 1, of: 2, shuttle: 4, orbit: 90 };

test("import says what it found, writes text.json and shows a text with its rows", () =>
  inModel({ "word_index.json": words, "labels.json": { yes: 1, no: 0 } }, async (folder) => {
    const text = "The shuttle, ORBIT of £5!";
    const { code, stdout, stderr } = await runImport(folder, "--example", text);
    assertEquals(code, 0, stderr);
    assertMatch(stderr, /^note: 1 of the 5 words of "word_index\.json" have further rows/);
    const lines = stdout.split("\n");
    assertEquals(lines[0], `model       ${folder}: an Embedding of 8 rows, inputs of 6 rows`);
    assertEquals(lines[1], "explainers  all: every layer is known");
    assertEquals(
      lines[2],
      "vocabulary  word_index.json: a table of words and rows, 5 words; 4 have a row",
    );
    assertEquals(lines[3], "classes     labels.json: no, yes");
    assertStringIncludes(stdout, "\ntext.json: written\n");
    const settings = JSON.parse(await Deno.readTextFile(`${folder}/text.json`));
    assertEquals(settings, {
      tokenizer: "vocabulary",
      vocabulary: "word_index.json",
      classes: "labels.json",
      unknown: 1,
      padding: 0,
      paddingSide: "post",
      truncatingSide: "post",
      start: null,
      offset: 0,
      maxWords: 6,
    });
    assertStringIncludes(
      stdout,
      [
        `example     ${text}`,
        "words       the 3, shuttle 4, ORBIT 1 (unknown), of 2, 5 1 (unknown)",
        "not seen    “,”, “£”, “!”",
        "rows        3 4 1 2 1 0",
      ].join("\n"),
    );
    assertEquals((await names(folder)).includes("text.json"), true);
    const explained = await runExplain([text, "--model", folder, "--format", "json"]);
    assertEquals(JSON.parse(explained.stdout).unknown, [2, 4]);
  }, { length: 6 }));

test("import makes up a text of words that the model knows, the first rows first", () =>
  inModel({ "vocabulary.json": words }, async (folder) => {
    const { stdout } = await runImport(folder);
    assertStringIncludes(stdout, "example     of, the shuttle heatword!");
    assertStringIncludes(stdout, "words       of 2, the 3, shuttle 4, heatword 1 (unknown)");
  }));

test("import leaves a text.json alone, but with --force", () =>
  inModel({ "vocabulary.json": words, "text.json": { unknown: 7 } }, async (folder) => {
    const before = await Deno.readTextFile(`${folder}/text.json`);
    const left = await runImport(folder, "--example", "zzz");
    assertStringIncludes(left.stdout, "text.json: there already, left as it is (--force");
    assertStringIncludes(left.stdout, "words       zzz 7 (unknown)");
    assertEquals(await Deno.readTextFile(`${folder}/text.json`), before);
    const refused = await runImport(folder, "--tokenizer", "keras");
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertStringIncludes(refused.stderr, "or write it anew with --force");
    const forced = await runImport(folder, "--force", "--tokenizer", "keras", "--example", "zzz");
    assertStringIncludes(forced.stdout, "words       zzz 1 (unknown)");
    const { unknown, tokenizer } = JSON.parse(await Deno.readTextFile(`${folder}/text.json`));
    assertEquals([unknown, tokenizer], [1, "keras"]);
  }));

test("import shows models of which not every layer is known, and words that are left out", () =>
  inModel({ "vocabulary.json": words }, async (folder) => {
    await Deno.writeTextFile(
      `${folder}/text.json`,
      JSON.stringify({ unknown: "drop", length: 4, paddingSide: "pre", start: 5 }),
    );
    const examples = ["--example", "zzz shuttle", "--example", "of orbit"];
    const { stdout, stderr } = await runImport(folder, ...examples);
    assertEquals(stderr.includes("is now called"), false);
    assertStringIncludes(stdout, 'those that need scores only: layer "lstm_LSTM');
    assertStringIncludes(stdout, "words       zzz left out (unknown), shuttle 4");
    assertStringIncludes(stdout, "rows        0 0 5 4");
    assertStringIncludes(stdout, "example     of orbit");
    const former = await runImport(folder, "--text", "zzz shuttle");
    assertStringIncludes(former.stderr, "note: --text is now called --example\n");
    assertStringIncludes(former.stdout, "words       zzz left out (unknown), shuttle 4");
  }, { recurrent: true }));

test("import says what stands in the way, and writes nothing then", async () => {
  await inModel({ "word_index.json": words, "vocab.json": words }, async (folder) => {
    const before = await names(folder);
    const two = await runImport(folder);
    assertEquals([two.code, two.stdout], [1, ""]);
    assertStringIncludes(two.stderr, 'both "word_index.json" and "vocab.json" are there');
    const odd = await runImport(folder, "--vocabulary", "vocab.json", "--tokenizer", "kears");
    assertStringIncludes(odd.stderr, 'Unknown tokenizer "kears": did you mean "keras"');
    await Deno.writeTextFile(`${folder}/SHA256SUMS`, "");
    const sums = await runImport(folder, "--vocabulary", "vocab.json");
    assertEquals(sums.code, 1);
    assertStringIncludes(sums.stderr, "SHA256SUMS lists the files of the model");
    await Deno.remove(`${folder}/SHA256SUMS`);
    assertEquals(await names(folder), before);
    const one = await runImport(folder, "--vocabulary", "vocab.json");
    assertEquals(one.code, 0, one.stderr);
  });
  const own = await madeModelFolder();
  const { code, stderr } = await runImport(own);
  await Deno.remove(own, { recursive: true });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "it is not a TensorFlow.js model, and needs no text.json");
  assertEquals((await runImport()).code, 2);
});
