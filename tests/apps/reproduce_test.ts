import { conservationResidual, explain } from "@heatword/core";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { predictedClass } from "@heatword/eval/classification";
import { findNearDuplicates } from "@heatword/eval/duplicates";
import {
  assert,
  assertEquals,
  assertLessOrEqual,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { readNewsgroups, toDocument } from "@heatword/datasets/corpus";
import type { ExperimentsResult } from "@heatword/eval/experiments";
import { pretrainedModel } from "@heatword/datasets/corpus";
import { commandOf } from "../../apps/reproduce/_described.ts";
import { checkSettings, reproduce } from "../../apps/reproduce/_run.ts";
import type { Settings } from "../../apps/reproduce/_settings.ts";
import { trustSettings } from "../../apps/reproduce/_trust.ts";
import { trainingTexts } from "../../apps/trust/_training_texts.ts";
import { dataFolder, lacksCorpus, testPermitted, testWith } from "../_skip.ts";
import { madeCorpus, madeVectors } from "./_made_corpus.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

const run = (...args: string[]) => runProgram("reproduce", args);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/vectors.txt`, madeVectors());
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const settingsIn = (folder: string, more: Partial<Settings> = {}): Settings => ({
  corpus: "auto",
  offline: true,
  out: `${folder}/out`,
  cache: `${folder}/cache`,
  explainers: ["lrp", "sa"],
  plugins: [],
  vectors: `${folder}/vectors.txt`,
  tfIdf: false,
  seed: 3,
  quick: true,
  trust: "none",
  workers: 1,
  memory: 2 ** 28,
  ...more,
});

async function runMade(settings: Settings): Promise<ExperimentsResult & { log: string[] }> {
  const log: string[] = [];
  await checkSettings(settings);
  const corpus = () => Promise.resolve(madeCorpus());
  return { ...await reproduce(settings, corpus, () => {}, (line) => log.push(line)), log };
}

async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const part of ["", "figures/"]) {
    for await (const { name, isFile } of Deno.readDir(`${folder}/${part}`)) {
      if (isFile) files.set(part + name, await Deno.readTextFile(`${folder}/${part}${name}`));
    }
  }
  return files;
}

test("reproduce writes the report, the ledger, the metrics and the figures", async () => {
  await inFolder(async (folder) => {
    const beyond = {
      models: [{ kind: "linear" as const }],
      documents: 4,
      runs: 1,
      only: false,
    };
    const { claims, timings, report, notices } = await runMade(settingsIn(folder, { beyond }));
    const files = await filesOf(`${folder}/out`);
    assertEquals([...files.keys()].sort(), [
      "beyond.json",
      "figures/figure-1-correct.svg",
      "figures/figure-1-wrong.svg",
      ...["lrp", "sa"].flatMap((explainer) =>
        ["rec.motorcycles", "sci.med", "sci.space"].map((target) =>
          `figures/figure-2-${explainer}-${target}.svg`
        )
      ),
      "figures/figure-3.csv",
      "figures/figure-3.svg",
      "figures/figure-4-confusion.svg",
      "ledger.json",
      "metrics.json",
      "report.html",
    ]);
    assertEquals(JSON.parse(files.get("ledger.json")!), JSON.parse(JSON.stringify(claims)));
    assertEquals(claims.find(({ id }) => id === "conservation.lrp")!.pass, true);
    assert(claims.find(({ id }) => id === "heatmap.ride")!.pass !== null);
    assertEquals(report, `${folder}/out/report.html`);
    assertStringIncludes(files.get("report.html")!, "QUICK RUN");
    assertMatch(files.get("report.html")!, /<h2>\d Beyond the paper: other networks, other tasks</);
    assertEquals(JSON.parse(files.get("beyond.json")!).tasks[0].models[0].explained, 4);
    assertStringIncludes(notices[0]!, "QUICK RUN");
    const metrics = JSON.parse(files.get("metrics.json")!);
    assertEquals(metrics.seed, 3);
    assertEquals(metrics.deletion[0].curves[0].accuracy.length, 51);
    assertEquals(metrics.deletion[0].random.runs.length, 10);
    // All steps but the last, which is to write this.
    assertEquals(metrics.timings.length, timings.length - 1);
    assertEquals(metrics.training.hyperparameters.filters, 200);
    // A line of the table for each evaluated document: one of eight, and that of the heatmaps.
    const lines = files.get("figures/figure-3.csv")!.trim().split("\r\n");
    assertEquals(lines.length, 1 + 51);
    assertMatch(lines[0]!, /^id,class,predicted,category,lrp-ew\.x,lrp-ew\.y,/);
  });
});

// Before any other: explainers of plugins stay registered in this process.
test("reproduce has a chapter on which explainers may be trusted, with the table beside it", async () => {
  await inFolder(async (folder) => {
    const settings = settingsIn(folder, { trust: "table" });
    const { report, timings } = await runMade(settings);
    const html = await Deno.readTextFile(report);
    assertStringIncludes(html, "<h2>7 Which explainer may be trusted?</h2>");
    assertStringIncludes(html, "<h2>8 Timing</h2>");
    const { comparison, rows, documents } = JSON.parse(
      await Deno.readTextFile(`${folder}/out/trust/trust.json`),
    );
    assertEquals(comparison.rows, ["lrp", "sa"]);
    assertEquals(documents, 12);
    const valueOf = (row: string, name: string) =>
      rows.find(({ explainer }: { explainer: string }) => explainer === row).measures[name].value;
    for (const { measure, first, second, gain, p, answer } of comparison.columns) {
      assertEquals([first, second], [valueOf("lrp", measure), valueOf("sa", measure)]);
      assert(p > 0 && p <= 1);
      if (answer !== "open") assertEquals(answer, gain.value > 0 ? "ahead" : "behind", measure);
    }
    assert(timings.some(({ step }) => step === "Measure which explainers may be trusted"));
  });
});

test("reproduce gives the same bytes for any number of workers, and again from the cache", async () => {
  await inFolder(async (folder) => {
    const first = await runMade(settingsIn(folder));
    const files = await filesOf(`${folder}/out`);
    const again = await runMade(settingsIn(folder, { workers: 3 }));
    const filesAgain = await filesOf(`${folder}/out`);
    assert(again.timings.some(({ note }) => note === "from the cache"));
    assert(first.timings.every(({ note }) => note !== "from the cache"));
    await Deno.remove(`${folder}/cache`, { recursive: true });
    await runMade(settingsIn(folder, { workers: 2 }));
    const filesTrained = await filesOf(`${folder}/out`);
    for (const others of [filesAgain, filesTrained]) {
      assertEquals([...others.keys()], [...files.keys()]);
      for (const [name, content] of others) {
        if (name === "report.html") continue; // It tells how long things took.
        if (name !== "metrics.json") assertEquals(content, files.get(name), name);
        else {
          const { timings: _, ...metrics } = JSON.parse(content);
          const { timings: __, ...expected } = JSON.parse(files.get(name)!);
          assertEquals(metrics, expected);
        }
      }
    }
  });
});

const plugin = (body: string) => `
export default {
  name: "mine",
  description: "Gives every word its place",
  citation: "none",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: {},
  async explain({ model, input, targets }) {
    ${body}
    const scores = await model.scores(input);
    const words = Float64Array.from({ length: input.length }, (_, t) => t);
    return targets.map((target) => ({ score: scores[target], words }));
  },
};
`;

test("reproduce evaluates an explainer from a plugin, by word only", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/mine.ts`;
    await Deno.writeTextFile(path, plugin(""));
    const { claims } = await runMade(settingsIn(folder, { explainers: ["mine"], plugins: [path] }));
    assert(claims.some(({ id }) => id === "pca.silhouette.mine"));
    assertEquals(claims.find(({ id }) => id === "deletion.correct.lrp-below-sa")!.pass, null);
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    assertEquals(metrics.panels.map(({ id }: { id: string }) => id), ["mine", "sum"]);
    assertEquals(metrics.deletion[0].curves[0].name, "mine");
  });
});

test("reproduce draws documents weighted by TF-IDF when asked to", async () => {
  await inFolder(async (folder) => {
    const { claims } = await runMade(settingsIn(folder, { explainers: ["sa"], tfIdf: true }));
    assert(claims.find(({ id }) => id === "pca.order.tf-idf-like-sum")!.pass !== null);
    assertStringIncludes(await Deno.readTextFile(`${folder}/out/figures/figure-3.svg`), "TF-IDF");
  });
});

test("reproduce leaves nothing half-written when an explainer fails", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/bad.ts`;
    const failing = plugin('if (input.length > 110) throw new RangeError("Too long for me");');
    await Deno.writeTextFile(path, failing.replaceAll('"mine"', '"bad"'));
    const settings = settingsIn(folder, { explainers: ["bad"], plugins: [path], workers: 2 });
    await assertRejects(() => runMade(settings), Error, "Too long for me");
    assertEquals([...Deno.readDirSync(`${folder}/out`)], []);
  });
});

test("reproduce says what is wrong in one line, before any work", async (t) => {
  const folder = await Deno.makeTempDir();
  const cases: [name: string, args: string[], code: number, message: RegExp][] = [
    ["an unknown option", ["--quik"], 2, /^error: Unknown option "--quik": did you mean "--quick"/],
    ["a seed that is not a number", ["--seed", "x"], 2, /^error: Option --seed takes .*not "x"$/],
    ["no workers", ["--workers", "0"], 2, /^error: Option --workers takes a whole number from 1/],
    ["an empty explainer", ["--explainers", "lrp,,sa"], 2, /--explainers takes names with commas/],
    ["a positional", ["please"], 2, /^error: Cannot take the argument "please"/],
    ["an unknown explainer", ["--explainers", "lpr"], 1, /"lpr": did you mean "lrp"/],
    ["a missing plugin", ["--plugin", "none.ts"], 1, /^error: Cannot find plugin "none.ts"/],
    ["missing vectors", ["--vectors", "none.bin"], 1, /word vectors "none.bin"/],
    ["missing vectors to join", ["--vectors", "ppmi+none.bin"], 1, /word vectors "none.bin"/],
    [
      "vectors twice",
      ["--vectors", "ppmi+ppmi"],
      2,
      /^error: Cannot join .* "ppmi" is there twice$/,
    ],
    [
      "the paper's baseline without the paper's experiments",
      ["--beyond-only", "--tf-idf"],
      2,
      /^error: Option --tf-idf has no meaning with --beyond-only/,
    ],
    [
      "a table of trust without the paper's experiments",
      ["--beyond-only", "--trust", "table"],
      2,
      /^error: Option --trust has no meaning with --beyond-only/,
    ],
    ["an unknown corpus", ["--corpus", "reuters"], 2, /--corpus takes one of auto, newsgroups/],
    [
      "missing data",
      ["--data", `${folder}/none`, "--corpus", "newsgroups", "--offline"],
      1,
      /20Newsgroups corpus at ".*none.*--data/,
    ],
  ];
  for (const [name, args, code, message] of cases) {
    await t.step(name, async () => {
      const found = await run("--out", `${folder}/out`, "--cache", `${folder}/cache`, ...args);
      const lines = found.stderr.trim().split("\n").filter((line) => !line.endsWith(" …"));
      assertEquals(lines.length, 1, found.stderr);
      assertMatch(lines[0]!, message);
      assertEquals([found.code, found.stdout], [code, ""]);
      assertEquals([...Deno.readDirSync(folder)], []);
    });
  }
  await t.step("a damaged archive", async () => {
    await Deno.mkdir(`${folder}/data/newsgroups`, { recursive: true });
    const archive = `${folder}/data/newsgroups/20news-bydate.tar.gz`;
    await Deno.writeFile(archive, new Uint8Array([31, 139, 8, 0, 1, 2, 3]));
    const found = await run("--data", `${folder}/data`, "--out", `${folder}/out`, "--offline");
    assertEquals(found.code, 1, found.stderr);
    assertMatch(found.stderr, /error: Cannot read the corpus ".*20news-bydate.tar.gz"/);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["data"]);
  });
  await Deno.remove(folder, { recursive: true });
});

test("reproduce --help says what it takes", async () => {
  const { code, stdout } = await run("--help");
  assertEquals(code, 0);
  for (const option of ["--data", "--explainers", "--vectors", "--seed", "--quick", "--plugin"]) {
    assertStringIncludes(stdout, option);
  }
});

test("reproduce takes the miniature corpus where the real one cannot be had", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const args = ["--data", `${folder}/none`, "--offline", "--out", `${folder}/out`];
    const { code, stdout, stderr } = await run(...args, "--seed", "1", "--workers", "1");
    assertEquals(code, 0, stderr);
    for (const output of [stdout, stderr, await Deno.readTextFile(`${folder}/out/report.html`)]) {
      assertStringIncludes(output, "MINIATURE CORPUS");
    }
    const claims: { id: string; ours: unknown; pass: boolean | null }[] = JSON.parse(
      await Deno.readTextFile(`${folder}/out/ledger.json`),
    );
    const claim = (id: string) => claims.find((one) => one.id === id)!;
    assertEquals([claim("documents.test").ours, claim("documents.test").pass], [140, null]);
    assertEquals(claim("conservation.lrp").pass, true);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["out"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testWith(
  lacksCorpus,
  "the real corpus has the paper's counts, and LRP conserves the score of every test document",
  async () => {
    // It may run alone, and then no program has loaded them.
    await import("@heatword/explainers");
    const corpus = await readNewsgroups(dataFolder, () => {});
    assertEquals([corpus.train.length, corpus.test.length], [11314, 7532]);
    assertEquals(corpus.test.filter(({ length }) => length >= 100).length, 4963);
    assertEquals(corpus.test.filter(({ length }) => length === 0).length, 16);
    assertEquals(corpus.train.filter(({ length }) => length === 0).length, 19);
    const { model } = await loadWordCnn(pretrainedModel());
    let worst = 0;
    for (const compact of corpus.test) {
      const input = model.encode(toDocument(compact));
      const target = predictedClass(model.scores(input));
      const relevance = await explain("lrp", model, input, target, { detail: "words" });
      worst = Math.max(worst, conservationResidual(relevance));
    }
    assertLessOrEqual(worst, 1e-4);
  },
);

testWith(
  lacksCorpus,
  "of the real test documents 80 have a duplicate among the training documents",
  async () => {
    const { train, test } = await readNewsgroups(dataFolder, () => {});
    const { identical, near, found } = findNearDuplicates(
      train.map(({ words }) => words),
      test.map(({ words, whole }) => whole ?? words),
    );
    assertEquals([identical, near, found.length], [15, 79, 80]);
  },
);

test("of a corpus with a model of its own, reproduce trains nothing, and tells its whole command", async () => {
  const pretrained = pretrainedModel();
  const settings = settingsIn("f", { trust: "full", plugins: ["a b.ts"], tfIdf: true });
  // The 20Newsgroups corpus, where it is at hand, is another one.
  const { corpus, models, seeds } = trustSettings(settings, { pretrained }, pretrained);
  assertEquals([corpus, models, seeds], ["miniature", [pretrained], 5]);
  const { model } = await loadWordCnn(pretrained);
  assertEquals(
    await trainingTexts(trustSettings(settings, { pretrained }, pretrained), pretrained, model),
    { why: "the miniature corpus has no texts to train on" },
  );
  assertEquals(
    commandOf(settings, { pretrained }),
    "deno task reproduce --corpus miniature --explainers lrp,sa --plugin 'a b.ts' --seed 3 " +
      "--tf-idf --trust full --quick",
  );
  assertEquals(
    commandOf({ ...settings, plugins: [], tfIdf: false, quick: false, trust: "table" }, {}),
    "deno task reproduce --explainers lrp,sa --vectors f/vectors.txt --seed 3",
  );
});

test("reproduce looks before it trains whether its table of trust would take another's place", () =>
  inFolder(async (folder) => {
    const file = `${folder}/out/trust/trust.csv`;
    await Deno.mkdir(`${folder}/out/trust`, { recursive: true });
    await Deno.writeTextFile(file, "mine\n");
    await checkSettings(settingsIn(folder, { trust: "none" }));
    await assertRejects(
      () => checkSettings(settingsIn(folder, { trust: "table" })),
      RangeError,
      `Cannot write the results over "${file}"`,
    );
  }));
