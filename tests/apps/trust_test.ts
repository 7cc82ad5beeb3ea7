import { saveLinear, trainLinear } from "@heatword/core/linear";
import { saveWordCnn } from "@heatword/core/word-cnn";
import {
  assert,
  assertEquals,
  assertLess,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { trustProgram } from "../../apps/cli/programs/trust.ts";
import { seedsBut } from "../../apps/training/seeds_but.ts";
import { toldOfPlants } from "../../apps/trust/_plants_of_models.ts";
import { countTrained } from "../../apps/trust/_training_texts.ts";
import { judge } from "../../apps/trust/_run.ts";
import { readSettings } from "../../apps/trust/_settings.ts";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";
import { knownWords, madeModel, withMadeModel } from "./_made_model.ts";
import { runProgram } from "./_run_program.ts";
import { saveTaughtModel, topicTable, topicTexts } from "./_taught_model.ts";

const test = testPermitted("read", "write", "env", "run");

/** A table of texts of two sentences each; some are too long. */
const table = "text,label\n" + Array.from({ length: 14 }, (_, i) => {
  const word = (k: number) => knownWords[(7 * i + 3 * k) % knownWords.length];
  const sentence = (k: number) => `The ${word(k)} and a ${word(k + 1)} of ${word(k + 2)}.`;
  const text = `${sentence(0)} ${sentence(4)}${i > 11 ? " the road".repeat(40) : ""}`;
  return `${text},${i % 2 ? "sci.space" : "sci.med"}\n`;
}).join("");

/** Judges with settings as on a command line; what was said is returned, too. */
async function run(...args: string[]) {
  const read = readCommandLine(trustProgram, args);
  const said: string[] = [];
  const settings = readSettings(read as Exclude<typeof read, "help">);
  const tasks = new Set<string>();
  const onProgress = ({ task }: { task: string }) => void tasks.add(task);
  const outcome = await judge(settings, onProgress, (line) => said.push(line));
  return { ...outcome, said, tasks };
}

/** A file without what depends on the clock. */
const withoutTimes = async (path: string) =>
  JSON.parse(await Deno.readTextFile(path), (key, value) => key === "milliseconds" ? 0 : value);

test("trust measures own texts; the same for any number of workers, and goes on when stopped", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/t.csv`, table);
    const out = `${folder}/new`;
    const args = [
      ...["--data", `${folder}/t.csv`, "--model", model, "--documents", "5", "--hybrids", "4"],
      ...["--sentences", "2", "--explainers", "lrp,occlusion,random"],
    ];
    const first = await run(...args, "--out", out, "--workers", "1");
    assertEquals(first.table.documents, 5);
    assertEquals(first.files, ["html", "json", "csv"].map((end) => `${out}/trust.${end}`));
    assertEquals(first.said, [
      "note: left out 2 of 14 texts: they do not have 2 to 60 words (--min-words, --max-words)",
    ]);
    const saved = await withoutTimes(`${out}/trust.json`);
    assertEquals(
      [saved.documents, saved.seeds, saved.rows[0].explainer, saved.rows[0].control],
      [5, 1, "lrp", false],
    );
    assertEquals(Object.keys(saved.rows[0].measures.shapley), [
      "value",
      "low",
      "high",
      "documents",
    ]);
    assertStringIncludes(await Deno.readTextFile(`${out}/trust.html`), "5 texts of t.csv");

    await run(...args, "--out", `${out}2`, "--workers", "2");
    assertEquals(await withoutTimes(`${out}2/trust.json`), saved);

    // Killed in the middle of a line.
    const lines = (await Deno.readTextFile(`${out}/measured.jsonl`)).split("\n");
    assertEquals(lines.length, 1 + 5 + 4 + 1);
    await Deno.writeTextFile(`${out}/measured.jsonl`, `${lines.slice(0, 4).join("\n")}\n{"task":`);
    const { said } = await run(...args, "--out", out, "--workers", "1");
    assertEquals(said[1], `note: 3 texts measured already, in ${out}/measured.jsonl`);
    assertEquals(await withoutTimes(`${out}/trust.json`), saved);

    // A model that was trained anew in the same place is another run.
    await saveWordCnn(model, madeModel(8));
    const anew = await run(...args, "--out", out, "--workers", "1");
    assert(anew.said.every((line) => !line.includes("already")));
    assertNotEquals(await withoutTimes(`${out}/trust.json`), saved);

    // A thorough run shuffles and moves more, of every text.
    const thorough = async (...more: string[]) => {
      const stability = ["--measures", "randomised,max-sensitivity", "--hybrids", "0"];
      const given = [...args, ...stability, "--out", out, "--workers", "1", "--plants", "0"];
      const { table } = await run(...given, ...more);
      const { emprt, maxSensitivity } = table.rows[0]!.measures;
      return [emprt!.value, maxSensitivity!.value] as const;
    };
    const [usual, most] = [await thorough(), await thorough("--thorough")];
    assertNotEquals(most[0], usual[0]);
    // The largest of ten changes is above that of three of them, and the column is its negative.
    assertLess(most[1], usual[1]);

    // Other settings are another run.
    const other = await run(...args, "--out", out, "--workers", "1", "--seed", "9");
    assert(other.said.every((line) => !line.includes("already")));
  }));

test("deno task trust prints a verdict a line, and what is wrong in one line", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/t.csv`, table);
    const given = ["--data", `${folder}/t.csv`, "--model", model, "--out", `${folder}/o`];
    const few = ["--documents", "3", "--hybrids", "0", "--explainers", "lrp,sa"];
    const { code, stdout, stderr } = await runProgram("trust", [...given, ...few]);
    assertEquals(code, 0, stderr);
    assertMatch(
      stdout,
      /^lrp {2}unjudged {2}no truth was measured on 30 texts or more\nsa {3}unjudged .*\n\nThe table is in \S+\/trust\.html\n$/,
    );
    const saved = JSON.parse(await Deno.readTextFile(`${folder}/o/trust.json`));
    const pointing = saved.notMeasured.find((
      { measure }: { measure: string },
    ) => measure === "pointing");
    assertEquals(pointing, { measure: "pointing", why: "--hybrids 0" });
    for (
      const [args, exit, message] of [
        [["--min-words", "9", "--max-words", "8"], 2, "--min-words is above --max-words"],
        [
          ["--min-words", "400", "--max-words", "500"],
          1,
          "None of these texts has 400 to 500 words",
        ],
        [["--measures", "aopc", "--thorough"], 2, "Option --thorough has no meaning where"],
        [["--explainers", "lrpp"], 1, 'Unknown explainer "lrpp"'],
      ] as const
    ) {
      const { code, stdout, stderr } = await runProgram("trust", [...given, ...args]);
      assertEquals([code, stdout], [exit, ""], stderr);
      assertStringIncludes(stderr, message);
    }
  }));

test("trust plants shortcuts, grades explainers by what was learned, and trains other seeds", () =>
  inFolder(async (folder) => {
    const model = `${folder}/model`;
    await saveTaughtModel(model);
    await Deno.writeTextFile(`${folder}/train.csv`, topicTable(600, 4));
    await Deno.writeTextFile(`${folder}/test.csv`, topicTable(90, 5));
    const args = [
      ...["--data", `${folder}/test.csv`, "--model", model, "--out", `${folder}/out`],
      ...["--training-data", `${folder}/train.csv`, "--cache", `${folder}/cache`],
      ...["--documents", "2", "--hybrids", "0", "--plants", "20", "--workers", "1"],
      ...["--explainers", "lrp,sa,random", "--measures", "shapley,aopc,plants"],
    ];
    const { table, tasks } = await run(...args);
    assert(tasks.has("Training the same with shortcuts"));
    const reports = Object.fromEntries(table.shortcuts.map((report) => [report.kind, report]));
    for (const kind of ["token", "orderedPair"]) {
      const { figures, graded, why, accuracy, accuracyWithout } = reports[kind]!;
      assert(figures.planted >= 0.95 && figures.deleted <= figures.clean + 0.05, kind);
      assertEquals([why, graded], [undefined, 20]);
      assert(accuracy >= accuracyWithout - 0.02);
      const measured = (row: string, name: string) =>
        table.rows.find(({ explainer }) => explainer === row)!.measures[name]!;
      assertEquals(measured("lrp", kind).documents, 20);
      assert(measured("true Shapley", kind).value > (kind === "token" ? 0.9 : 0.6), kind);
      assert(measured("lrp", kind).value > measured("random", kind).value + 0.3, kind);
      assertEquals(measured("inverted", kind).value, 0);
      // Chance: as many words as the truth has, of some twelve.
      assert(measured("random order", kind).value < 0.4, kind);
      const words = kind === "token" ? 1 : 2;
      assert(measured("true Shapley", `${kind}CoverRank`).value < words + 1, kind);
      assert(measured("inverted", `${kind}MeanRank`).value > 8, kind);
      assert(table.predictors.some(({ truth, measure }) => truth === kind && measure === "comp"));
    }
    // What no filter can see is not learned, and nobody is graded by it.
    assertEquals([reports.distantPair!.isControl, reports.distantPair!.graded], [true, 0]);
    assertMatch(reports.distantPair!.why!, /^only .* % of texts with it are given its class$/);
    const context = table.notMeasured.find(({ measure }) => measure === "tokenInContext")!;
    assertEquals(context.why, `not learned: ${reports.tokenInContext!.why}`);
    assertStringIncludes(await Deno.readTextFile(`${folder}/out/trust.html`), context.why);

    // Kept in the cache; a further model has texts of its own for the same shortcuts.
    const { table: two, tasks: further } = await run(...args, "--seeds", "2");
    assert(further.has("Training a model with seed 1"));
    assert(!further.has("Training a model without shortcuts"));
    assertEquals([two.models, two.seeds, two.shortcuts.length], [2, 2, 8]);
    const lines = await Deno.readTextFile(`${folder}/out/measured-2.jsonl`);
    assertEquals(
      lines.trimEnd().split("\n").length - 1 - 2,
      two.shortcuts.slice(4)
        .reduce((sum, { graded }) => sum + graded, 0),
    );
    const words = (model: number) =>
      two.shortcuts.slice(4 * model, 4 * model + 4)
        .flatMap(({ words }) => words);
    assertEquals(words(0), words(1));
    const again = await run(...args, "--seeds", "2");
    assertEquals([...again.tasks].filter((task) => task.startsWith("Training")), []);
    assertEquals(again.table, two);
  }));

Deno.test("of shortcuts it is told which no model, and which not all, have learned", () => {
  const plants = (...failed: string[]) => {
    const missing = failed.map((measure) => ({ measure, why: "not learned: too hard" }));
    return { reports: [], missing };
  };
  const none = { measure: "token", why: "not learned: too hard" };
  assertEquals(toldOfPlants([plants("token")]), { missing: [none], notes: [] });
  const told = toldOfPlants([plants("token"), plants("token", "orderedPair")]);
  assertEquals(told.missing.map(({ why }) => why), [
    "model 1: not learned: too hard",
    "model 2: not learned: too hard",
  ]);
  assertEquals(told.notes, [
    "The columns of orderedPair are means over 1 of 2 models: model 2: not learned: too hard.",
  ]);
  assertEquals(
    toldOfPlants([plants(), plants(), plants(), plants(), plants("token")]).notes,
    [
      "The columns of token are means over 4 of 5 models, intervals over texts: model 5: not " +
      "learned: too hard.",
    ],
  );
});

Deno.test("texts are counted that are among those to train on, however their words are spaced", () => {
  const training = ["The red sky\n", "A blue sea"].map((text) => ({ id: "", text, label: "a" }));
  const texts = ["the red sky", " The  red\tsky", "A blue sea", "A blue"].map((text) => ({ text }));
  assertEquals(countTrained(texts, training), 2);
});

Deno.test("no further model is trained with the seed of the first", () => {
  assertEquals(seedsBut(undefined, 1, 4), [1, 2, 3, 4]);
  assertEquals(seedsBut(0, 1, 4), [1, 2, 3, 4]);
  assertEquals(seedsBut(3, 1, 4), [1, 2, 4, 5]);
  assertEquals(seedsBut(1, 1, 1), [2]);
  assertEquals(seedsBut(1, 1, 0), []);
});

test("F-Fidelity asks a copy that is trained on with words missing, or tells why not", () =>
  inFolder(async (folder) => {
    const model = `${folder}/model`;
    await saveTaughtModel(model);
    await Deno.writeTextFile(`${folder}/train.csv`, topicTable(600, 4));
    await Deno.writeTextFile(`${folder}/test.csv`, topicTable(60, 5));
    const args = [
      ...["--data", `${folder}/test.csv`, "--model", model, "--out", `${folder}/out`],
      ...["--cache", `${folder}/cache`, "--documents", "4", "--hybrids", "0", "--plants", "0"],
      ...["--explainers", "lrp,random", "--measures", "f-fidelity", "--workers", "1"],
    ];
    const trained = ["--training-data", `${folder}/train.csv`];
    const { table, tasks } = await run(...args, ...trained);
    assert(tasks.has("Training a copy with words missing"));
    assertMatch(table.notes[0]!, /^F-Fidelity: the copy .* agrees with it on (9[5-9]|100)\.\d %/);
    const valueOf = (row: string, of = table) =>
      of.rows.find(({ explainer }) => explainer === row)!.measures.fFidelity!;
    assertEquals(valueOf("lrp").documents, 4);
    assert(valueOf("lrp").value > valueOf("random").value);
    assertStringIncludes(await Deno.readTextFile(`${folder}/out/trust.csv`), ",fFidelity,");
    // The copy is kept; workers share it.
    const again = await run(...args.slice(0, -1), "2", ...trained, "--out", `${folder}/other`);
    assertEquals([...again.tasks].filter((task) => task.startsWith("Training")), []);
    assertEquals(valueOf("lrp", again.table), valueOf("lrp"));

    // A copy that was trained on other texts is another one: nothing that was measured is kept.
    await Deno.writeTextFile(`${folder}/others.csv`, topicTable(600, 6));
    const others = await run(...args, "--training-data", `${folder}/others.csv`);
    assertEquals(others.said.filter((line) => line.includes("measured already")), []);
    assertNotEquals(valueOf("lrp", others.table).value, valueOf("lrp").value);

    const { table: without } = await run(...args);
    assertEquals(without.rows, []);
    const { why } = without.notMeasured.find(({ measure }) => measure === "f-fidelity")!;
    assertMatch(why, /^not checked: none of the texts is known to be one to train on/);
  }));

test("trust plants shortcuts for a linear model, too", () =>
  inFolder(async (folder) => {
    const texts = topicTexts(1200, 4, 1).map(({ text, label }) => ({
      words: text.split(" "),
      label,
    }));
    const classes = [...new Set(texts.map(({ label }) => label))].sort();
    const choice = { features: ["words", "pairs"] as const, cost: 30 };
    const documents = texts.map(({ words, label }) => ({ words, label: classes.indexOf(label) }));
    await saveLinear(`${folder}/model`, trainLinear({ ...choice, classes, documents }), {
      training: { crossValidation: [{ ...choice, accuracy: 1 }] },
    });
    await Deno.writeTextFile(`${folder}/train.csv`, topicTable(1200, 4, 1));
    await Deno.writeTextFile(`${folder}/test.csv`, topicTable(90, 5, 1));
    const args = [
      ...["--data", `${folder}/test.csv`, "--model", `${folder}/model`, "--out", `${folder}/out`],
      ...["--training-data", `${folder}/train.csv`, "--cache", `${folder}/cache`],
      ...["--documents", "2", "--hybrids", "0", "--plants", "20", "--workers", "1"],
      ...["--explainers", "occlusion,random", "--measures", "plants", "--seeds", "2"],
    ];
    const { table, said } = await run(...args);
    assertStringIncludes(said.join(), "a linear model is the same with any seed");
    const [token, , pair, distant] = table.shortcuts;
    assertEquals([token!.why, pair!.why, token!.graded, pair!.graded], [
      undefined,
      undefined,
      20,
      20,
    ]);
    assert(distant!.why !== undefined);
    // What is linear, occlusion explains as it is.
    const [occlusion] = table.rows;
    assert(occlusion!.measures.token!.value > 0.9 && occlusion!.measures.orderedPair!.value > 0.7);
    assertEquals((await run(...args)).table.rows, table.rows);
  }));

test("trust says why shortcuts were not checked, and what seeds are then", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/t.csv`, table);
    const given = ["--data", `${folder}/t.csv`, "--documents", "2", "--hybrids", "0"];
    const few = [...given, "--explainers", "random", "--measures", "plants,aopc"];
    const whyOf = async (...args: string[]) => {
      const { table, said } = await run(...few, "--out", `${folder}/o`, ...args);
      return [table.notMeasured.find(({ measure }) => measure === "plants")?.why, said] as const;
    };
    const unknown = "none of the texts is known to be one to train on (name a file of such texts " +
      "with --training-data)";
    const [why, said] = await whyOf("--model", model, "--seeds", "3");
    assertEquals(why, `not checked: ${unknown}`);
    assert(said.includes(
      `note: --seeds 3 are seeds of explainers that sample, not of models: ${unknown}`,
    ));
    assertEquals((await whyOf("--model", model, "--plants", "0"))[0], "--plants 0");
    const mended = `${folder}/mended`;
    await saveWordCnn(mended, madeModel(), { training: { repaired: { by: "penalty" } } });
    assertStringIncludes(
      (await whyOf("--model", mended, "--seeds", "3"))[1].join(),
      `not of models: "${mended}" was repaired, and models trained like it would not be`,
    );
    // Texts to train on are compared with those explained, whether anything is trained or not.
    const both = ["--plants", "0", "--training-data", `${folder}/t.csv`];
    const { table: trained, said: noted } = await run(
      ...[...few, "--out", `${folder}/o`, "--model", model, ...both],
    );
    assertEquals(trained.counts["texts that are among those to train on, too"], 2);
    assert(noted.includes("note: 2 of 2 texts are among those to train on, too"), noted.join());
    // What cannot be read is told before hours are spent, not after.
    const late = [...few, "--out", `${folder}/late`, "--model", model, "--plants", "0"];
    await assertRejects(
      () => run(...late, "--training-data", `${folder}/none.csv`),
      Error,
      "none.csv",
    );
    await assertRejects(() => Deno.stat(`${folder}/late`), Deno.errors.NotFound);
    await Deno.writeTextFile(
      `${folder}/m.ts`,
      `
      export default {
        classes: ["sci.med", "sci.space"],
        predict: (texts: string[]) => texts.map(() => [0, 1]),
      };
    `,
    );
    assertStringIncludes(
      (await whyOf("--model", `${folder}/m.ts`))[0]!,
      "or a linear model of this",
    );
    await assertRejects(
      () => whyOf("--model", model, "--word-dropout", "0"),
      RangeError,
      "Cannot train a model with --word-dropout 0: none of the texts",
    );
    await assertRejects(
      () => whyOf("--model", model, "--model", `${folder}/m.ts`),
      RangeError,
      "they have other classes",
    );
    await assertRejects(
      () => whyOf("--model", model, "--model", model),
      RangeError,
      `Cannot measure "${model}" as two models`,
    );
  }));
