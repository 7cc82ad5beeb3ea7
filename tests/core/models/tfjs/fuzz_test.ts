import { Random } from "@heatword/core";
import { loadTfjsModel, ScoringTfjsModel, tfjsFiles } from "@heatword/core/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fuzzer from "../../_fuzzer.ts";
import { randomModel } from "./_random_model.ts";
import {
  documentOf,
  drawWeights,
  jsonBytes,
  kimModel,
  recurrentModel,
  savedFiles,
  vocabulary,
} from "./_saved.ts";

const known = "the a ride was long but engines never stop".split(" ");
const document = documentOf([...known, "unheard-of"]);

const exported = await tfjsFiles(fuzzer.fuzzedWordCnn(known));
const beside = {
  "vocabulary.json": vocabulary,
  "classes.json": ["one", "two", "three"],
  "text.json": { unknown: 1, padding: 0, paddingSide: "post" },
};
const foreign: fuzzer.Files[] = [];
for (
  const model of [
    drawWeights(kimModel(), 1),
    ...[4, 11].map((seed) => randomModel(seed).model),
    drawWeights(recurrentModel(), 2),
  ]
) {
  foreign.push(await savedFiles(model, beside));
}

/** Loads, and sees that it gives scores, or an error that tells what is wrong. */
async function tryLoad(files: fuzzer.Files, what: string): Promise<boolean> {
  let model;
  try {
    model = await loadTfjsModel(files);
  } catch (error) {
    assert(fuzzer.isClear(error), `${what}: ${error instanceof Error ? error.stack : error}`);
    return false;
  }
  const scores = model.scores(model.encode(document) as never);
  assertEquals(scores.length, model.classes.length, what);
  if (model instanceof ScoringTfjsModel) model.dispose();
  return true;
}

Deno.test("loadTfjsModel() finds any damage of 4,000 damaged exports", async () => {
  const random = new Random(30);
  for (let i = 0; i < 4000; i++) {
    const damaged = fuzzer.damageFiles(random, exported);
    // Without its list of checksums it is a model like any other.
    if (!damaged.has("SHA256SUMS")) continue;
    assertEquals(
      await tryLoad(damaged, `case ${i}`),
      fuzzer.isUnchanged(exported, damaged),
      `case ${i}`,
    );
  }
});

Deno.test("loadTfjsModel() finds every flipped bit of an export", async () => {
  for (const [what, changed] of fuzzer.flippedBits(exported)) {
    assertEquals(await tryLoad(changed, what), false, what);
  }
});

Deno.test("loadTfjsModel() loads 3,000 damaged models without checksums or says what is wrong", async () => {
  const random = new Random(31);
  let refused = 0;
  for (let i = 0; i < 3000; i++) {
    const damaged = fuzzer.damageFiles(random, fuzzer.pick(random, foreign));
    if (!await tryLoad(damaged, `case ${i}`)) refused++;
  }
  assert(refused > 1500, `only ${refused} refused`);
});

Deno.test("loadTfjsModel() loads 3,000 models with damaged fields or says what is wrong", async () => {
  const random = new Random(32);
  for (let i = 0; i < 3000; i++) {
    const files = fuzzer.pick(random, foreign);
    const name = fuzzer.pick(random, [
      "model.json",
      "model.json",
      "model.json",
      ...Object.keys(beside),
    ]);
    let json: unknown = JSON.parse(fuzzer.textOf(files.get(name)!));
    for (let more = random.below(2); more >= 0; more--) json = fuzzer.damageJson(random, json);
    await tryLoad(new Map(files).set(name, jsonBytes(json)), `case ${i}: ${JSON.stringify(json)}`);
  }
});

Deno.test("loadTfjsModel() refuses NaN and infinity, and keeps huge numbers", async () => {
  const random = new Random(33);
  for (let i = 0; i < 500; i++) {
    const files = fuzzer.pick(random, foreign);
    const name = fuzzer.pick(random, [...files.keys()].filter((name) => name.endsWith(".bin")));
    await tryLoad(
      new Map(files).set(name, fuzzer.damageNumbers(random, files.get(name)!)),
      `case ${i}`,
    );
  }
  const name = "group1-shard1of2.bin";
  for (const value of [NaN, Infinity, -Infinity]) {
    const content = foreign[0]!.get(name)!.slice();
    new DataView(content.buffer).setFloat32(4, value, true);
    await assertRejects(
      () => loadTfjsModel(new Map(foreign[0]!).set(name, content)),
      SyntaxError,
      '/embeddings" holds NaN or infinity',
    );
  }
});

/** The model with a changed model.json, or another file. */
function changedModel(change: (json: Record<string, never>) => unknown): fuzzer.Files {
  const json = JSON.parse(fuzzer.textOf(foreign[0]!.get("model.json")!));
  change(json);
  return new Map(foreign[0]!).set("model.json", jsonBytes(json));
}

Deno.test("loadTfjsModel() says what is wrong in the words of the file", async () => {
  // deno-lint-ignore no-explicit-any
  const weights = (json: any) => json.weightsManifest[0].weights;
  // deno-lint-ignore no-explicit-any
  const layers = (json: any) => json.modelTopology.config.layers;
  const file = (name: string, json: unknown): fuzzer.Files =>
    new Map(foreign[0]!).set(name, jsonBytes(json));
  const cases: [fuzzer.Files, string][] = [
    [changedModel((json) => Object.assign(json, { format: "graph-model" })), "graph-model"],
    [changedModel((json) => Object.assign(json, { modelTopology: null })), "class_name"],
    [changedModel((json) => Object.assign(json, { weightsManifest: 3 })), '"weightsManifest"'],
    [changedModel((json) => weights(json)[0].shape = [3]), "bytes, not the"],
    [changedModel((json) => weights(json)[0].shape = [-13, 6]), "is not a list of sizes"],
    [changedModel((json) => weights(json)[0].dtype = "string"), "is not float32, int32 or bool"],
    [changedModel((json) => weights(json)[1].name = "x/y"), 'there is no weight "conv1d'],
    [changedModel((json) => weights(json)[1].name = weights(json)[0].name), "is listed twice"],
    [changedModel((json) => layers(json)[2].config.kernel_size = [5]), "not [5, 6, 5]"],
    [changedModel((json) => layers(json)[2].config.filters = 1.5), '"filters" of layer "conv1d'],
    [changedModel((json) => layers(json)[1].config.input_dim = 1e9), "not [1000000000, 6]"],
    [changedModel((json) => layers(json).at(-1).inbound_nodes = [[["gone", 0, 0]]]), '"gone"'],
    [
      changedModel((json) => {
        const last = layers(json).at(-1);
        last.inbound_nodes = [[[last.name, 0, 0]]];
      }),
      "go round",
    ],
    [
      // deno-lint-ignore no-explicit-any
      changedModel((json: any) => json.weightsManifest[0].paths[0] = "../secret.bin"),
      'names "../secret.bin", which is not a file in the same folder',
    ],
    [file("vocabulary.json", { the: 13 }), 'word "the" has row 13, but the rows are 0 to 12'],
    [file("vocabulary.json", { the: 1.5 }), 'word "the" has row 1.5, but the rows are 0 to 12'],
    [file("vocabulary.json", { the: -1 }), 'word "the" has row -1, but the rows are 0 to 12'],
    [file("vocabulary.json", { the: null }), 'word "the" has row null'],
    [file("vocabulary.json", { the: "1", a: 2 }), 'word "the" has row "1", others have numbers'],
    [file("vocabulary.json", {}), "it holds no word"],
    [file("vocabulary.json", [1, 2]), "it is a list, but neither of words nor of [word, row]"],
    [file("classes.json", ["one", "two"]), "it has 3 outputs, but 2 classes are named"],
    [file("classes.json", ["one", "one", "two"]), "it names a class twice"],
    [file("classes.json", { one: 1 }), "no class has number 0"],
    [file("classes.json", [1, 2, 3]), "it is not a list of names"],
    [file("text.json", { unknwon: 1 }), '"unknwon" is not one of tokenizer, vocabulary, classes'],
    [file("text.json", { unknown: 13 }), '"unknown" is 13, neither null nor a row'],
    [file("text.json", { paddingSide: "left" }), 'neither "post" nor "pre"'],
    [new Map(foreign[0]!).set("vocabulary.json", fuzzer.bytesOf("{")), "it is not JSON"],
    [new Map(foreign[0]!).set("classes.json", new Uint8Array([255])), "it is not UTF-8"],
    [
      new Map(exported).set("SHA256SUMS", fuzzer.bytesOf("x")),
      'Cannot read model file "SHA256SUMS": a line is not a checksum',
    ],
    [new Map(exported).set("text.json", jsonBytes({})), "it was changed or damaged"],
  ];
  for (const [files, message] of cases) {
    await assertRejects(() => loadTfjsModel(files), SyntaxError, message);
  }
  const without = (name: string) => new Map([...foreign[0]!].filter(([other]) => other !== name));
  for (const name of ["model.json", "group1-shard2of2.bin", "vocabulary.json"]) {
    await assertRejects(() => loadTfjsModel(without(name)), Deno.errors.NotFound, name);
  }
});
