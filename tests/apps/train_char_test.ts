// A char-CNN that `deno task train` makes, and that the other programs take it.
import { explain, Random } from "@heatword/core";
import { loadCharCnn } from "@heatword/core/char-cnn";
import { kindOfModel, openModel } from "@heatword/core/models";
import { lrp } from "@heatword/explainers/lrp";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { makeAtlas } from "@heatword/eval/atlas";
import { stringify } from "@std/csv";
import { trainProgram } from "../../apps/cli/programs/train.ts";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { pageModel } from "../../apps/serve/_model_files.ts";
import { readOwnModel } from "../../apps/serve/page/read_own_model.ts";
import { Session } from "../../apps/serve/page/session.ts";
import { train } from "../../apps/train/_run.ts";
import { readSettings } from "../../apps/train/_settings.ts";
import { testPermitted } from "../_skip.ts";
import { trainSettings } from "./_train_settings.ts";

const test = testPermitted("read", "write", "env");

/** Texts of drawn words, some of which end as their class says. */
function table(count: number): string {
  const random = new Random(7);
  const endings = { Größe: "öß", cars: "ing" };
  const letters = (length: number) =>
    Array.from({ length }, () => "bdklmnrt"[random.below(8)]).join("");
  const rows = Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? "Größe" : "cars";
    const words = Array.from(
      { length: 8 },
      (_, t) => letters(2 + random.below(3)) + (t % 3 === 0 ? endings[label] : ""),
    );
    return { text: words.join(" "), label };
  });
  return stringify(rows, { columns: ["text", "label"] });
}

const none = () => {};

test("a char-CNN is trained by any number of workers, and all programs take it", async (t) => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/texts.csv`, table(80));
  const settings = trainSettings(folder, "char-cnn", {
    filters: 16,
    epochs: 10,
    testShare: 0.2,
    workers: 1,
  });
  const said: string[] = [];
  const trained = await train(settings, none, (line) => said.push(line));
  assertEquals((await kindOfModel(`${folder}/model`))?.name, "char-cnn");
  assertEquals([trained.architecture, trained.other?.architecture], ["char-cnn", "linear"]);
  assert(said.some((line) => /^char-cnn: held-out accuracy [\d.]+ % at epoch \d+$/.test(line)));

  await t.step("the same bytes come out", async () => {
    const again = { ...settings, out: `${folder}/again`, cache: `${folder}/other`, workers: 2 };
    await train(again, none, none);
    const header = (name: string) => Deno.readTextFile(`${folder}/${name}/model.json`);
    assertEquals(await header("again"), await header("model"));
  });

  await t.step("it is taken from the cache, which has no checkpoint left", async () => {
    const lines: string[] = [];
    await train({ ...settings, out: `${folder}/again` }, none, (line) => lines.push(line));
    assert(lines.includes("char-cnn: from the cache"));
    assertEquals([...Deno.readDirSync(`${folder}/cache/checkpoints`)], []);
  });

  await t.step("the folder tells what was reached, and knows endings", async () => {
    const { model, training } = await loadCharCnn(`${folder}/model`);
    assertEquals(model.classes, ["Größe", "cars"]);
    assertEquals(model.reader.reading, {
      tokenizer: "unicode",
      options: {},
      maxWords: 400,
    });
    assertEquals(model.parameters.wordLength, 4 + 3 + 1);
    const { test, documents } = training as { test: { accuracy: number }; documents: number };
    assertEquals([test.accuracy, documents], [trained.test.accuracy, 64]);
    assert(test.accuracy > 0.8, `${test.accuracy}`);
    const input = model.encode(model.read("xöß möß"));
    const { words, score } = await explain(lrp, model, input, 0);
    assertAlmostEquals(words[0]! + words[1]!, score, 1e-5);
  });

  await t.step("evaluate measures what train measured", async () => {
    await evaluate(
      {
        model: `${folder}/model`,
        data: settings.data!,
        columns: {},
        testPart: true,
        out: `${folder}/out`,
        plugins: [],
        deletion: { minLength: 3, deletions: 2, runs: 2 },
        seed: 0,
        workers: 1,
      },
      none,
      none,
    );
    const metrics = JSON.parse(await Deno.readTextFile(`${folder}/out/metrics.json`));
    assertEquals(metrics.accuracy, trained.test.accuracy);
    assert(metrics.conservation[0].worst < 1e-5);
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/out/report.html`),
      "16 filters over 7 of their vectors",
    );
  });

  await t.step("the page gets its files and explains by it", async () => {
    const { path, format, files } = await pageModel(`${folder}/model`);
    assertEquals(format, "heatword-char-cnn");
    const content = new Map<string, Uint8Array>();
    for (const { name } of files) content.set(name, await Deno.readFile(`${path}/${name}`));
    const session = await Session.open(readOwnModel, content, null);
    assertEquals(session.info.classes, ["Größe", "cars"]);
  });

  await t.step("an atlas tells which characters its filters win on", async () => {
    const model = await openModel(`${folder}/model`);
    const documents = ["bding möß", "tring köß"].map((text) => model.read(text));
    const { filters } = await makeAtlas(model, () => documents, { minDocuments: 1 });
    const ngrams = filters.flatMap(({ frequent }) => frequent.map(({ words }) => words.join("")));
    assert(ngrams.length > 0);
    for (const ngram of ngrams) assertStringIncludes("bding möß tring köß ", ngram);
  });
  await Deno.remove(folder, { recursive: true });
});

test("a char-CNN of characters that are words has no blanks between them", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/texts.csv`, table(30));
  await train(
    {
      data: `${folder}/texts.csv`,
      columns: {},
      out: `${folder}/model`,
      cache: `${folder}/cache`,
      architecture: "char-cnn",
      tokenizer: "characters",
      plugins: [],
      vectors: "skipgram",
      filters: 8,
      epochs: 1,
      testShare: 0,
      seed: 0,
      workers: 1,
    },
    none,
    none,
  );
  const model = await openModel(`${folder}/model`);
  const input = model.encode(model.read("bdk"));
  assertEquals(model.knownWords!(input)!.slice(0, 3), ["b", "d", "k"]);
  assertEquals((await loadCharCnn(`${folder}/model`)).model.parameters.blanks, false);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("options of word-CNNs are refused for a char-CNN", () => {
  const settingsOf = (...args: string[]) => {
    const read = readCommandLine(trainProgram, ["--architecture", "char-cnn", ...args]);
    return readSettings(read as Exclude<typeof read, "help">);
  };
  const options = [
    ["compact", "3", "models of word vectors"],
    ["widths", "2,3", "word-CNNs"],
    ["budget", "5", "word-CNNs"],
    ["guided-dropout", "50", "word-CNNs"],
  ] as const;
  for (const [name, value, takers] of options) {
    assertThrows(
      () => settingsOf(`--${name}`, value),
      Error,
      `Option --${name} is for ${takers}, not for --architecture char-cnn`,
    );
  }
  assertThrows(() => settingsOf("--vectors", "random"), Error, "a char-CNN learns its characters");
  assertEquals(settingsOf("--filters", "9", "--epochs", "2").filters, 9);
  assertEquals(
    settingsOf("--architecture", "word-cnn", "--guided-dropout", "50").guidedDropout,
    0.5,
  );
});
