import { openReader, Random } from "@heatword/core";
import { kindOfModel, modelFolder, openModel } from "@heatword/core/models";
import {
  compactRecurrent,
  loadRecurrent,
  readRecurrent,
  RecurrentClassifier,
  recurrentFiles,
  saveRecurrent,
} from "@heatword/core/recurrent";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fuzzer from "../../_fuzzer.ts";
import { testPermitted } from "../../../_skip.ts";
import { madeRecurrent } from "./_made.ts";

const test = testPermitted("read", "write");
const words = "the a ride was long but engines never stop".split(" ");
const text = "The ride was LONG, engines sing";

test("a recurrent classifier comes back from its folder as it was", async () => {
  const folder = await Deno.makeTempDir();
  const reader = await openReader({ tokenizer: "unicode", options: { lower: true } });
  for (const shape of [{}, { cell: "gru", bidirectional: false, readout: "mean" }] as const) {
    const made = madeRecurrent(words, shape);
    const model = new RecurrentClassifier({
      ...made,
      ...made.shape,
      classes: made.classes,
      reader,
    });
    await saveRecurrent(folder, model, { training: { note: "x" } });
    const { model: back, training } = await loadRecurrent(folder);
    assertEquals(training, { note: "x" });
    assertEquals([back.shape, back.classes], [model.shape, model.classes]);
    assertEquals([back.weights, back.vocabulary.words], [model.weights, model.vocabulary.words]);
    assertEquals(back.reader.reading, { tokenizer: "unicode", options: { lower: true } });
    assertEquals((await kindOfModel(folder))?.name, "recurrent");
    const { format, files } = await modelFolder(folder);
    assertEquals([format, files.length], ["heatword-recurrent", 4]);
    const opened = await openModel(folder);
    const scores = await opened.scores(opened.encode(opened.read(text)));
    assertEquals(scores, model.scores(model.encode(model.read(text))));
  }
  const compact = compactRecurrent(madeRecurrent(words), (word) => word !== "ride");
  await saveRecurrent(folder, compact, { vectors: "int8" });
  const { model } = await loadRecurrent(folder);
  assertEquals(model.vectors.type, "int8");
  assertEquals(model.vocabulary.words, words.filter((word) => word !== "ride"));
  const input = [0, 3, -1, 7];
  assertEquals(
    model.scores(model.inputFromRows(input)),
    compact.scores(compact.inputFromRows(input)),
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a float64 recurrent classifier is not saved", async () => {
  const exact = madeRecurrent(words, {}, Float64Array);
  await assertRejects(() => recurrentFiles(exact), TypeError, "Cannot save a float64 model");
});

const formats = await Promise.all(
  (["float32", "int8"] as const).map(async (vectors) =>
    (await recurrentFiles(madeRecurrent(words, { units: 2 }), { vectors, training: { seed: 1 } }))
      .files
  ),
);

/** Loads, and gives the model or an error that tells what is wrong. */
async function tryLoad(files: fuzzer.Files, what: string) {
  try {
    const { model } = await readRecurrent((name) => {
      const content = files.get(name);
      if (content) return Promise.resolve(content);
      throw new Deno.errors.NotFound(`Cannot find a model: "${name}" is missing`);
    });
    return model;
  } catch (error) {
    assert(fuzzer.isClear(error), `${what}: ${error instanceof Error ? error.stack : error}`);
  }
}

Deno.test("readRecurrent() finds any damage of 150 damaged models", async () => {
  const random = new Random(20);
  for (let i = 0; i < 150; i++) {
    const files = fuzzer.pick(random, formats);
    const damaged = fuzzer.damageFiles(random, files);
    const model = await tryLoad(damaged, `case ${i}`);
    assertEquals(model !== undefined, fuzzer.isUnchanged(files, damaged), `case ${i}`);
  }
});

Deno.test("readRecurrent() checks the fields of 400 headers that are damaged on purpose", async () => {
  const random = new Random(21);
  let refused = 0;
  for (let i = 0; i < 400; i++) {
    const files = fuzzer.pick(random, formats);
    let header: unknown = JSON.parse(fuzzer.textOf(files.get("model.json")!));
    for (let more = random.below(2); more >= 0; more--) header = fuzzer.damageJson(random, header);
    const bytes = await fuzzer.sealed(header);
    const model = await tryLoad(new Map(files).set("model.json", bytes), `case ${i}`);
    if (!model) refused++;
    else {
      const scores = model.scores(model.inputFromRows([0, -1, 0]));
      assertEquals([scores.length, scores.every(Number.isFinite)], [model.classes.length, true]);
    }
  }
  // What may change: names of classes, what is told of the training, and cells of the same sizes.
  assert(refused > 240, String(refused));
});
