// `deno task reproduce --beyond`: other networks and another task.
import { conservationResidual, explain, Random } from "@heatword/core";
import { pretrainedModel } from "@heatword/datasets/corpus";
import { openModel } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { toDocument } from "@heatword/datasets/corpus";
import {
  type BeyondData,
  beyondText,
  chosenDocuments,
  compareExplainers,
} from "@heatword/eval/beyond";
import { predictedClass } from "@heatword/eval/classification";
import { lrp } from "@heatword/explainers/lrp";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { stringify } from "@std/csv";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { reproduceProgram } from "../../apps/cli/programs/reproduce.ts";
import { deletionFor, measureBeyond } from "../../apps/reproduce/_beyond.ts";
import { checkSettings, reproduce } from "../../apps/reproduce/_run.ts";
import { readSettings } from "../../apps/reproduce/_settings.ts";
import { fullRecipeFor } from "../../apps/training/recipe.ts";
import { beyondChapter } from "../../eval/beyond/chapter.ts";
import { testPermitted } from "../_skip.ts";
import { madeCorpus, madeVectors } from "./_made_corpus.ts";

const test = testPermitted("read", "write", "env");

function settingsOf(...args: string[]) {
  const read = readCommandLine(reproduceProgram, args);
  return readSettings(read as Exclude<typeof read, "help">);
}

/** How models of the made corpus are trained. */
const recipe = { skipgram: {}, norm: 3, hyperparameters: { filters: 16, epochs: 3 }, heldOut: 0.1 };

/** Short texts of two classes. */
function table(): string {
  const random = new Random(3);
  const words = { tree: "leaf root bark twig".split(" "), car: "wheel gear horn brake".split(" ") };
  const rows = Array.from({ length: 60 }, (_, i) => {
    const kind = i % 2 === 0 ? "tree" : "car";
    const choice = [...words[kind], "the", "of"];
    const body = Array.from({ length: 6 + i % 3 }, () => choice[random.below(6)]).join(" ");
    return { body, kind };
  });
  return stringify(rows, { columns: ["body", "kind"] });
}

/** Areas of a model in an experiment, and its row in the last table of the task. */
function comparedWith(data: BeyondData, name: string, kind: string, group: number, other: string) {
  const task = data.tasks.find((one) => one.name === name)!;
  const { curves } = task.models.find((one) => one.name === kind)!.deletion[group]!;
  return {
    areaOf: (one: string) => curves.find(({ name }) => name === one)!.area,
    row: (said: string) => {
      const table = said.slice(said.indexOf(`${name}: by how much LRP is better`));
      assertStringIncludes(table.split("\n")[1]!, other);
      const start = new RegExp(`^${kind} +${["correct", "wrong"][group]} `);
      return table.split("\n").find((line) => start.test(line))!;
    },
  };
}

test("reproduce --beyond measures networks on two tasks, goes on where it was, and tells it", async (t) => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/vectors.txt`, madeVectors());
  await Deno.writeTextFile(`${folder}/kinds.csv`, table());
  const settings = (...more: string[]) =>
    settingsOf(
      ...["--quick", "--cache", `${folder}/cache`, "--vectors", `${folder}/vectors.txt`],
      ...["--beyond", "--beyond-data", `${folder}/kinds.csv`, "--text", "body", "--label", "kind"],
      ...["--documents", "4", "--runs", "2", "--seed", "3", "--out", `${folder}/out`, ...more],
    );
  const made = madeCorpus();
  const corpus = { ...made, train: made.train.slice(0, 40), test: made.test.slice(0, 15) };
  const run = async (...more: string[]) => {
    const said: string[] = [];
    const asked = settings(...more);
    await Deno.mkdir(asked.out, { recursive: true });
    const cache = `${folder}/cache`;
    const context = { recipe, seed: 3, workers: asked.workers, cache, onProgress: () => {} };
    const { beyond } = asked;
    const found = await measureBeyond(beyond!, asked, corpus, context, (line) => said.push(line));
    return { found, said };
  };
  const models = ["--models", "word-cnn,char-cnn,gru,linear", "--workers", "1"];
  const first = await run(...models);
  const text = await Deno.readTextFile(`${folder}/out/beyond.json`);
  const data: BeyondData = JSON.parse(text);
  const [own, other] = data.tasks;

  await t.step("each model on each task, by the explainers and at random", () => {
    assertEquals(data.explainers, ["lrp", "sa", "gradient-input"]);
    assertEquals(data.tasks.map(({ name }) => name), ["a made corpus", "kinds.csv"]);
    for (const { models } of data.tasks) {
      assertEquals(models.map(({ name }) => name), ["word-cnn", "char-cnn", "gru", "linear"]);
    }
    assertEquals([own!.minLength, own!.deletions, own!.runs], [100, 50, 2]);
    // Of six to eight words the middle one has seven.
    assertEquals([other!.minLength, other!.deletions], [6, 3]);
    for (const { models } of data.tasks) {
      for (const { deletion, explained, conservation } of models) {
        assertEquals(explained, 4);
        assertEquals(deletion[0].documents + deletion[1].documents, 4);
        assertEquals(deletion[0].curves.map(({ name }) => name), data.explainers);
        assert(conservation[0]!.worst < 1e-4, `${conservation[0]!.worst}`);
      }
    }
  });

  await t.step("accuracy and sums are those of the model", async () => {
    const folders = [...Deno.readDirSync(`${folder}/cache/models`)]
      .map(({ name }) => name).filter((name) => name.startsWith("beyond-char-cnn"));
    const models = await Promise.all(
      folders.map((name) => openModel(`${folder}/cache/models/${name}`)),
    );
    const model = models.find(({ classes }) => classes.length === 5)!;
    const texts = corpus.test;
    const measured = own!.models[1]!;
    const right = texts.filter((one) =>
      predictedClass(model.scores(model.encode(toDocument(one))) as Float32Array) === one.label
    ).length;
    assertAlmostEquals(measured.accuracy, right / texts.length, 1e-12);
    const { accuracy: a, documents: n } = measured;
    assertAlmostEquals(measured.standardError, Math.sqrt(a * (1 - a) / n), 1e-12);
    const residuals = await Promise.all(
      chosenDocuments(texts, 100, 4).map(async (one) => {
        const input = model.encode(toDocument(one));
        const target = predictedClass(model.scores(input) as Float32Array);
        const relevance = await explain(lrp, model, input, target);
        return conservationResidual(relevance, relevance.score);
      }),
    );
    const mean = residuals.reduce((sum, one) =>
      sum + one, 0) / residuals.length;
    assertAlmostEquals(measured.conservation[0]!.mean, mean, 1e-12);
    assertAlmostEquals(measured.conservation[0]!.worst, Math.max(...residuals), 1e-12);
  });

  await t.step("it is told as a chapter, and on a terminal", () => {
    const chapter = beyondChapter(first.found).source;
    assertStringIncludes(chapter, "gru on kinds.csv: accuracy against deleted words");
    const { accuracy } = own!.models[0]!;
    assertStringIncludes(chapter, `<td class="number">${(100 * accuracy).toFixed(2)}\u00a0%</td>`);
    const said = beyondText(first.found);
    // Two tasks, four models, two experiments; of 4 documents nothing is said.
    assertStringIncludes(said, "LRP is above SA in 0 of 16 experiments; 16 are open");
    assertStringIncludes(said, "kinds.csv, 2 classes, 48 training documents");
    // LRP against each other explainer: what stands in beyond.json, with the sign that says who is better.
    for (const [g, group] of ["correct", "wrong"].entries()) {
      const { areaOf, row } = comparedWith(data, "kinds.csv", "gru", g, "gradient-input");
      const sign = group === "correct" ? -1 : 1;
      const expected = (sign * (areaOf("lrp") - areaOf("gradient-input"))).toFixed(3);
      assertEquals(row(said).split(/ {2,}/)[2]!.replace("−", "-").split(" ")[0], expected);
    }
  });

  await t.step("models and experiments are kept, and more workers give the same", async () => {
    const kept = () =>
      [...Deno.readDirSync(`${folder}/cache/beyond`)].map(({ name }) => name).sort();
    const files = kept();
    assertEquals(files.length, 16); // four models, two tasks: accuracies, and experiments
    await Deno.remove(`${folder}/cache/beyond/${files[0]}`);
    const again = await run(...models);
    assertEquals(again.said.filter((line) => line.endsWith(": from the cache")).length, 8);
    assertEquals(await Deno.readTextFile(`${folder}/out/beyond.json`), text);
    assertEquals(kept(), files);
    const folders = [...Deno.readDirSync(`${folder}/cache/models`)].map(({ name }) => name);
    const linear = folders.filter((name) => name.startsWith("beyond-linear"))
      .map((name) => `${folder}/cache/models/${name}`);
    const classes = await Promise.all(linear.map(async (path) => (await openModel(path)).classes));
    const given = linear[classes.findIndex(({ length }) => length === 2)]!;
    // A model that is there is taken where it is for the task.
    const { found, said } = await run("--models", `linear=${given}`, "--workers", "2");
    assert(said.includes(`note: "${given}" is not for a made corpus: another linear is trained`));
    const first = (name: string) => data.tasks[0]!.models.find((one) => one.name === name);
    assertEquals(JSON.stringify(found.tasks[0]!.models[0]), JSON.stringify(first("linear")));
  });
  await Deno.remove(folder, { recursive: true });
});

test("reproduce --beyond keeps a file's vectors of words that nothing is learned from, and knows files by content", async () => {
  const folder = await Deno.makeTempDir();
  const [header, ...rows] = table().trim().split(/\r?\n/);
  const parts = rows.map((row, i) => `${row},${["train", "train", "val", "test"][i % 4]}`);
  // Words of one part each, and one that is in no text.
  const own = ["tree shade,tree,test", "fog wheel,car,val"];
  const csv = [`${header},part`, ...parts, ...own, ""].join("\n");
  await Deno.writeTextFile(`${folder}/kinds.csv`, csv);
  const vectors = (factor: number) => {
    const words = "leaf root bark twig wheel gear horn brake the of shade fog nowhere".split(" ");
    const lines = words.map((word, i) => `${word} ${Math.cos(i) * factor} ${Math.sin(i)} 0.5`);
    return [`${words.length} 3`, ...lines, ""].join("\n");
  };
  const corpus = { ...madeCorpus(), pretrained: "there is one" };
  const cache = `${folder}/cache`;
  const folders = async (factor: number) => {
    await Deno.writeTextFile(`${folder}/vectors.txt`, vectors(factor));
    const settings = settingsOf(
      ...["--quick", "--beyond-only", "--beyond-data", `${folder}/kinds.csv`, "--text", "body"],
      ...["--label", "kind", "--split-column", "part", "--vectors", `${folder}/vectors.txt`],
      ...["--models", "word-cnn,gru,linear", "--documents", "2", "--runs", "1", "--workers", "1"],
      ...["--out", folder, "--cache", cache],
    );
    const context = { recipe, seed: 0, workers: 1, cache, onProgress: () => {} };
    await measureBeyond(settings.beyond!, settings, corpus, context, () => {});
    return [...Deno.readDirSync(`${cache}/models`)].map(({ name }) => name).sort()
      .filter((name) => name.startsWith("beyond-"));
  };
  const first = await folders(1);
  assertEquals(first.map((name) => name.replace(/-[^-]*$/, "")), [
    "beyond-gru",
    "beyond-linear",
    "beyond-word-cnn",
  ]);
  for (const name of first.filter((name) => !name.startsWith("beyond-linear"))) {
    const model = await openModel(`${cache}/models/${name}`) as unknown as {
      readonly vocabulary: { readonly words: readonly string[] };
    };
    const { words } = model.vocabulary;
    const has = ["leaf", "shade", "fog", "nowhere"].map((word) => words.includes(word));
    assertEquals(has, [true, true, true, false], name);
  }
  assertEquals(await folders(1), first);
  // At the same path other vectors: the networks are others, and the linear model is the same.
  const second = (await folders(2)).filter((name) => !first.includes(name));
  assertEquals(second.map((name) => name.replace(/-[^-]*$/, "")), [
    "beyond-gru",
    "beyond-word-cnn",
  ]);
  await Deno.remove(folder, { recursive: true });
});

test("reproduce --beyond trains models without word vectors alike whatever these are", async () => {
  const folder = await Deno.makeTempDir();
  const cache = `${folder}/cache`;
  const folders = async (vectors: string) => {
    const settings = settingsOf(
      ...["--beyond", "--models", "linear", "--documents", "2", "--runs", "1", "--workers", "1"],
      ...["--vectors", vectors, "--out", folder, "--cache", cache],
    );
    const recipe = fullRecipeFor(vectors);
    const context = { recipe, seed: 0, workers: 1, cache, onProgress: () => {} };
    await measureBeyond(settings.beyond!, settings, madeCorpus(), context, () => {});
    return [...Deno.readDirSync(`${cache}/models`)].map(({ name }) => name)
      .filter((name) => name.startsWith("beyond-")).sort();
  };
  // Networks learn for longer from joined vectors.
  assertNotEquals(fullRecipeFor("skipgram+ppmi"), fullRecipeFor("skipgram"));
  assertEquals(await folders("skipgram+ppmi"), await folders("skipgram"));
  await Deno.remove(folder, { recursive: true });
});

test("reproduce --beyond takes a model that is there, if it is for the task", async () => {
  const folder = await Deno.makeTempDir();
  const settings = settingsOf("--beyond", "--models", `linear=${folder}/none`, "--out", folder);
  const corpus = { ...madeCorpus(), pretrained: "there is one" };
  // A corpus without documents to learn from, and a table: only that is measured.
  await Deno.writeTextFile(`${folder}/kinds.csv`, table());
  const only = settingsOf(
    ...["--quick", "--beyond-only", "--models", "linear", "--documents", "4", "--runs", "1"],
    ...["--beyond-data", `${folder}/kinds.csv`, "--text", "body", "--label", "kind"],
    ...["--out", `${folder}/out`, "--cache", `${folder}/cache`, "--workers", "1"],
  );
  const pretrained = pretrainedModel();
  const bare = { ...madeCorpus(), pretrained: "there is one" };
  const said: string[] = [];
  const result = await reproduce(
    only,
    () => Promise.resolve(bare),
    () => {},
    (line) => said.push(line),
  );
  await assertRejects(
    () =>
      reproduce(
        {
          ...only,
          beyond: { ...only.beyond!, models: [{ kind: "word-cnn", folder: pretrained }] },
        },
        () => Promise.resolve(bare),
        () => {},
        () => {},
      ),
    RangeError,
    "on kinds.csv: its classes are ",
  );
  const refusesKind = (kind: "linear" | "gru" | "word-cnn", folder: string, why: string) =>
    assertRejects(
      () =>
        reproduce(
          { ...only, beyond: { ...only.beyond!, models: [{ kind, folder }] } },
          () => Promise.resolve(bare),
          () => {},
          () => {},
        ),
      RangeError,
      `Cannot measure the model "${folder}" as ${kind}: ${why}`,
    );
  await refusesKind("linear", pretrained, "it is a word-cnn; name it as word-cnn=");
  // Of the right classes, too.
  const linear = [...Deno.readDirSync(`${folder}/cache/quick/models`)].map(({ name }) => name)
    .find((name) => name.startsWith("beyond-linear"));
  await refusesKind("gru", `${folder}/cache/quick/models/${linear}`, "it is a linear; name it as");
  const module = new URL("../../examples/function.ts", import.meta.url).pathname;
  await refusesKind("word-cnn", module, "it is none that deno task train made");
  // What was written may be written again; a table that is read, and a file of somebody else, not.
  await checkSettings(only);
  await assertRejects(
    () =>
      checkSettings({ ...only, beyond: { ...only.beyond!, data: `${folder}/out/beyond.json` } }),
    RangeError,
    "Cannot write the results",
  );
  await Deno.writeTextFile(`${folder}/beyond.json`, '{"mine": 1}');
  await assertRejects(
    () => checkSettings({ ...only, out: folder }),
    RangeError,
    "which no program of heatword wrote",
  );
  assertEquals([result.claims, result.report], [[], `${folder}/out/beyond.html`]);
  assertEquals([...Deno.readDirSync(`${folder}/out`)].map(({ name }) => name).sort(), [
    "beyond.html",
    "beyond.json",
  ]);
  const page = await Deno.readTextFile(`${folder}/out/beyond.html`);
  assertStringIncludes(page, "QUICK RUN");
  assertStringIncludes(page, "--vectors skipgram --seed");
  assertStringIncludes(page, `--beyond-only --models linear --documents 4 --runs 1 --beyond-data`);
  assertStringIncludes(page, "--text body --label kind");
  assert(
    said.some((line) => line.startsWith("note: nothing is trained on a made corpus, so only")),
  );

  await assertRejects(
    () => reproduce(settings, () => Promise.resolve(corpus), () => {}, () => {}),
    RangeError,
    "a made corpus: it has nothing to train on; name a table with --beyond-data",
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("reproduce reads what goes beyond the paper", () => {
  assertEquals(settingsOf().beyond, undefined);
  const kinds = (...args: string[]) => settingsOf("--beyond", ...args).beyond!.models;
  assertEquals(
    kinds().map(({ kind }) => kind),
    ["word-cnn", "char-cnn", "bilstm", "gru", "linear"],
  );
  assertEquals(kinds("--models", "gru=a/b=c,linear"), [
    { kind: "gru", folder: "a/b=c" },
    { kind: "linear" },
  ]);
  const refuses = (args: string[], why: string) =>
    assertThrows(() => settingsOf(...args), Error, why);
  refuses(["--beyond", "--models", "svm"], 'not "svm"');
  refuses(["--beyond", "--models", "gru="], 'not "gru="');
  refuses(["--beyond", "--models", "gru,gru=a"], "names a kind twice");
  refuses(["--documents", "3"], "Option --documents has no meaning without --beyond");
  refuses(["--beyond", "--text", "body"], "Option --text has no meaning without --beyond-data");
});

Deno.test("deletionFor() goes by the length of the texts, as far as the paper's", () => {
  const of = (...lengths: number[]) =>
    deletionFor({ test: lengths.map((length) => ({ id: "", label: 0, words: "", length })) }, 3);
  assertEquals(of(7, 9, 8), { minLength: 8, deletions: 4, runs: 3 });
  assertEquals(of(1), { minLength: 2, deletions: 1, runs: 3 });
  assertEquals(of(300, 120, 900), { minLength: 100, deletions: 50, runs: 3 });
});

Deno.test("chosenDocuments() takes long ones, evenly from first to last", () => {
  const documents = [5, 1, 6, 7, 8, 1, 9].map((length, i) => {
    return { id: `${i}`, label: 0, words: "", length };
  });
  assertEquals(chosenDocuments(documents, 5, 2).map(({ id }) => id), ["0", "3"]);
  assertEquals(chosenDocuments(documents, 5, 9).map(({ id }) => id), ["0", "2", "3", "4", "6"]);
});

Deno.test("compareExplainers() calls the lower curve better for right texts, the higher for wrong", () => {
  const experiment = (group: "correct" | "wrong", documents: number) => ({
    group,
    order: "decreasing" as const,
    documents,
    remaining: [],
    curves: [],
    random: { name: "random", accuracy: [], area: 0, runs: [], deviation: [] },
    differences: [{
      of: "lrp",
      minus: "sa",
      difference: -0.2,
      standardError: 0.01,
      interval: [-0.3, -0.1] as const,
    }],
  });
  assertEquals(compareExplainers(experiment("correct", 40), "lrp", "sa"), {
    difference: 0.2,
    interval: [0.1, 0.3],
    better: "yes",
  });
  assertEquals(compareExplainers(experiment("wrong", 40), "lrp", "sa")!.better, "no");
  assertEquals(compareExplainers(experiment("wrong", 29), "lrp", "sa")!.better, "open");
  assertEquals(compareExplainers(experiment("wrong", 40), "lrp", "lime"), undefined);
});
