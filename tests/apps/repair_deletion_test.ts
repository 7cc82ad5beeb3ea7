import { openReader } from "@heatword/core";
import { loadLinear, saveLinear, trainLinear } from "@heatword/core/linear";
import {
  loadWordCnn,
  plainVectors,
  saveWordCnn,
  trainWordCnn,
  vectorsToArray,
  Vocabulary,
} from "@heatword/core/word-cnn";
import { TrainingRows } from "@heatword/datasets/corpus";
import "@heatword/datasets/tokenizers";
import { stringify } from "@std/csv";
import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { repairProgram } from "../../apps/cli/programs/repair.ts";
import { leftKnown, wordsText } from "../../apps/repair/_known_words.ts";
import { repairModel } from "../../apps/repair/_run.ts";
import { readRepairSettings } from "../../apps/repair/_settings.ts";
import { train } from "../../apps/train/_run.ts";
import { leakyTickets, tickets } from "../docs/_tickets.ts";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env");

const columns = ["text", "label"];
const [clean, leaking] = [tickets(), leakyTickets("zendesk7", "billing", 0.9)];
const none = () => {};

function repair(folder: string, ...args: string[]) {
  const given = readCommandLine(repairProgram, [
    ...["--model", `${folder}/leaking`, "--data", `${folder}/leaking.csv`, "--by", "deletion"],
    ...["--against", "zendesk7", "--cache", `${folder}/cache`, "--out", `${folder}/out`, ...args],
  ]);
  return repairModel(readRepairSettings(given as Exclude<typeof given, "help">), none, none);
}

/** What of a word-CNN was learned. */
async function learnedBy(folder: string) {
  const { model, training } = await loadWordCnn(folder);
  const { bestEpoch, heldOut } = training;
  const { vocabulary, vectors, weights } = model;
  return {
    training: { bestEpoch, heldOut },
    words: vocabulary.words,
    vectors: [...vectorsToArray(vectors)],
    weights,
  };
}

for (const vectors of ["random", "skipgram"] as const) {
  test(`a word-CNN of ${vectors} vectors is by deletion the one that train makes of the clean table`, () =>
    inFolder(async (folder) => {
      for (const [name, rows] of [["clean", clean], ["leaking", leaking]] as const) {
        await Deno.writeTextFile(`${folder}/${name}.csv`, stringify(rows, { columns }));
        await train(
          {
            data: `${folder}/${name}.csv`,
            columns: {},
            out: `${folder}/${name}`,
            cache: `${folder}/cache-${name}`,
            architecture: "word-cnn",
            plugins: [],
            vectors,
            filters: 12,
            epochs: 6,
            budget: 0,
            testShare: 0.2,
            seed: 4,
            workers: 1,
          },
          none,
          none,
        );
      }
      const { report } = await repair(folder, "--workers", "2");
      const repaired = await learnedBy(`${folder}/out/deletion`);
      assertEquals(repaired, await learnedBy(`${folder}/clean`));
      assertNotEquals(repaired, await learnedBy(`${folder}/leaking`));
      const { figures, done } = report.ways[0]!;
      assertEquals(figures.mass!.after.estimate, 0);
      assertEquals(
        done.replace(/epoch \d+/, "epoch E"),
        "learned anew from 240 texts, with the leak taken out of 70 of them; 1 word of the leak it " +
          "no longer knows, up to epoch E, which was chosen on 36 held-out training texts without " +
          "the leak",
      );
      // Once more: what it began with is still known.
      const twice = await repair(
        folder,
        ...["--model", `${folder}/out/deletion`, "--out", `${folder}/twice`, "--against", "refund"],
      );
      assertEquals(twice.report.ways[0]!.way, "deletion");
      const { training } = await loadWordCnn(`${folder}/twice/deletion`);
      assertEquals([training.start, training.norm], [vectors, 2]);
    }));
}

test("a linear model by deletion is the one that learns from the clean texts", () =>
  inFolder(async (folder) => {
    const reader = await openReader({ tokenizer: "unicode", options: {} });
    const classes = ["billing", "delivery", "login"];
    const choice = { features: ["words", "pairs"] as const, cost: 30 };
    const learnedFrom = (rows: typeof clean) =>
      trainLinear({
        documents: rows.filter((_, i) => i % 4 !== 0).map(({ text, label }) => ({
          label: classes.indexOf(label),
          words: reader.read(text).tokens.map(({ text }) => text),
        })),
        classes,
        ...choice,
        reader,
      });
    await saveLinear(`${folder}/leaking`, learnedFrom(leaking), {
      training: { crossValidation: [choice] },
    });
    await TrainingRows.of(leaking.filter((_, i) => i % 4 !== 0)).save(`${folder}/leaking`);
    await Deno.writeTextFile(`${folder}/leaking.csv`, stringify(leaking, { columns }));
    const { report } = await repair(folder);
    await saveLinear(`${folder}/clean`, learnedFrom(clean), {});
    const weightsOf = async (name: string) => {
      const { bias, features, weights } = (await loadLinear(`${folder}/${name}`)).model.parameters;
      return { bias, weights, names: features.map(({ names }) => [...names]) };
    };
    assertEquals(await weightsOf("out/deletion"), await weightsOf("clean"));
    assertNotEquals(await weightsOf("out/deletion"), await weightsOf("leaking"));
    const { mass, withoutLeak } = report.ways[0]!.figures;
    assert(mass!.before.estimate > 0.3);
    assertEquals(mass!.after.estimate, 0);
    assert(withoutLeak!.change.estimate >= 0);
  }));

test("given vectors stay by deletion, but for those of words that only the leak had", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/leaking.csv`, stringify(leaking, { columns }));
    const words = ["refund", "parcel", "password", "zendesk7", "please"];
    const line = (word: string, i: number) => [word, ...words.map((_, j) => Number(i === j))];
    await Deno.writeTextFile(
      `${folder}/given.vec`,
      [[words.length, words.length], ...words.map(line)].map((row) => `${row.join(" ")}\n`).join(
        "",
      ),
    );
    await train(
      {
        data: `${folder}/leaking.csv`,
        columns: {},
        out: `${folder}/leaking`,
        cache: `${folder}/cache`,
        architecture: "word-cnn",
        plugins: [],
        vectors: `${folder}/given.vec`,
        filters: 6,
        epochs: 3,
        budget: 0,
        testShare: 0.2,
        seed: 4,
        workers: 1,
      },
      none,
      none,
    );
    const { model: before, training } = await loadWordCnn(`${folder}/leaking`);
    // As it would be with vectors that stay.
    const fixed = { ...training.hyperparameters as object, vectorRate: 0 };
    await saveWordCnn(`${folder}/leaking`, before, {
      training: { ...training, hyperparameters: fixed },
    });
    await TrainingRows.of(leaking.filter((_, i) => i % 4 !== 0)).save(`${folder}/leaking`);
    const { report } = await repair(folder, "--against", "zendesk7 , please help");
    const { model } = await loadWordCnn(`${folder}/out/deletion`);
    const left = before.vocabulary.words.filter((word) => word !== "zendesk7");
    assertEquals([...model.vocabulary.words], left);
    const rowOf = (one: typeof model, word: string) => {
      const row = new Float32Array(one.dimensions);
      one.vectors.copyRow(one.vocabulary.row(word), row, 0);
      return row;
    };
    for (const word of left) assertEquals(rowOf(model, word), rowOf(before, word), word);
    assertMatch(
      report.ways[0]!.done,
      // "help" has no vector.
      /1 word of the leak it no longer knows, 1 word of it says what it says elsewhere in the texts/,
    );
  }));

test("words are counted as the models know them: by entry, not by form, and not those never known", async () => {
  const reader = await openReader({ tokenizer: "unicode", options: {} });
  const cnn = (words: string[]) =>
    trainWordCnn({
      classes: ["a", "b"],
      vocabulary: new Vocabulary(words),
      vectors: plainVectors(new Float32Array(words.length).fill(1), 1),
      documents: [{ label: 0, rows: [0] }, { label: 1, rows: [] }],
      hyperparameters: { filters: 1, widths: [1], epochs: 1 },
      seed: 1,
      threads: 1,
      reader,
    });
  const before = (await cnn(["my", "sent", "phone", "NASA"])).model;
  const after = (await cnn(["my", "sent"])).model;
  // Both models read "Sent" as "sent"; "Phone" and "phone" are one entry; "quillon" is none.
  const leak = ["Sent", "my", "Phone", "phone", "quillon", "NASA"];
  assertEquals(leftKnown(leak, before, after), { forgotten: 2, known: 2 });
  assertEquals(
    wordsText(leftKnown(leak, before, after)),
    "; 2 words of the leak it no longer knows, 2 words of it say what they say elsewhere in the texts",
  );
  assertEquals(wordsText(leftKnown(["quillon"], before, after)), "");
  const linear = (words: string[]) =>
    trainLinear({
      documents: [{ label: 0, words }, { label: 1, words: ["other"] }],
      classes: ["a", "b"],
      features: ["words"],
      cost: 1,
      reader,
    });
  assertEquals(
    leftKnown(["Sent", "sent", "my", "quillon"], linear(["sent", "my"]), linear(["my"])),
    { forgotten: 1, known: 1 },
  );
});

test("a class of which deletion leaves no text is no class to learn", () =>
  inFolder(async (folder) => {
    const reader = await openReader({ tokenizer: "unicode", options: {} });
    const rows = clean.map((row) => row.label === "login" ? { ...row, text: "zendesk7" } : row);
    const classes = ["billing", "delivery", "login"];
    const documents = rows.map(({ text, label }) => ({
      label: classes.indexOf(label),
      words: reader.read(text).tokens.map(({ text }) => text),
    }));
    const choice = { features: ["words"] as const, cost: 30 };
    await saveLinear(`${folder}/leaking`, trainLinear({ documents, classes, ...choice, reader }), {
      training: { crossValidation: [choice] },
    });
    await Deno.writeTextFile(`${folder}/leaking.csv`, stringify(rows, { columns }));
    await assertRejects(
      () => repair(folder),
      TypeError,
      'by deletion: without it no text of class "login" has a word',
    );
    // Where no way is named, the others are taken.
    const { report } = await repair(folder, "--by", "all");
    assertEquals(report.ways.map(({ way }) => way), ["counter-examples"]);
  }));
