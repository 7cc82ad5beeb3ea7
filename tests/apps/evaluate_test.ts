import { Random } from "@heatword/core";
import { plainVectors, saveWordCnn, Vocabulary, WordCnn } from "@heatword/core/word-cnn";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { runProgram } from "./_run_program.ts";
import { evaluate } from "../../apps/evaluate/_run.ts";
import type { Settings } from "../../apps/evaluate/_settings.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const words = ["good", "bad", "fine", "awful", "the", "film", "was", "plot"];

/** Saves a model of two classes with drawn weights. */
async function saveMadeModel(folder: string): Promise<void> {
  const random = new Random(4);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal() / 2);
  const model = new WordCnn({
    classes: ["neg", "pos"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(draw(words.length * 6), 6),
    convolutionWeights: draw(2 * 6 * 10),
    convolutionBias: draw(10),
    denseWeights: draw(20),
    denseBias: draw(2),
  });
  await saveWordCnn(folder, model);
}

function madeTable(rows: number): string {
  const random = new Random(2);
  const lines = Array.from({ length: rows }, (_, i) => {
    const text = Array.from({ length: 5 + random.below(20) }, () => words[random.below(8)]!);
    return `${i},"${text.join(" ")}, <b>&",${i % 2 ? "pos" : "neg"}`;
  });
  return `id,body,stars\n${lines.join("\n")}\n`;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await saveMadeModel(`${folder}/model`);
    await Deno.writeTextFile(`${folder}/texts.csv`, madeTable(60));
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const settingsIn = (folder: string, more: Partial<Settings> = {}): Settings => ({
  model: `${folder}/model`,
  data: `${folder}/texts.csv`,
  columns: { text: "body", label: "stars", id: "id" },
  testPart: false,
  out: `${folder}/out`,
  explainers: ["lrp", "sa"],
  plugins: [],
  deletion: { minLength: 10, deletions: 5, runs: 3 },
  seed: 0,
  workers: 2,
  ...more,
});

const run = (settings: Settings, log: string[] = []) =>
  evaluate(settings, () => {}, (line) => log.push(line));

test("evaluate writes a report of any labelled texts, and judges no claim about the paper's", async () => {
  await inFolder(async (folder) => {
    const { claims } = await run(settingsIn(folder));
    const claim = (id: string) => claims.find((one) => one.id === id)!;
    assertEquals([claim("documents.test").ours, claim("documents.test").pass], [60, null]);
    assertEquals(claim("accuracy.test").pass, null);
    const { accuracy, standardError } = claim("accuracy.test").ours as Record<string, number>;
    assertEquals(standardError, Math.sqrt((accuracy! * (1 - accuracy!)) / 60));
    assertEquals(claim("conservation.lrp").pass, true);
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    assertEquals(metrics.deletion[0].curves[0].accuracy.length, 6);
    assertEquals(metrics.deletion[0].random.runs.length, 3);
    const report = await Deno.readTextFile(`${folder}/out/report.html`);
    assertStringIncludes(report, "texts.csv");
    assertStringIncludes(report, "documents of at least 10 words");
    assert(!report.includes('<b>&"'));
  });
});

test("evaluate --test-part takes a fifth of each class", async () => {
  await inFolder(async (folder) => {
    const { claims } = await run(settingsIn(folder, { testPart: true }));
    assertEquals(claims.find(({ id }) => id === "documents.test")!.ours, 12);
  });
});

test("evaluate counts duplicates of the training part where it knows it", async () => {
  await inFolder(async (folder) => {
    const rows = madeTable(60).trimEnd().split("\n");
    const twice = [...rows, ...rows.slice(1).map((row, i) => row.replace(/^\d+/, `${60 + i}`))];
    await Deno.writeTextFile(`${folder}/texts.csv`, twice.join("\n"));
    const claimOf = async (testPart: boolean) =>
      (await run(settingsIn(folder, { testPart }))).claims
        .find(({ id }) => id === "documents.duplicates")!;
    assertEquals((await claimOf(false)).ours, "no training documents are known");
    const { ours, pass } = await claimOf(true);
    const { identical, near, either } = ours as Record<string, number>;
    // Of 24 documents all have a copy, most of them among the other 96.
    assert(identical! >= 12 && identical! <= 24 && near! <= either! && either === identical);
    assertEquals(pass, null);
    const report = await Deno.readTextFile(`${folder}/out/report.html`);
    assertStringIncludes(report, `${either} of 24 test documents have a duplicate`);
  });
});

test("evaluate leaves out texts of unknown classes and says so, and fails when none is left", async () => {
  await inFolder(async (folder) => {
    const table = madeTable(40) + '40,"the film was",so-so\n41,,pos\n';
    await Deno.writeTextFile(`${folder}/texts.csv`, table);
    const log: string[] = [];
    const { claims } = await run(settingsIn(folder), log);
    assertEquals(claims.find(({ id }) => id === "documents.test")!.ours, 40);
    assert(log.some((line) => /left out 1 texts? of classes unknown .*"so-so"/.test(line)));
    assert(log.some((line) => /left out line 43: the text is empty/.test(line)));
    const others = madeTable(20).replaceAll("pos", "up").replaceAll("neg", "down");
    await Deno.writeTextFile(`${folder}/texts.csv`, others);
    await assertRejects(() => run(settingsIn(folder)), RangeError, 'it knows "neg", "pos"');
  });
});

test("evaluate takes texts that are all too short to delete words of", async () => {
  await inFolder(async (folder) => {
    const deletion = { minLength: 1000, deletions: 5, runs: 2 };
    const { claims } = await run(settingsIn(folder, { deletion }));
    const claim = claims.find(({ id }) => id === "deletion.correct.lrp-below-sa")!;
    assertEquals([claim.ours, claim.pass], ["no such documents", null]);
  });
});

test("evaluate says what is wrong in one line", async (t) => {
  const folder = await Deno.makeTempDir();
  const cases: [name: string, args: string[], code: number, message: RegExp][] = [
    ["an unknown option", ["--modle", "m"], 2, /^error: Unknown option "--modle": did you mean/],
    ["a length of 0", ["--min-length", "0"], 2, /--min-length takes a whole number from 1/],
    ["an unknown encoding", ["--encoding", "x"], 2, /Unknown encoding "x"/],
    ["an unknown explainer", ["--explainers", "lpr"], 1, /did you mean "lrp"/],
    ["no model", ["--model", `${folder}/none`], 1, /Cannot find a model in ".*none"/],
    ["no data", ["--data", `${folder}/none.csv`], 1, /none\.csv/],
  ];
  for (const [name, args, code, message] of cases) {
    await t.step(name, async () => {
      const { code: found, stderr } = await runProgram("evaluate", [
        "--out",
        `${folder}/out`,
        ...args,
      ]);
      const lines = stderr.trim().split("\n").filter((line) => !line.endsWith(" …"));
      assertEquals(lines.length, 1, stderr);
      assertMatch(lines[0]!, message);
      assertEquals(found, code);
      assertEquals([...Deno.readDirSync(folder)], []);
    });
  }
  await Deno.remove(folder, { recursive: true });
});
