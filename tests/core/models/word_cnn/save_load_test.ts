import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  compactStorage,
  compactWordCnn,
  loadWordCnn,
  plainVectors,
  type SaveOptions,
  saveWordCnn,
  vectorsToArray,
  Vocabulary,
  WordCnn,
  wordCnnFiles,
} from "@heatword/core/word-cnn";
import { madeModels, madeParameters, madeRows } from "./_made_model.ts";
import { inFolder, namesIn } from "../../../_in_folder.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write");

test("saveWordCnn() and loadWordCnn() keep every byte and what is told of the training", () =>
  inFolder(async (folder) => {
    for (const [widths, version] of [[[2], 1], [[3], 2], [[1, 2, 3], 2]] as const) {
      const { fast } = madeModels(1, { widths });
      await saveWordCnn(`${folder}/a/model`, fast, { training: { seed: 3, notes: ["ä"] } });
      const { model, training } = await loadWordCnn(`${folder}/a/model`);
      assertEquals(training, { seed: 3, notes: ["ä"] });
      assertEquals(model.classes, fast.classes);
      assertEquals(model.vocabulary.words, fast.vocabulary.words);
      assertEquals(model.weights, fast.weights);
      assertEquals(model.convolutions.map(({ width }) => width), [...widths]);
      const rows = madeRows(1, 30);
      assertEquals(
        model.scores(model.inputFromRows(rows)),
        fast.scores(fast.inputFromRows(rows)),
      );
      const header = JSON.parse(await Deno.readTextFile(`${folder}/a/model/model.json`));
      assertEquals([header.version, "width" in header], [version, version === 1]);
    }
  }));

/** What was rounded once is not rounded again. */
async function assertKept(folder: string, loaded: WordCnn, options: SaveOptions): Promise<void> {
  const again = await wordCnnFiles(loaded, options);
  for (const [name, content] of again.files) {
    if (name !== "model.json") {
      assertEquals(await Deno.readFile(`${folder}/${name}`), content, name);
    }
  }
}

test("a compact model is loaded as it was saved, number by number, of any sizes", () =>
  inFolder(async (folder) => {
    const sizes = fc.record({
      words: fc.integer({ min: 1, max: 6 }),
      dimensions: fc.integer({ min: 1, max: 9 }),
      filters: fc.integer({ min: 1, max: 7 }),
      classes: fc.integer({ min: 2, max: 4 }),
      widths: fc.constantFrom([2], [3], [1, 2]),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer(), sizes, fc.constantFrom(4, 8), async (seed, sizes, bits) => {
        const model = compactWordCnn(madeModels(seed, sizes).fast, () => true, {
          bits: bits as 4 | 8,
        });
        await saveWordCnn(folder, model, compactStorage(bits as 4 | 8));
        const loaded = (await loadWordCnn(folder)).model;
        assertEquals(loaded.weights, model.weights);
        assertEquals(vectorsToArray(loaded.vectors), vectorsToArray(model.vectors));
        assertEquals(loaded.vectors.type, bits === 4 ? "int4" : "int8");
        await assertKept(folder, loaded, compactStorage(bits as 4 | 8));
      }),
      { numRuns: 40 },
    );
  }));

test("saveWordCnn() rounds vectors to 8 bits if it is asked to, by a scale for each row", () =>
  inFolder(async (folder) => {
    const parameters = madeParameters(1);
    const zeros = new Float32Array(500);
    parameters.vectors.copyRow(1, zeros, 10);
    const sparse = new WordCnn({ ...parameters, vectors: plainVectors(zeros, 10) });
    for (const model of [new WordCnn(parameters), sparse]) {
      await saveWordCnn(folder, model, { vectors: "int8" });
      const loaded = (await loadWordCnn(folder)).model;
      assertEquals(loaded.vectors.type, "int8");
      for (let row = 0; row < model.vectors.size; row++) {
        const [before, after] = [new Float32Array(10), new Float32Array(10)];
        model.vectors.copyRow(row, before, 0);
        loaded.vectors.copyRow(row, after, 0);
        const largest = Math.max(...before.map(Math.abs));
        after.forEach((value, d) => {
          assert(Math.abs(value - before[d]!) <= largest / 254 + 1e-7);
        });
      }
      await assertKept(folder, loaded, { vectors: "int8" });
    }
  }));

Deno.test("saveWordCnn() gives the same bytes for the same model", async () => {
  const files = (await wordCnnFiles(madeModels(2).fast)).files;
  assertEquals((await wordCnnFiles(madeModels(2).fast)).files, files);
});

test("saveWordCnn() replaces an older model and leaves other files alone", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/README.md`, "mine");
    await saveWordCnn(folder, madeModels(1).fast);
    await saveWordCnn(folder, madeModels(2).fast);
    const names = namesIn(folder);
    await saveWordCnn(`${folder}/new`, madeModels(2).fast);
    assertEquals(names, ["README.md", ...namesIn(`${folder}/new`)].sort());
    assertEquals(await Deno.readTextFile(`${folder}/README.md`), "mine");
    const { model } = await loadWordCnn(folder);
    assertEquals(model.weights, madeModels(2).fast.weights);
  }));

Deno.test("saveWordCnn() refuses what cannot be written", async () => {
  const { fast, exact } = madeModels(1);
  await assertRejects(() => wordCnnFiles(exact), TypeError, "Cannot save a float64 model");
  for (const word of ["", "a\nb", "\ud800"]) {
    const vocabulary = new Vocabulary([...fast.vocabulary.words.slice(1), word]);
    const model = new WordCnn({ ...madeParameters(1), vocabulary });
    await assertRejects(() => wordCnnFiles(model), RangeError, "Cannot save the word");
  }
});

test("loadWordCnn() says what is missing", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => loadWordCnn(`${folder}/none`),
      Deno.errors.NotFound,
      `Cannot find a model in "${folder}/none": "model.json" is missing`,
    );
    await saveWordCnn(folder, madeModels(1).fast);
    const vectors = namesIn(folder).find((name) => name.startsWith("vectors"))!;
    await Deno.rename(`${folder}/${vectors}`, `${folder}/moved`);
    await assertRejects(() => loadWordCnn(folder), Deno.errors.NotFound, `"${vectors}" is missing`);
    const content = await Deno.readFile(`${folder}/moved`);
    for (const length of [content.length - 1, content.length + 1]) {
      const changed = new Uint8Array(length);
      changed.set(content.subarray(0, length));
      await Deno.writeFile(`${folder}/${vectors}`, changed);
      await assertRejects(() => loadWordCnn(folder), SyntaxError, `it has ${length} bytes`);
    }
  }));
