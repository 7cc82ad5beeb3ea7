import { openReader } from "@heatword/core";
import { saveLinear, trainLinear } from "@heatword/core/linear";
import { openModel } from "@heatword/core/models";
import {
  compactStorage,
  compactWordCnn,
  loadWordCnn,
  plainVectors,
  saveWordCnn,
  trainWordCnn,
  vectorsToArray,
  Vocabulary,
  withFiltersOff,
} from "@heatword/core/word-cnn";
import { TrainingRows } from "@heatword/datasets/corpus";
import "@heatword/datasets/tokenizers";
import { tokenGroups } from "@heatword/eval/audit";
import type { RepairReport } from "@heatword/eval/repair";
import { stringify } from "@std/csv";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { helpOf } from "../../apps/cli/help.ts";
import { repairProgram } from "../../apps/cli/programs/repair.ts";
import { readAgainst } from "../../apps/repair/_against.ts";
import { learnerOf } from "../../apps/repair/learner.ts";
import { repairModel } from "../../apps/repair/_run.ts";
import { readRepairSettings } from "../../apps/repair/_settings.ts";
import { leakyTickets } from "../docs/_tickets.ts";
import { contentsBelow, inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env");

const classes = ["billing", "delivery", "login"];
/** Nine tenths of the tickets of one class have the word. */
const rows = leakyTickets("zendesk7", "billing", 0.9);
const learned = rows.filter((_, i) => i % 4 !== 0);
const columns = ["text", "label"];

async function saveModel(folder: string, kind: "linear" | "word-cnn"): Promise<void> {
  const reader = await openReader({ tokenizer: "unicode", options: {} });
  const documents = learned.map(({ text, label }) => ({
    label: classes.indexOf(label),
    words: reader.read(text).tokens.map(({ text }) => text),
  }));
  if (kind === "linear") {
    const choice = { features: ["words"] as const, cost: 30 };
    await saveLinear(folder, trainLinear({ documents, classes, ...choice, reader }), {
      training: { crossValidation: [choice], test: { accuracy: 1 } },
    });
  } else {
    const vocabulary = new Vocabulary([...new Set(documents.flatMap(({ words }) => words))]);
    const size = vocabulary.words.length;
    // One number a word, here and there, as vectors that stay.
    const vectors = new Float32Array(size * size);
    for (let i = 0; i < size; i++) vectors[i * size + i] = 2;
    const hyperparameters = { filters: 16, widths: [1], epochs: 12, rate: 0.1 };
    const { model } = await trainWordCnn({
      classes,
      vocabulary,
      vectors: plainVectors(vectors, size),
      documents: documents.map(({ label, words }) => {
        return { label, rows: words.map((word) => vocabulary.row(word)) };
      }),
      hyperparameters,
      seed: 3,
      threads: 1,
      reader,
    });
    await saveWordCnn(folder, model, { training: { hyperparameters, seed: 3, bestEpoch: 12 } });
  }
  await TrainingRows.of(learned).save(folder);
}

function withModel(
  kind: "linear" | "word-cnn",
  act: (folder: string) => Promise<void>,
): Promise<void> {
  return inFolder(async (folder) => {
    await saveModel(`${folder}/model`, kind);
    await Deno.writeTextFile(`${folder}/rows.csv`, stringify(rows, { columns }));
    await act(folder);
  });
}

function settingsOf(folder: string, args: readonly string[]) {
  const given = readCommandLine(repairProgram, [
    ...["--model", `${folder}/model`, "--data", `${folder}/rows.csv`],
    ...["--against", "zendesk7", "--cache", `${folder}/cache`, ...args],
  ]);
  return readRepairSettings(given as Exclude<typeof given, "help">);
}

async function repaired(folder: string, ...args: string[]) {
  const said: string[] = [];
  const outcome = await repairModel(
    settingsOf(folder, args),
    () => {},
    (line) => said.push(line),
  );
  return { ...outcome, said };
}

/** The way that the rule in the documentation gives, of all that were taken. */
function advisedBy({ ways }: RepairReport): string {
  const figures = ways.map(({ way, figures: { withoutLeak, mass } }) => {
    const { after: { estimate }, texts } = withoutLeak!;
    return { way, right: estimate, texts, mass: mass!.after.estimate };
  });
  const [most] = figures.toSorted((a, b) => b.right - a.right);
  const error = Math.sqrt(most!.right * (1 - most!.right) / most!.texts);
  const good = figures.filter(({ right }) => most!.right - right <= Math.max(error, 0.01));
  const [least] = good.toSorted((a, b) => a.mass - b.mass);
  return good.filter(({ mass }) => mass - least!.mass <= 0.01)[0]!.way;
}

test("a word-CNN is repaired in four ways, each a model that no longer looks at the leak", () =>
  withModel("word-cnn", async (folder) => {
    const model = await contentsBelow(`${folder}/model`);
    const out = ["--out", `${folder}/out`];
    const { report, files, said } = await repaired(folder, ...out, "--workers", "1");
    assertEquals(files, ["html", "json", "csv"].map((end) => `${folder}/out/repair.${end}`));
    assertEquals(said, [
      `note: the word vectors of "${folder}/model" are kept, as it does not tell how to make them ` +
      "anew: if they were made of texts with the leak, they know of it",
    ]);
    assertEquals(report.against, { kind: "token", what: "zendesk7" });
    assertEquals([report.texts.learned, report.texts.measured], [225, 75]);
    const counts = [learned, rows.filter((_, i) => i % 4 === 0)]
      .map((some) => some.filter(({ text }) => text.includes("zendesk7")).length);
    assertEquals([report.texts.learnedWithLeak, report.texts.measuredWithLeak], counts);
    const names = ["deletion", "counter-examples", "penalty", "filters"];
    assertEquals(report.ways.map(({ way }) => way), names);
    assertEquals(report.advised, advisedBy(report));
    assertEquals(
      JSON.parse(await Deno.readTextFile(files[1]!)),
      JSON.parse(JSON.stringify(report)),
    );
    for (const { way, folder, figures } of report.ways) {
      const { mass, withoutLeak } = figures;
      assert(mass!.before.estimate > 0.6, way);
      assert(mass!.after.estimate < mass!.before.estimate / 2, `${way} ${mass!.after.estimate}`);
      assert(mass!.change.high < 0, way);
      assert(withoutLeak!.after.estimate >= withoutLeak!.before.estimate, way);
      // The folder holds the model that the figures are of, and what it learned from.
      const opened = await openModel(folder);
      const test = rows.filter((_, i) => i % 4 === 0);
      const right = await Promise.all(test.map(async ({ text, label }) => {
        const scores = [...await opened.scores(opened.encode(opened.read(text)))];
        return Number(opened.classes[scores.indexOf(Math.max(...scores))] === label);
      }));
      const accuracy = right.reduce((sum, one) => sum + one, 0) / test.length;
      assertEquals(accuracy, figures.accuracy!.after.estimate, way);
      assertEquals((await TrainingRows.load(folder))!.divide(rows).others.length, 75);
      const { training } = await loadWordCnn(folder);
      assertEquals(training.repaired, {
        by: way,
        against: report.against,
        of: report.model,
        ...(way === "penalty" && { lambda: 0.3 }),
      });
    }
    assertEquals(await contentsBelow(`${folder}/model`), model);

    // The same bytes where a model is in the cache, and another is not any more.
    const first = await contentsBelow(`${folder}/out`);
    const kept = `${folder}/cache/repair/models`;
    const [one] = [...Deno.readDirSync(kept)].map(({ name }) => name).sort();
    await Deno.remove(`${kept}/${one}`, { recursive: true });
    await repaired(folder, ...out, "--workers", "1");
    assertEquals(await contentsBelow(`${folder}/out`), first);
  }));

test("a linear model is repaired by deletion and counter-examples; it is the same with any seed", () =>
  withModel("linear", async (folder) => {
    const { report, said } = await repaired(folder, "--out", `${folder}/out`, "--seeds", "2");
    assertEquals(said.map((line) => line.split(":")[1]), [
      " not repaired by penalty",
      " not repaired by filters",
      " --seeds 2 is taken as 1",
    ]);
    assertEquals(report.seeds, [0]);
    assertEquals(report.writtenFrom, "learned");
    for (const { before } of Object.values(report.ways[0]!.figures)) {
      assert(before.low < before.high);
    }
    assertEquals(report.ways.map(({ way }) => way), ["deletion", "counter-examples"]);
    assertEquals(report.advised, advisedBy(report));
    for (const { figures } of report.ways) {
      assert(figures.mass!.after.estimate < figures.mass!.before.estimate / 2);
      assert(figures.withoutLeak!.after.estimate > figures.withoutLeak!.before.estimate);
    }
    const header = JSON.parse(await Deno.readTextFile(`${folder}/out/counter-examples/model.json`));
    // What the old model came to is not what this one does.
    assertEquals(Object.keys(header.training), ["crossValidation", "repaired", "documents"]);
    await assertRejects(
      () => repaired(folder, "--out", `${folder}/out2`, "--by", "penalty"),
      TypeError,
      "by penalty: a linear model has no filters and no gradients in training: --by deletion or counter-examples",
    );

    // What is measured on although it is learned from is counted.
    const table = `${folder}/rows.csv`;
    await Deno.writeTextFile(table, stringify([...rows, learned[0]!, learned[5]!], { columns }));
    const { said: ofMore } = await repaired(folder, "--out", `${folder}/out6`);
    assertStringIncludes(
      ofMore.join("\n"),
      "note: measured on, too: 2 texts with the text and class of one that is learned from",
    );
    await Deno.writeTextFile(table, stringify(rows, { columns }));

    // A model that tells nothing of its rows is measured by others that learn from a part.
    await Deno.remove(`${folder}/model/training-rows.bin`);
    const other = await repaired(folder, "--out", `${folder}/out3`);
    assertMatch(
      other.said.join("\n"),
      /does not tell which of these texts it learned from: .* 240 .* 60$/m,
    );
    for (const way of ["deletion", "counter-examples"]) {
      assertEquals((await TrainingRows.load(`${folder}/out3/${way}`))!.size, 300);
    }
    assertEquals(other.report.writtenFrom, "all");

    // What is repaired once more says that it does not keep the first repair.
    const model = `${folder}/out/counter-examples`;
    const twice = await repaired(folder, "--out", `${folder}/out4`, "--model", model);
    assertStringIncludes(twice.said[0]!, `note: "${model}" was repaired before`);

    // Of a split each part counts as what it is.
    const parts = rows.map((row, i) => ({
      ...row,
      part: ["test", "train", "validation", "train"][i % 4],
    }));
    await Deno.writeTextFile(
      `${folder}/rows.csv`,
      stringify(parts, { columns: [...columns, "part"] }),
    );
    const split = ["--out", `${folder}/out5`, "--split-column", "part"];
    const { report: ofSplit, said: ofParts } = await repaired(folder, ...split);
    assertEquals([ofSplit.texts.learned, ofSplit.texts.measured], [150, 75]);
    assertStringIncludes(ofParts.join(), "left out 75 texts that are neither");
    await Deno.writeTextFile(
      `${folder}/rows.csv`,
      stringify(parts.filter(({ part }) => part !== "test"), { columns: [...columns, "part"] }),
    );
    await assertRejects(() => repaired(folder, ...split), RangeError, "no row to test on");
  }));

test("a repaired model keeps its word vectors in as many bits as they had", () =>
  withModel("word-cnn", async (folder) => {
    const full = (await loadWordCnn(`${folder}/model`)).model;
    const sizes = [
      { bits: 8, type: "int8" },
      { bits: 4, type: "int4" },
    ] as const;
    for (const { bits, type } of sizes) {
      const small = compactWordCnn(full, () => true, { bits });
      await saveWordCnn(`${folder}/small`, small, compactStorage(bits));
      const context = { files: [], cache: `${folder}/cache`, workers: 1, onProgress: () => {} };
      const learner = await learnerOf(`${folder}/small`, small, context);
      const off = withFiltersOff(small, [0, 3]);
      await learner.save(`${folder}/mended`, off, {});
      const { model } = await loadWordCnn(`${folder}/mended`);
      assertEquals(model.vectors.type, type);
      assertEquals(vectorsToArray(model.vectors), vectorsToArray(small.vectors));
      assertEquals(model.weights, off.weights);
    }
  }));

test("a line tells whenever word vectors are kept, and why", () =>
  withModel("word-cnn", async (folder) => {
    const path = `${folder}/told`;
    const { model } = await loadWordCnn(`${folder}/model`);
    const context = { files: [], cache: `${folder}/cache`, workers: 1, onProgress: () => {} };
    const notesOf = async (training: Record<string, unknown>) => {
      await saveWordCnn(path, model, { training });
      const { notes } = await learnerOf(path, model, context);
      return notes.map((note) => note.replaceAll(`"${path}"`, "M"));
    };
    const untold = [
      "the word vectors of M are kept, as it does not tell how to make them anew: if " +
      "they were made of texts with the leak, they know of it",
    ];
    const [fixed, trained] = [{ vectorRate: 0 }, { vectorRate: 0.02 }];
    // As the model that comes with the project.
    assertEquals(await notesOf({ vectors: "skipgram+ppmi", hyperparameters: {} }), untold);
    assertEquals(await notesOf({ start: "skipgram", hyperparameters: fixed }), untold);
    assertEquals(await notesOf({ start: "file", hyperparameters: fixed }), [
      "the word vectors of M are kept: they are those of a file",
    ]);
    assertEquals(await notesOf({ start: "file", hyperparameters: trained }), [
      "what M learned of its word vectors is kept: they began with those of a file",
    ]);
    assertEquals(await notesOf({ hyperparameters: trained }), []);
    assertEquals(await notesOf({ start: "skipgram", norm: 2, hyperparameters: fixed }), []);
  }));

test("where classes are too small to hold out a text, the epoch is that of the model", () =>
  withModel("word-cnn", async (folder) => {
    const { model, training } = await loadWordCnn(`${folder}/model`);
    const path = `${folder}/chosen`;
    await saveWordCnn(path, model, { training: { ...training, bestEpoch: 2, heldOut: 3 } });
    const context = { files: [], cache: `${folder}/cache`, workers: 1, onProgress: () => {} };
    const learner = await learnerOf(path, model, context);
    const texts = learned.slice(0, 12);
    const lesson = { texts, seed: 3, task: "Learning" };
    const plain = await learner.learn(lesson);
    const { model: none, chosen } = await learner.learn({
      ...lesson,
      choice: { texts, heldOut: [] },
    });
    assertEquals(chosen, undefined);
    assertEquals((none as typeof model).weights, (plain.model as typeof model).weights);
    const some = await learner.learn({ ...lesson, choice: { texts, heldOut: texts.slice(0, 3) } });
    assertEquals(some.chosen!.heldOut, 3);
  }));

test("a repair that cannot be is refused before anything is written", () =>
  withModel("linear", async (folder) => {
    await Deno.mkdir(`${folder}/counter-examples`);
    await Deno.writeTextFile(`${folder}/counter-examples/model.json`, '{"my": "own"}');
    const before = await contentsBelow(folder);
    const out = ["--out", `${folder}/out`];
    const cases: [args: string[], message: string][] = [
      [
        ["--against", "quillon", ...out],
        'None of the 225 texts to learn from has the token "quillon"',
      ],
      [["--against", ",", ...out], "there is no word in it"],
      [["--against", `${folder}/none.json#2`, ...out], `Cannot find "${folder}/none.json"`],
      [["--against", `${folder}/model/model.json`, ...out], "it is no audit.json"],
      [["--out", `${folder}/model/..`], "Cannot write"],
      [["--explainer", "lrpp", ...out], 'did you mean "lrp"'],
    ];
    for (const [args, message] of cases) {
      await assertRejects(() => repaired(folder, ...args), Error, message);
    }
    assertEquals(await contentsBelow(folder), before);
    assertThrows(
      () => settingsOf(folder, ["--lambda", "0"]),
      Error,
      "--lambda takes a number above 0",
    );
    assertThrows(
      () => settingsOf(folder, ["--by", "magic"]),
      Error,
      "--by takes one of all, deletion",
    );
  }));

Deno.test("the help of repair names every group of tokens", () => {
  const help = helpOf(repairProgram).replaceAll(/\s+/g, " ");
  assertStringIncludes(help, `(${tokenGroups.map(({ name }) => name).join(", ")})`);
});

test("--against takes groups, words, files of words and findings", () =>
  inFolder(async (folder) => {
    const audit = `${folder}/audit.json`;
    const findings = [
      { rank: 1, kind: "pair", what: "a b" },
      { rank: 2, kind: "group", what: "host" },
    ] as const;
    await Deno.writeTextFile(audit, JSON.stringify({ findings }));
    await Deno.writeTextFile(`${folder}/words.txt`, "zorbex\r\nbest regards, me\n\n");
    assertEquals(await readAgainst("host"), { feature: { kind: "group", what: "host" } });
    assertEquals(await readAgainst("a, b,a"), { words: ["a", "b"] });
    assertEquals(await readAgainst(`${folder}/words.txt`), {
      words: ["zorbex", "best regards", "me"],
    });
    assertEquals(await readAgainst(audit), { feature: findings[0]! });
    assertEquals(await readAgainst(`${audit}#2`), { feature: findings[1]! });
    await assertRejects(
      () => readAgainst(`${audit}#3`),
      RangeError,
      `There is no finding 3 in "${audit}": it has 2, the first of which is ${audit}#1`,
    );
    await Deno.writeTextFile(audit, JSON.stringify({ findings: [] }));
    await assertRejects(() => readAgainst(audit), RangeError, "it has none; give words");
    await Deno.writeFile(`${folder}/words.txt`, new Uint8Array([0x50, 0x4b, 3, 4]));
    await assertRejects(() => readAgainst(`${folder}/words.txt`), SyntaxError, "is a zip archive");
  }));
