// Settings of recurrent classifiers on held-out documents: what they are measured on, and how that is kept.
import { type Progress, Random } from "@heatword/core";
import { trainRecurrent } from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { getVectors, rowsFor, scaledToNorm } from "../../../apps/training/model.ts";
import { fullRecipe, recipeFor } from "../../../apps/training/recipe.ts";
import {
  readSetting,
  settingName,
  Settings,
  usualSettings,
} from "../../../bench/apps/_recurrent_settings.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

/** Documents of two classes that the order of two words tells apart. */
function madeDocuments(count: number): CompactDocument[] {
  const random = new Random(2);
  return Array.from({ length: count }, (_, i) => {
    const own = i % 2 === 0 ? ["orbit", "moon"] : ["moon", "orbit"];
    const words = ["the", own[0], ["of", "and"][random.below(2)], own[1]].join(" ");
    return { id: `a/${i}`, label: i % 2, words, length: 4 };
  });
}

test("Settings are measured on held-out documents alone, and each is trained once", async () => {
  const cache = await Deno.makeTempDir();
  const documents = madeDocuments(40);
  const setting = { epochs: 3, units: 5, norm: 2 };
  const progress: number[] = [];
  let stopsAt = 3;
  const options = {
    ...{ architecture: "bilstm", vectors: "ppmi", workers: 1, cache } as const,
    onProgress: ({ figures }: Progress) => {
      if (figures?.epoch === undefined) return;
      if (figures.epoch === stopsAt) throw new Error("stopped");
      progress.push(figures.epoch);
    },
  };
  const open = (test: readonly CompactDocument[]) =>
    Settings.open({ classes: ["up", "down"], train: documents, test: [...test] }, options);
  {
    using settings = await open([]);
    assertEquals([settings.learned, settings.heldOut], [34, 6]);
    await assertRejects(() => open([]), Deno.errors.Busy);
    await assertRejects(() => settings.measure(setting, 1), Error, "stopped");
  }
  // It goes on after its last epoch, and no test document makes a difference.
  stopsAt = Infinity;
  progress.length = 0;
  using settings = await open(documents.slice(0, 3));
  const measured = await settings.measure(setting, 1);
  assertEquals([...new Set(progress)], [3]);

  const [learned, heldOut] = [documents.slice(0, 34), documents.slice(34)];
  const context = { recipe: recipeFor(learned), seed: 1, workers: 1, cache, onProgress: () => {} };
  const corpus = { classes: ["up", "down"], train: learned, test: heldOut };
  const { vectors } = await getVectors(corpus, "ppmi", context, () => {});
  const { vocabulary, rowsOf } = rowsFor(vectors);
  const { history } = await trainRecurrent({
    ...{ classes: corpus.classes, vocabulary, seed: 1, threads: 1 },
    vectors: plainVectors(scaledToNorm(vectors, 2), vectors.dimensions),
    documents: learned.map(rowsOf),
    heldOut: heldOut.map(rowsOf),
    hyperparameters: {
      ...{ cell: "lstm", bidirectional: true, epochs: 3, units: 5, rate: 0.003, wordDropout: 0.7 },
    },
  });
  assertEquals(measured.accuracies, history.map(({ heldOut }) => heldOut!.accuracy));
  assertEquals(fullRecipe.heldOut, 0.15);

  // Once more nothing is trained.
  progress.length = 0;
  assertEquals(await settings.measure(setting, 1), measured);
  assertEquals(progress, []);
  const left = [...Deno.readDirSync(`${cache}/recurrent-settings`)].map(({ name }) => name);
  assertEquals(left.filter((name) => !name.endsWith(".jsonl")), []);
  await Deno.remove(cache, { recursive: true });
});

test("Settings know a file of word vectors by what is in it", async () => {
  const cache = await Deno.makeTempDir();
  const file = `${cache}/vectors.txt`;
  const write = (sign: number) => {
    const rows = ["the 1 0", `orbit 0 ${sign}`, `moon ${sign} 1`, "of 0 0", "and 1 1"];
    return Deno.writeTextFile(file, `${rows.join("\n")}\n`);
  };
  let epochs = 0;
  const corpus = { classes: ["up", "down"], train: madeDocuments(40), test: [] };
  const measure = async () => {
    epochs = 0;
    using settings = await Settings.open(corpus, {
      ...{ architecture: "lstm", vectors: file, workers: 1, cache },
      onProgress: ({ figures }: Progress) => epochs = Math.max(epochs, figures?.epoch ?? 0),
    });
    await settings.measure({ epochs: 2, units: 3 }, 0);
    return epochs;
  };
  await write(1);
  assertEquals([await measure(), await measure()], [2, 0]);
  await write(-1);
  assertEquals([await measure(), await measure()], [2, 0]);
  await write(1);
  assertEquals(await measure(), 0);
  await Deno.remove(cache, { recursive: true });
});

Deno.test("readSetting() reads what can be another, and says what cannot", () => {
  assertEquals(readSetting("units=32"), { units: 32 });
  assertEquals(readSetting("readout=mean"), { readout: "mean" });
  assertEquals(readSetting("norm=1.5"), { norm: 1.5 });
  assertEquals(readSetting("bidirectional=false"), { bidirectional: false });
  assertEquals(settingName({ units: 32, readout: "mean" }), "units 32, readout mean");
  assertEquals(settingName({}), "as usual");
  for (const setting of usualSettings) {
    assertEquals(readSetting(settingName(setting).replace(" ", "=")), setting);
  }
  const refuses = (given: string, why: string) =>
    assertThrows(() => readSetting(given), Error, why);
  refuses("size=3", 'not "size=3"');
  refuses("units", 'not "units"');
  refuses("units=-1", '"units" takes');
  refuses("bidirectional=yes", '"bidirectional" takes true or false');
  refuses("readout=sum", '"readout" takes max or mean');
  refuses("norm=0", '"norm" takes a number above 0');
});
