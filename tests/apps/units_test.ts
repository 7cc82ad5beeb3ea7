import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { parquetReadObjects } from "hyparquet";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { readSettings } from "../../apps/evaluate/_settings.ts";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { type EvaluateArguments, evaluateProgram } from "../../apps/cli/programs/evaluate.ts";
import { type ExplainArguments, explainProgram } from "../../apps/cli/programs/explain.ts";
import { readSettings as readExplainSettings } from "../../apps/explain/_settings.ts";
import { testPermitted } from "../_skip.ts";
import { runExplain } from "./_run_explain.ts";

const test = testPermitted("read", "write", "env", "run");

/** A model that counts "good" and "bad", and writes down how many texts it is asked for each time. */
const source = (log: string) => `
export default {
  classes: ["good", "bad"],
  outputs: "logits",
  batchSize: 16,
  predict(texts) {
    Deno.writeTextFileSync(${JSON.stringify(log)}, texts.length + "\\n", { append: true });
    return texts.map((text) => ["good", "bad"].map((word) => text.split(word).length - 1));
  },
};`;

async function inFolder(
  work: (folder: string, model: string, asked: () => Promise<number[]>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-units-" });
  try {
    const [model, log] = [`${folder}/model.js`, `${folder}/log`];
    await Deno.writeTextFile(model, source(log));
    await work(folder, model, async () => {
      const lines = (await Deno.readTextFile(log)).trim().split("\n");
      await Deno.remove(log);
      return lines.map(Number);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const text = "A good film. Not bad, so good! Bad? It is bad, bad.";
const spans = [[0, 12], [13, 30], [31, 35], [36, 51]];

test("explain --batch --unit writes sentences and their relevance in every format", () =>
  inFolder(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/in.jsonl`, `${JSON.stringify({ id: "x", text })}\n`);
    const run = async (out: string, ...more: string[]) => {
      const path = `${folder}/${out}`;
      const command = ["--batch", `${folder}/in.jsonl`, "--model", model, "--out", path];
      const { code, stderr } = await runExplain([...command, "--explainer", "occlusion", ...more]);
      assertEquals([code, stderr], [0, "Explained 1 of 1 rows\n"]);
      return path;
    };
    const relevance = [0, 1, 0, 2];
    const json = JSON.parse(await Deno.readTextFile(await run("a.jsonl", "--unit", "sentence")));
    assertEquals(json.unit, "sentence");
    assertEquals(
      json.units,
      spans.map(([start, end], i) => ({ start, end, relevance: relevance[i] })),
    );
    const csv = await Deno.readTextFile(await run("a.csv", "--unit", "sentence"));
    const [row] = parse(csv, { skipFirstRow: true });
    assertEquals([row!.unit, row!.unit_starts, row!.unit_ends, row!.relevance], [
      "sentence",
      "[0,13,31,36]",
      "[12,30,35,51]",
      "[0,1,0,2]",
    ]);
    const bytes = await Deno.readFile(await run("a.parquet", "--unit", "sentence"));
    const [record] = await parquetReadObjects({ file: bytes.buffer });
    assertEquals(
      [record!.unit, record!.unit_starts, record!.unit_ends, record!.relevance],
      ["sentence", spans.map(([start]) => start), spans.map(([, end]) => end), relevance],
    );
  }));

test("rows of a batch share the batches of a model, and are what they are alone", () =>
  inFolder(async (folder, model, asked) => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ id: i, text: `${text} Part ${i}.` }));
    await Deno.writeTextFile(
      `${folder}/in.jsonl`,
      rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
    const command = ["--batch", `${folder}/in.jsonl`, "--model", model, "--explainer", "occlusion"];
    const all = await runExplain([...command, "--workers", "1"]);
    const sizes = await asked();
    const total = sizes.reduce((sum, size) => sum + size, 0);
    // A row alone takes two batches at least: its whole text tells which class is predicted.
    assertEquals(sizes.length < 45, true, `${total} texts in ${sizes.length} batches`);
    assertEquals(sizes.length >= total / 16, true);
    const lines = all.stdout.trimEnd().split("\n");
    assertEquals(lines.map((line) => JSON.parse(line).id), rows.map(({ id }) => id));
    const alone = await runExplain([rows[7]!.text, "--model", model, "--format", "jsonl"]);
    assertEquals({ ...JSON.parse(alone.stdout), id: 7 }, JSON.parse(lines[7]!));
  }));

Deno.test("--unit word asks for what is asked for without it", () => {
  const unitOf = (...args: string[]) => {
    const read = readCommandLine(explainProgram, [text, ...args]) as ExplainArguments;
    return "unit" in readExplainSettings(read);
  };
  assertEquals([unitOf(), unitOf("--unit", "word"), unitOf("--unit", "phrase")], [
    false,
    false,
    true,
  ]);
});

test("explain says which units there are, and which explainers cannot take them", () =>
  inFolder(async (_, model) => {
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await runExplain([text, "--model", model, ...args]);
      assertEquals(stdout, "");
      return `${code} ${stderr}`;
    };
    assertEquals(
      await refused("--unit", "sentense"),
      '2 error: Option --unit takes one of word, phrase, sentence, paragraph, not "sentense"\n',
    );
    assertStringIncludes(
      await refused("--unit", "phrase", "--explainer", "sa"),
      '1 error: Explainer "sa" gives no relevance to a phrase: those of its words have no sum that ' +
        "means something; explainers that do: ",
    );
  }));

test("evaluate --unit deletes sentences of the texts as they are written", () =>
  inFolder(async (folder, model) => {
    const row = (text: string, label: string) => `${JSON.stringify({ text, label })}\n`;
    // Of each text one sentence decides, and behind it the other class wins.
    const rows = [
      row("Bad. So good, good, good. All of it.", "good"),
      row("It is bad! So bad. But good, once. Good? No.", "bad"),
    ];
    await Deno.writeTextFile(`${folder}/in.jsonl`, rows.join(""));
    const settings = (...more: string[]) => {
      const args = readCommandLine(evaluateProgram, [
        ...["--model", model, "--data", `${folder}/in.jsonl`, "--out", `${folder}/out`],
        ...["--min-length", "2", "--deletions", "4", "--runs", "2", "--workers", "1", ...more],
      ]);
      return readSettings(args as EvaluateArguments);
    };
    const unit = ["--unit", "sentence"];
    await evaluate(settings("--explainers", "occlusion,shapley", ...unit), () => {}, () => {});
    const { deletion, settings: shown } = JSON.parse(
      await Deno.readTextFile(`${folder}/out/metrics.json`),
    );
    const [correct] = deletion;
    assertEquals([correct.unit, correct.documents, correct.remaining], ["sentence", 2, [
      2,
      2,
      2,
      2,
      1,
    ]]);
    assertEquals(shown["Deleted as a whole"], "sentence");
    for (const { accuracy } of correct.curves) assertEquals(accuracy[0], 1);
    const report = await Deno.readTextFile(`${folder}/out/report.html`);
    for (
      const part of [
        "Number of deleted sentences",
        "What deleting sentences does",
        "--unit sentence",
      ]
    ) {
      assertStringIncludes(report, part);
    }
    await assertRejects(
      () => evaluate(settings("--explainers", "sa", ...unit), () => {}, () => {}),
      TypeError,
      'Explainer "sa" needs gradients',
    );
  }));
