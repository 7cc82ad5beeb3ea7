import type { TrainingRecord } from "../../apps/training/model.ts";
import { Random } from "@heatword/core";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { stringify } from "@std/csv";
import { testWith } from "../_permitted.ts";

const test = testWith("read", "write", "env", "run");

const program = new URL("../../apps/train.ts", import.meta.url).pathname;

async function train(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", program, "--cache", `${folder}/cache`, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

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
const few = ["--filters", "16"];
const small = ["--epochs", "3", ...few];
const named = ["--text", "body", "--label", "kind", "--id", "name"];

test("train learns a table of labelled texts", async (t) => {
  const folder = await Deno.makeTempDir();
  const table = `${folder}/texts.csv`;
  await Deno.writeTextFile(table, stringify(madeTexts(80), { columns }));
  const run = await train(folder, "--data", table, "--out", `${folder}/model`, ...named, ...small);
  assertEquals(run.code, 0, run.err);
  assertStringIncludes(run.err, "64 documents to train on, 16 to test on, 2 classes");
  const { model } = await loadWordCnn(`${folder}/model`);

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
    assertEquals(again.code, 0, again.err);
    const read = (name: string) => Deno.readFile(`${folder}/${name}/model.json`);
    assertEquals(await read("other"), await read("model"));
  });

  await t.step("few documents are passed over more often", async () => {
    const run = await train(folder, "--data", table, "--out", `${folder}/more`, ...named, ...few);
    assertEquals(run.code, 0, run.err);
    const { training } = await loadWordCnn(`${folder}/more`);
    assertEquals((training as unknown as TrainingRecord).hyperparameters.epochs, 100);
  });

  await t.step("a compact model has 8-bit vectors of the frequent words", async () => {
    const args = ["--data", table, "--out", `${folder}/compact`, "--compact", "40"];
    const compact = await train(folder, ...args, ...named, ...small);
    assertEquals(compact.code, 0, compact.err);
    assertStringIncludes(compact.out, "in full precision, with all words");
    const smaller = (await loadWordCnn(`${folder}/compact`)).model;
    assertEquals(smaller.vectors.type, "int8");
    assert(smaller.vocabulary.words.length < model.vocabulary.words.length);
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
    assertEquals(run.out, "");
    assertStringIncludes(run.err, message);
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
    assertEquals([run.code, run.err.trim()], [
      1,
      `error: Cannot write the model to "${table}": it is a file, name a folder`,
    ]);
  });
  await t.step("a wrong option", async () => {
    await fails(["--epochs", "many"], 2, "Option --epochs takes a whole number from 1 to 10000");
  });
  await t.step("bad rows, by line", async () => {
    const table = await write(
      "bad.csv",
      '\ufefftext,label\n"red\ntree",plants\nengine,\n,cars\noil oil road road,cars\nred red leaf leaf,plants\nred oil,cars\n',
    );
    const run = await train(folder, "--out", `${folder}/bad`, "--data", table, ...small);
    assertEquals(run.code, 0, run.err);
    assertStringIncludes(run.err, "left out line 4: the class is empty");
    assertStringIncludes(run.err, "left out line 5: the text is empty");
  });
  await Deno.remove(folder, { recursive: true });
});
