// What `deno task train` makes besides word-CNNs, and that the other programs take it.
import { Random } from "@heatword/core";
import { loadLinear } from "@heatword/core/linear";
import { kindOfModel } from "@heatword/core/models";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { stringify } from "@std/csv";
import { TrainingRows } from "@heatword/datasets/corpus";
import { readLabelled } from "@heatword/datasets/tables";
import { train } from "../../apps/train/_run.ts";
import { writeAtlas } from "../../apps/_atlas.ts";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { pageModel } from "../../apps/serve/_model_files.ts";
import { readOwnModel } from "../../apps/serve/page/read_own_model.ts";
import { Session } from "../../apps/serve/page/session.ts";
import { testPermitted } from "../_skip.ts";
import { trainSettings } from "./_train_settings.ts";
import { saidBy } from "../_said.ts";

const test = testPermitted("read", "write", "env", "run");

const kinds = {
  Größe: "Größe Baum £10 groß 🚀 Wald".split(" "),
  cars: "engine wheel brake clutch gear oil".split(" "),
};

/** Texts of two classes, whose words a tokenizer for English alone would leave out. */
function table(count: number): string {
  const random = new Random(7);
  const rows = Array.from({ length: count }, (_, i) => {
    const label = i % 3 === 0 ? "Größe" : "cars";
    const choice = [...kinds[label], "the", "a", "of"];
    const text = Array.from({ length: 8 }, () => choice[random.below(choice.length)]).join(" ");
    return { text, label };
  });
  return stringify(rows, { columns: ["text", "label"] });
}

async function madeFolder() {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/texts.csv`, table(60));
  return { folder, settings: trainSettings(folder, "linear") };
}

/** What a folder keeps of the training. */
interface Recorded {
  readonly documents: number;
  readonly crossValidation: readonly unknown[];
  readonly test: {
    readonly accuracy: number;
    readonly macroF1: number;
    readonly confusion: readonly (readonly number[])[];
  };
}

const none = () => {};

test("a linear model is trained by any number of workers, and all programs take it", async (t) => {
  const { folder, settings: given } = await madeFolder();
  const settings = { ...given, testShare: 0.2 };
  const trained = await train(settings, none, none);
  assertEquals((await kindOfModel(`${folder}/model`))?.name, "linear");

  await t.step("the same bytes come out", async () => {
    await train({ ...settings, out: `${folder}/again`, workers: 1 }, none, none);
    const header = (name: string) => Deno.readTextFile(`${folder}/${name}/model.json`);
    assertEquals(await header("again"), await header("model"));
  });

  await t.step("the folder tells what was tried and reached", async () => {
    const { model, training } = await loadLinear(`${folder}/model`);
    assertEquals(model.classes, ["Größe", "cars"]);
    assertEquals(model.reader.reading, { tokenizer: "unicode", options: {} });
    const { test, crossValidation, documents } = training as unknown as Recorded;
    const { accuracy, confusion, macroF1 } = test;
    assertEquals([accuracy, confusion], [trained.test.accuracy, trained.test.confusion]);
    assert(macroF1 > 0.8);
    assertEquals([crossValidation.length, documents], [6, 48]);
  });

  await t.step("evaluate measures what train measured", async () => {
    const result = `${folder}/out`;
    await evaluate(
      {
        model: `${folder}/model`,
        data: settings.data!,
        columns: {},
        testPart: true,
        out: result,
        plugins: [],
        deletion: { minLength: 3, deletions: 2, runs: 2 },
        trustDocuments: 0,
        seed: 0,
        workers: 1,
      },
      none,
      none,
    );
    const metrics = JSON.parse(await Deno.readTextFile(`${result}/metrics.json`));
    assertEquals(
      [metrics.documents, metrics.accuracy],
      [trained.test.documents, trained.test.accuracy],
    );
    assertEquals(typeof metrics.macroF1, "number");
    const report = await Deno.readTextFile(`${result}/report.html`);
    assertStringIncludes(report, "logistic regression");
    // Its words have one number each, which no plane can be made of.
    assertEquals(metrics.panels, []);
    assert(!report.includes("Texts as vectors"));
  });

  await t.step("the page gets its files and explains by it", async () => {
    const { path, format, files } = await pageModel(`${folder}/model`);
    assertEquals(format, "heatword-linear");
    const content = new Map<string, Uint8Array>();
    for (const { name } of files) content.set(name, await Deno.readFile(`${path}/${name}`));
    const session = await Session.open(readOwnModel, content, null);
    assertEquals(session.info.classes, ["Größe", "cars"]);
  });

  await t.step("an atlas is made of its words", async () => {
    const files = await writeAtlas({
      out: `${folder}/atlas`,
      corpus: "miniature",
      columns: {},
      words: 5,
      minDocuments: 1,
      examples: 1,
      ngrams: 1,
      plugins: [],
      model: `${folder}/model`,
    });
    assert(files.some((name) => name.endsWith("index.html")));
  });
  await Deno.remove(folder, { recursive: true });
});

test("train learns from all texts where none are kept for the measure", async () => {
  const { folder, settings } = await madeFolder();
  const said: string[] = [];
  await train({ ...settings, testShare: 0 }, none, (line) => said.push(line));
  assertEquals(said[0], "60 documents to train on, 0 to test on, 2 classes");
  const { training } = await loadLinear(`${folder}/model`);
  assertEquals((training as unknown as Recorded).documents, 60);
  await Deno.remove(folder, { recursive: true });
});

test("a linear model learns from all texts once it is measured, and evaluate knows them", async () => {
  const { folder, settings } = await madeFolder();
  const said: string[] = [];
  const measured = await train(
    { ...settings, out: `${folder}/measured`, testShare: 0.2 },
    none,
    none,
  );
  const trained = await train(settings, none, (line) => said.push(line));
  assertEquals(trained.test, measured.test);
  assertStringIncludes(said.at(-1)!, "learns once more, from all 60 documents");
  const { model, training } = await loadLinear(`${folder}/model`);
  assertEquals((training as unknown as Recorded).documents, 60);
  await train({ ...settings, out: `${folder}/all`, testShare: 0 }, none, none);
  const all = await loadLinear(`${folder}/all`);
  // In another order of the documents, so not to the last bit.
  const text = "ein Baum of the engine";
  const scores = ({ model }: typeof all) => [...model.scores(model.encode(model.read(text)))];
  for (const [i, score] of scores({ model, training }).entries()) {
    assertAlmostEquals(score, scores(all)[i]!, 0.02);
  }
  const evaluation = {
    model: `${folder}/model`,
    data: settings.data!,
    columns: {},
    testPart: false,
    out: `${folder}/out`,
    plugins: [],
    deletion: { minLength: 3, deletions: 2, runs: 2 },
    seed: 0,
    workers: 1,
  };
  await assertRejects(
    () => evaluate(evaluation, none, none),
    RangeError,
    "All 60 rows were trained on",
  );
  await Deno.remove(folder, { recursive: true });
});

test("the validation part of a split chooses, and is not learned", async () => {
  const { folder, settings } = await madeFolder();
  const names = ["train", "train", "dev", "train", "test"];
  const parts = Array.from({ length: 60 }, (_, i) => names[i % 5]!);
  await Deno.writeTextFile(`${folder}/split.txt`, parts.map((part) => `${part}\n`).join(""));
  const said: string[] = [];
  const columns = { split: `${folder}/split.txt` };
  await train({ ...settings, columns }, none, (line) => said.push(line));
  assertStringIncludes(
    said.join("\n"),
    "12 rows of the validation part choose what is not learned",
  );
  assertStringIncludes(said.join("\n"), "% on the validation part");
  const { training } = await loadLinear(`${folder}/model`);
  const { documents, crossValidation } = training as unknown as {
    documents: number;
    crossValidation: { accuracy: number }[];
  };
  assertEquals(documents, 36);
  for (const { accuracy } of crossValidation) {
    assertAlmostEquals(12 * accuracy, Math.round(12 * accuracy), 1e-9);
  }
  const { rows } = await readLabelled([`${folder}/texts.csv`], {});
  const known = (await TrainingRows.load(`${folder}/model`))!;
  // Texts that another part has word for word would be found too; these have none.
  const expected = rows.filter((_, i) => parts[i] === "train");
  assertEquals(known.size, 36);
  assertEquals(known.divide(rows).trained, expected);
  await Deno.remove(folder, { recursive: true });
});

test("auto takes the better one of both, and says both figures", async () => {
  const { folder, settings } = await madeFolder();
  const said: string[] = [];
  const trained = await train(
    { ...settings, architecture: "auto", epochs: 1, filters: 4, budget: 0 },
    none,
    (line) => said.push(line),
  );
  const told = said.find((line) => line.startsWith("held-out training documents"))!;
  const [, one, first, two, second, taken, margin] = told.match(
    /^held-out training documents: ([\d.]+) % \(([\w-]+)\), ([\d.]+) % \(([\w-]+)\); taken: ([\w-]+) \(a word-cnn, .* errors, ([\d.]+) %\)$/,
  )!;
  const isLinear = taken === "linear";
  assert(Number(one) + (isLinear ? Number(margin) + 0.1 : 0) >= Number(two), told);
  assertEquals([first, trained.architecture], [taken, taken!]);
  assertEquals([first, second].sort(), ["linear", "word-cnn"]);
  assertEquals((await kindOfModel(`${folder}/model`))?.name, taken);
  assertEquals(trained.other?.architecture, second);
  await Deno.remove(folder, { recursive: true });
});

test("train refuses what does not go together", async (t) => {
  const { folder } = await madeFolder();
  const fails = async (args: string[], code: number, message: string) => {
    const program = new URL("../../apps/train.ts", import.meta.url).pathname;
    const output = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", program, "--data", `${folder}/texts.csv`, ...args],
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals([output.code, new TextDecoder().decode(output.stdout)], [code, ""]);
    assertStringIncludes(saidBy(output.stderr), message);
  };
  const out = ["--out", `${folder}/model`];
  await t.step("an option of word-CNNs with a linear model", async () => {
    await fails([...out, "--architecture", "linear", "--epochs", "3"], 2, "Option --epochs is for");
  });
  await t.step("a part to test on where there is a split", async () => {
    const split = ["--split-column", "label", "--test-percent", "0"];
    await fails([...out, ...split], 2, "Option --test-percent has no meaning where a split is");
  });
  await t.step("an architecture that there is not", async () => {
    await fails([...out, "--architecture", "svm"], 2, "word-cnn, linear, auto");
  });
  await t.step("a tokenizer that there is not", async () => {
    await fails([...out, "--tokenizer", "unicod"], 1, '"unicode"');
  });
  assertEquals(await Deno.stat(`${folder}/model`).catch(() => "none"), "none");
  await Deno.remove(folder, { recursive: true });
});
