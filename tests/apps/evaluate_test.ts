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
  trustDocuments: 0,
  seed: 0,
  workers: 2,
  ...more,
});

const run = (settings: Settings, log: string[] = []) =>
  evaluate(settings, () => {}, (line) => log.push(line));

/** The claim of an id. */
const claimIn = (
  claims: readonly { id: string; ours: unknown; pass: boolean | null }[],
  id: string,
) => claims.find((one) => one.id === id)!;

test("evaluate writes a report of any labelled texts, with nothing of the newsgroups in it", async () => {
  await inFolder(async (folder) => {
    const log: string[] = [];
    const { claims } = await run(settingsIn(folder, { trustDocuments: 4 }), log);
    assertEquals(claimIn(claims, "documents.test").ours, 60);
    const { accuracy, standardError } = claimIn(claims, "accuracy.test").ours as Record<
      string,
      number
    >;
    assertEquals(standardError, Math.sqrt((accuracy! * (1 - accuracy!)) / 60));
    assertEquals(claimIn(claims, "conservation.lrp").pass, true);
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    assertEquals([metrics.accuracy, metrics.documents], [accuracy, 60]);
    assertEquals(metrics.deletion[0].curves[0].accuracy.length, 6);
    assertEquals(metrics.deletion[0].random.runs.length, 3);
    assertEquals(metrics.scoreDeletion[0].curves.map(({ name }: { name: string }) => name), [
      "lrp",
      "sa",
      "random",
    ]);
    const report = await Deno.readTextFile(`${folder}/out/report.html`);
    assertStringIncludes(report, "texts.csv");
    assertStringIncludes(report, "documents of at least 10 words");
    assertStringIncludes(report, metrics.trust.sentence);
    assert(!report.includes('<b>&"'));
    assert(!/newsgroup|Arras|the paper|sci\.space/i.test(report));
    // The table: a line a text, and each with its class.
    const predictions = (await Deno.readTextFile(`${folder}/out/predictions.csv`)).trim().split(
      /\r?\n/,
    );
    assertEquals(predictions.length, 61);
    const right = predictions.slice(1).filter((line) => line.split(",")[3] === "true").length;
    assertEquals(right / 60, accuracy);
    assertEquals(log.filter((line) => line.includes("--min-length")), []);
  });
});

test("evaluate takes from the data how words are deleted, and tells it", async () => {
  await inFolder(async (folder) => {
    const log: string[] = [];
    await run(settingsIn(folder, { deletion: {} }), log);
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    const [, least, most] = log.join("\n")
      .match(/--min-length (\d+)\), up to \d+ words \(--deletions (\d+)\)/)!.map(Number);
    assertEquals(most, least! >> 1);
    assertEquals(metrics.deletion[0].random.accuracy.length, most! + 1);
    assertStringIncludes(metrics.command, `--min-length ${least} --deletions ${most} --runs 10`);
    const texts = (await Deno.readTextFile(`${folder}/out/predictions.csv`)).trim().split(/\r?\n/);
    const words = texts.slice(1).map((line) => Number(line.split(",").at(-1)));
    const taking = metrics.deletion[0].documents + metrics.deletion[1].documents;
    assertEquals(taking, words.filter((count) => count >= least!).length);
    assert(taking >= 45, "three quarters of the texts");
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/out/report.html`),
      `--min-length ${least}`,
    );
    assertEquals(metrics.trust, { notMeasured: "--trust-documents 0" });
  });
});

test("evaluate gives the same figures for any number of workers", async () => {
  await inFolder(async (folder) => {
    const read = async (workers: number) => {
      await run(settingsIn(folder, { workers, trustDocuments: 2 }));
      const read = (name: string) => Deno.readTextFile(`${folder}/out/${name}`);
      const strip = (text: string) =>
        JSON.parse(text, (key, value) => ["timings", "milliseconds"].includes(key) ? 0 : value);
      const names = ["predictions.csv", "words.csv"];
      return [
        ...await Promise.all(names.map(read)),
        strip(await read("metrics.json")),
        strip(await read("trust.json")),
      ];
    };
    assertEquals(await read(1), await read(3));
  });
});

test("evaluate goes on where it was stopped, and a model of one's own gets what it can", async () => {
  await inFolder(async (folder) => {
    const asked = `${folder}/asked.txt`;
    await Deno.writeTextFile(
      `${folder}/mine.ts`,
      `export default {
        classes: ["neg", "pos"],
        predict(texts) {
          Deno.writeTextFileSync(${
        JSON.stringify(asked)
      }, "x".repeat(texts.length), { append: true });
          return texts.map((text) => {
            const good = (text.match(/good|fine/g) ?? []).length;
            return [1 - good / 25, good / 25];
          });
        },
      };`,
    );
    const settings = settingsIn(folder, {
      model: `${folder}/mine.ts`,
      trustDocuments: 3,
      workers: 1,
    });
    const { explainers: _, ...rest } = settings;
    const cost = async (log: string[] = []) => {
      await Deno.writeTextFile(asked, "");
      await run(rest, log);
      return (await Deno.readTextFile(asked)).length;
    };
    const whole = await cost();
    const path = `${folder}/out/evaluated.jsonl`;
    const files = async () =>
      await Promise.all(
        ["predictions.csv", "words.csv"].map((name) => Deno.readTextFile(`${folder}/out/${name}`)),
      );
    const before = await files();
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    assertEquals(metrics.explainers, ["occlusion"]);
    assertEquals(metrics.trust.documents, 3);
    // Killed in the middle of the second line.
    const lines = (await Deno.readTextFile(path)).split("\n");
    await Deno.writeTextFile(path, `${lines.slice(0, 2).join("\n")}\n{"task":`);
    const log: string[] = [];
    const again = await cost(log);
    assert(again > 0 && again < whole / 2, `${again} of ${whole} texts`);
    assert(log.includes(`note: goes on with what is in ${path}`));
    assertEquals(await files(), before);
    assertEquals(await cost() < again, true, "all is known but the texts that are shown");
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
    // Of 24 documents all have a copy, most of them among the other 96.
    const [, either, identical] = String(ours)
      .match(/^(\d+) of 24 test documents have a duplicate among .*: (\d+) of the same words/)!
      .map(Number);
    assert(identical! >= 12 && identical! <= 24 && either === identical);
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
    const claim = claims.find(({ id }) => id === "deletion.correct.lrp")!;
    assertEquals([claim.ours, claim.pass], ["too few documents (0)", null]);
    const report = await Deno.readTextFile(`${folder}/out/report.html`);
    assertStringIncludes(report, "too few documents (0)");
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
