// What `deno task train` makes of recurrent networks, and that the other programs take it.
import { Random } from "@heatword/core";
import { kindOfModel } from "@heatword/core/models";
import { loadRecurrent } from "@heatword/core/recurrent";
import { macroF1 } from "@heatword/eval/classification";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { stringify } from "@std/csv";
import { pageModel } from "../../apps/serve/_model_files.ts";
import { readOwnModel } from "../../apps/serve/page/read_own_model.ts";
import { Session } from "../../apps/serve/page/session.ts";
import { train } from "../../apps/train/_run.ts";
import { readSettings } from "../../apps/train/_settings.ts";
import { type TrainArguments, trainProgram } from "../../apps/cli/programs/train.ts";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import type { RecurrentRecord } from "../../apps/training/recurrent.ts";
import { runExplain } from "./_run_explain.ts";
import { testPermitted } from "../_skip.ts";
import { trainSettings } from "./_train_settings.ts";

const test = testPermitted("read", "write", "env", "run");
const none = () => {};

/** Texts of two classes; the classes have words of their own. */
function table(count: number): string {
  const random = new Random(7);
  const kinds = {
    plants: "red green tree leaf".split(" "),
    cars: "engine wheel gear oil".split(" "),
  };
  const rows = Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? "plants" : "cars";
    const choice = [...kinds[label], "the", "a"];
    const length = 4 + random.below(9);
    const text = Array.from({ length }, () => choice[random.below(choice.length)]).join(" ");
    return { text, label };
  });
  return stringify(rows, { columns: ["text", "label"] });
}

test("recurrent networks are trained by any number of workers, and programs take them", async (t) => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/texts.csv`, table(100));
  const settings = trainSettings(folder, "bilstm", { epochs: 4, units: 6, dropout: 0.2 });
  const header = (name: string) => Deno.readTextFile(`${folder}/${name}/model.json`);
  const said: string[] = [];
  const trained = await train(settings, none, (line) => said.push(line));
  assertEquals((await kindOfModel(`${folder}/model`))?.name, "recurrent");

  await t.step("the folder tells how it was trained and what it reached", async () => {
    const { model, training } = await loadRecurrent(`${folder}/model`);
    assertEquals(model.classes, ["cars", "plants"]);
    const { cell, units, bidirectional } = model.shape;
    assertEquals([cell, units, bidirectional], ["lstm", 6, true]);
    const { hyperparameters, history, bestEpoch, documents, heldOut } =
      training as unknown as RecurrentRecord;
    assertEquals([hyperparameters.dropout, hyperparameters.epochs, history.length], [0.2, 4, 4]);
    assertEquals([documents, heldOut], [80, 12]);
    const { accuracy } = history[bestEpoch - 1]!.heldOut!;
    assertEquals(
      said.at(-1),
      `bilstm: held-out accuracy ${(100 * accuracy).toFixed(1)} % at epoch ${bestEpoch}`,
    );
    assertEquals(training.test, {
      ...trained.test && {
        documents: trained.test.documents,
        accuracy: trained.test.accuracy,
        standardError: trained.test.standardError,
      },
      macroF1: macroF1(trained.test!),
      confusion: trained.test.confusion,
      duplicates: trained.duplicates.documents,
      accuracyWithoutDuplicates: trained.duplicates.others.accuracy,
    });
    assertEquals([trained.architecture, trained.other?.architecture], ["bilstm", "linear"]);
    assertEquals(trained.knows, `${model.vocabulary.size} words, by 6 units in each direction`);
  });

  await t.step("the same bytes come out with other workers, without the cache", async () => {
    const cache = `${folder}/other-cache`;
    await train({ ...settings, cache, out: `${folder}/again`, workers: 1 }, none, none);
    assertEquals(await header("again"), await header("model"));
  });

  await t.step("and out of the cache", async () => {
    const notices: string[] = [];
    await train({ ...settings, out: `${folder}/cached` }, none, (line) => notices.push(line));
    assertEquals(notices.at(-1), "bilstm: from the cache");
    assertEquals(await header("cached"), await header("model"));
  });

  await t.step("a compact one has 8-bit vectors, and the full one is told too", async () => {
    const out = `${folder}/compact`;
    const { full } = await train({ ...settings, out, architecture: "gru", compact: 1 }, none, none);
    const { model } = await loadRecurrent(out);
    assertEquals([model.shape.cell, model.vectors.type], ["gru", "int8"]);
    assertEquals(full?.documents, 20);
  });

  await t.step("explain tells unknown words, and relevances sum to the score", async () => {
    const run = await runExplain([
      "--model",
      `${folder}/model`,
      "--format",
      "json",
      "green tree zzz",
    ]);
    assertEquals(run.code, 0, run.stderr);
    const { unknown, conservation: { sum, expected }, relevance } = JSON.parse(run.stdout);
    assertEquals(unknown, [2]);
    assertEquals(relevance.length, 3);
    assert(Math.abs(sum - expected) < 1e-5 * Math.max(1, Math.abs(expected)), `${sum} ${expected}`);
  });

  await t.step("the page gets its files and explains by it", async () => {
    const { path, format, files } = await pageModel(`${folder}/model`);
    assertEquals(format, "heatword-recurrent");
    const content = new Map<string, Uint8Array>();
    for (const { name } of files) content.set(name, await Deno.readFile(`${path}/${name}`));
    const session = await Session.open(readOwnModel, content, null);
    assertEquals(session.info.classes, ["cars", "plants"]);
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("options that are not for an architecture are refused by name", () => {
  const read = (...args: string[]) => () =>
    readSettings(readCommandLine(trainProgram, args) as TrainArguments);
  const cases: [string[], string][] = [
    [
      ["bilstm", "--filters", "3"],
      "Option --filters is for convolutional networks, not for --architecture bilstm",
    ],
    [["linear", "--epochs", "3"], "Option --epochs is for networks, not for --architecture linear"],
    [["gru", "--budget", "3"], "Option --budget is for word-CNNs, not for --architecture gru"],
    [["lstm", "--widths", "1,2"], "Option --widths is for word-CNNs, not for --architecture lstm"],
    [["linear", "--units", "3"], "Option --units is for recurrent networks, not for --archi"],
    [["word-cnn", "--dropout", "3"], "Option --dropout is for recurrent networks, not for --archi"],
    [["bilstm", "--bits", "4"], "Option --bits is for small models: give --compact N, too"],
    [
      ["char-cnn", "--compact", "3"],
      "Option --compact is for models of word vectors, not for --architecture c",
    ],
    [
      ["lstm", "--vectors", "random"],
      "Option --vectors random is for word vectors that are trained",
    ],
  ];
  for (const [[architecture, ...args], message] of cases) {
    const error = assertThrows(read("--architecture", architecture!, ...args), Error);
    assertStringIncludes(error.message, message);
  }
  const settings = read("--architecture", "gru", "--units", "32", "--dropout", "30")();
  assertEquals([settings.units, settings.dropout], [32, 0.3]);
});
