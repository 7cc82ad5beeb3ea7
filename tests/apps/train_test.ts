import type { TrainingRecord } from "../../apps/training/model.ts";
import { Random } from "@heatword/core";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { stringify } from "@std/csv";
import { runExplain } from "./_run_explain.ts";
import { runProgram } from "./_run_program.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const train = (folder: string, ...args: string[]) =>
  runProgram("train", ["--cache", `${folder}/cache`, ...args]);

/** Texts of two classes that share only small words. */
function madeTexts(count: number) {
  const random = new Random(7);
  const words = {
    plants: "red green tree grass leaf flower garden soil seed root".split(" "),
    cars: "engine wheel brake clutch gear road motor oil tyre bonnet".split(" "),
  };
  const small = "the a of and to in is was it for".split(" ");
  return Array.from({ length: count }, (_, i) => {
    const kind = i % 2 === 0 ? "plants" : "cars";
    const choice = [...words[kind], ...small];
    const body = Array.from({ length: 30 }, () => choice[random.below(choice.length)]).join(" ");
    return { name: `text ${i}`, body, kind };
  });
}

const columns = ["name", "body", "kind"];
const few = ["--filters", "16", "--budget", "0"];
const small = ["--epochs", "3", ...few];
const named = ["--text", "body", "--label", "kind", "--id", "name"];

test("train learns a table of labelled texts", async (t) => {
  const folder = await Deno.makeTempDir();
  const table = `${folder}/texts.csv`;
  await Deno.writeTextFile(table, stringify(madeTexts(80), { columns }));
  const run = await train(folder, "--data", table, "--out", `${folder}/model`, ...named, ...small);
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stderr, "64 documents to train on, 16 to test on, 2 classes");
  const { model, training } = await loadWordCnn(`${folder}/model`);

  await t.step("the accuracy comes with its standard error, and duplicates are told", () => {
    const told = run.stdout.match(/^all +([\d.]+) % of 16 \(standard error ([\d.]+) %\)$/m)!;
    const accuracy = Number(told[1]) / 100;
    assert(Math.abs(Number(told[2]) - 100 * Math.sqrt(accuracy * (1 - accuracy) / 16)) < 0.01);
    assertStringIncludes(
      run.stdout,
      "\n0 of 16 test documents have a duplicate among the training",
    );
    const { test } = training as unknown as { test: Record<string, number> };
    assertEquals([test.documents, test.duplicates], [16, 0]);
    assertEquals(test.accuracyWithoutDuplicates, test.accuracy);
  });

  await t.step("the model tells the classes apart", () => {
    assertEquals(model.classes, ["cars", "plants"]);
    const tokens = ["engine", "wheel"].map((text, i) => ({ text, start: 7 * i, end: 7 * i + 5 }));
    const [cars, plants] = model.scores(model.encode({ text: "engine wheel", tokens }));
    assert(cars! > plants!, `${cars} > ${plants}`);
  });

  await t.step("the same seed gives the same bytes on any number of threads", async () => {
    const again = await train(
      `${folder}/again`,
      ...["--data", table, "--out", `${folder}/other`, "--workers", "1", ...named, ...small],
    );
    assertEquals(again.code, 0, again.stderr);
    const read = (name: string) => Deno.readFile(`${folder}/${name}/model.json`);
    assertEquals(await read("other"), await read("model"));
  });

  await t.step("a text that is there twice is told where it falls into both parts", async () => {
    const texts = madeTexts(80);
    // Every text once more: some of the copies are learned from, some tested on.
    const copies = texts.map((text) => ({ ...text, name: `${text.name} again` }));
    await Deno.writeTextFile(`${folder}/twice.csv`, stringify([...texts, ...copies], { columns }));
    const args = ["--data", `${folder}/twice.csv`, "--out", `${folder}/twice`];
    const twice = await train(folder, ...args, ...named, ...small);
    assertEquals(twice.code, 0, twice.stderr);
    const told = twice.stdout.match(
      /^(\d+) of 32 test documents have a duplicate .*: (\d+) of the same/m,
    );
    const { training } = await loadWordCnn(`${folder}/twice`);
    const { test } = training as unknown as { test: Record<string, number> };
    assert(Number(told![1]) > 16 && told![1] === told![2], twice.stdout);
    assertEquals(test.duplicates, Number(told![1]));
  });

  await t.step("few documents are passed over more often", async () => {
    const run = await train(folder, "--data", table, "--out", `${folder}/more`, ...named, ...few);
    assertEquals(run.code, 0, run.stderr);
    const { training } = await loadWordCnn(`${folder}/more`);
    assertEquals((training as unknown as TrainingRecord).hyperparameters.epochs, 100);
  });

  await t.step("a compact model has 8-bit vectors of the frequent words", async () => {
    const args = ["--data", table, "--out", `${folder}/compact`, "--compact", "40"];
    const compact = await train(folder, ...args, ...named, ...small);
    assertEquals(compact.code, 0, compact.stderr);
    assertStringIncludes(compact.stdout, "in full precision, with all words");
    const smaller = (await loadWordCnn(`${folder}/compact`)).model;
    assertEquals(smaller.vectors.type, "int8");
    assert(smaller.vocabulary.words.length < model.vocabulary.words.length);

    const packed = await train(
      folder,
      ...["--data", table, "--out", `${folder}/packed`, "--compact", "40", "--bits", "4"],
      ...[...named, ...small],
    );
    assertEquals(packed.code, 0, packed.stderr);
    const { model: smallest, training } = await loadWordCnn(`${folder}/packed`);
    assertEquals(smallest.vectors.type, "int4");
    assertEquals([...smallest.vocabulary.words], [...smaller.vocabulary.words]);
    assertEquals([training.compact, training.bits], [40, 4]);
  });
  await Deno.remove(folder, { recursive: true });
});

test("train says in one line what it cannot use", async (t) => {
  const folder = await Deno.makeTempDir();
  const write = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const fails = async (args: string[], code: number, message: string) => {
    const run = await train(folder, "--out", `${folder}/model`, ...args);
    assertEquals(run.code, code);
    assertEquals(run.stdout, "");
    assertStringIncludes(run.stderr, message);
    assertEquals(await Deno.stat(`${folder}/model`).catch(() => "none"), "none");
  };
  await t.step("one class only", async () => {
    const table = await write("one.csv", "text,label\nred tree,x\ngreen leaf,x\n");
    await fails(["--data", table], 1, 'all texts have the class "x"');
  });
  await t.step("a column that is not there", async () => {
    const table = await write("columns.csv", "body,kind\nred tree,x\n");
    await fails(["--data", table], 1, 'Unknown column "text"');
  });
  await t.step("a file that is not there", async () => {
    await fails(["--data", `${folder}/none.csv`], 1, "Cannot find the data");
  });
  await t.step("a folder without a corpus", async () => {
    await fails(["--data", `${folder}/none`], 1, "Cannot find the 20Newsgroups corpus");
  });
  await t.step("a folder that is a file", async () => {
    const table = await write("two.csv", "text,label\nred tree,x\noil road,y\n");
    const run = await train(folder, "--data", table, "--out", table);
    assertEquals([run.code, run.stderr.trim()], [
      1,
      `error: Cannot write the model to "${table}": it is a file, name a folder`,
    ]);
  });
  await t.step("a wrong option", async () => {
    await fails(["--epochs", "many"], 2, "Option --epochs takes a whole number from 1 to 10000");
  });
  await t.step("word vectors for a model that has none", async () => {
    for (const architecture of ["linear", "char-cnn"]) {
      const args = ["--architecture", architecture, "--vectors", "skipgram"];
      await fails(args, 2, "Option --vectors is for models of word vectors: a ");
    }
  });
  await t.step("bad rows, by line", async () => {
    const table = await write(
      "bad.csv",
      '\ufefftext,label\n"red\ntree",plants\nengine,\n,cars\noil oil road road,cars\nred red leaf leaf,plants\nred oil,cars\n',
    );
    const run = await train(folder, "--out", `${folder}/bad`, "--data", table, ...small);
    assertEquals(run.code, 0, run.stderr);
    assertStringIncludes(run.stderr, "left out line 4: the class is empty");
    assertStringIncludes(run.stderr, "left out line 5: the text is empty");
  });
  await Deno.remove(folder, { recursive: true });
});

test("explain finds every class that train takes", async () => {
  const folder = await Deno.makeTempDir();
  const table = `${folder}/names.csv`;
  const names = [
    "good, mostly",
    "good",
    "mostly",
    "a-vs-b",
    "predicted",
    "all",
    '"x"',
    "@all",
    "-",
  ];
  const words = ["red", "engine", "sea", "moon", "doctor", "key", "game", "ice", "song"];
  const rows = names.flatMap((label, c) =>
    Array.from({ length: 6 }, () => ({ text: `${words[c]} `.repeat(8).trim(), label }))
  );
  await Deno.writeTextFile(table, stringify(rows, { columns: ["text", "label"] }));
  const model = `${folder}/model`;
  const run = await train(folder, "--data", table, "--out", model, ...small);
  assertEquals(run.code, 0, run.stderr);
  const { code, stdout, stderr } = await runExplain([
    ...["red engine", "--model", model, "--format", "jsonl"],
    ...names.map((name) => `--target=${name}`),
    ...["--target", '"good, mostly",@@all', "--target", '"@all"-vs-"-"'],
  ]);
  assertEquals(code, 0, stderr);
  const targets = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).target);
  assertEquals(targets, [...names, "@all-vs--"]);
  await Deno.remove(folder, { recursive: true });
});

test("train tells what it leaves out of a file of word vectors, or refuses it", async (t) => {
  const folder = await Deno.makeTempDir();
  const table = `${folder}/texts.csv`;
  await Deno.writeTextFile(table, stringify(madeTexts(40), { columns }));
  const words = "red green tree engine wheel brake".split(" ");
  const rows = words.map((word, i) => `${word} ${i} ${i % 2} 1`);
  const run = async (name: string, text: string | Uint8Array) => {
    const file = `${folder}/${name}`;
    await Deno.writeFile(file, typeof text === "string" ? new TextEncoder().encode(text) : text);
    const args = ["--data", table, "--out", `${folder}/model`, "--vectors", file];
    return await train(folder, ...args, ...named, ...small);
  };
  await t.step("twice the same word", async () => {
    const { code, stderr } = await run("twice.txt", [...rows, "red 9 9 9", ""].join("\n"));
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "word vectors: 1 of its words are there more than once");
    assertStringIncludes(stderr, "the first is in line 7");
  });
  const refused: [name: string, file: string | Uint8Array, message: string][] = [
    ["torn.txt", rows.join("\n").replace("\ntree", " tree"), "line 2 has 8 fields"],
    ["lie.vec", `6 2\n${rows.join("\n")}\n`, "line 2 has 4 fields"],
    ["model.bin", new Uint8Array([0xba, 0x16, 0x4f, 0x2f]), "a model of fastText (.bin)"],
  ];
  for (const [name, file, message] of refused) {
    await t.step(name, async () => {
      const { code, stdout, stderr } = await run(name, file);
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, `Cannot read the word vectors "${folder}/${name}": `);
      assertStringIncludes(stderr, message);
    });
  }
  await Deno.remove(folder, { recursive: true });
});
