import { Random } from "@heatword/core";
import { readWordCnn, vectorsToArray, type WordCnn, wordCnnFiles } from "@heatword/core/word-cnn";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fuzzer from "../../_fuzzer.ts";

const known = "the a ride was long but engines never stop".split(" ");

const storages = [
  { vectors: "float32" },
  { vectors: "int8" },
  { vectors: "int4", network: "int8" },
] as const;
const formats = await Promise.all(storages.map(async (storage) => {
  const options = { ...storage, training: { seed: 1, data: { documents: 9 } } };
  return (await wordCnnFiles(fuzzer.fuzzedWordCnn(known), options)).files;
}));

const load = (files: fuzzer.Files) =>
  readWordCnn((name) => {
    const content = files.get(name);
    if (content) return Promise.resolve(content);
    throw new Deno.errors.NotFound(`Cannot find a model: "${name}" is missing`);
  });

/** Loads, and gives the model or an error that tells what is wrong. */
async function tryLoad(files: fuzzer.Files, what: string): Promise<WordCnn | undefined> {
  try {
    return (await load(files)).model;
  } catch (error) {
    assert(fuzzer.isClear(error), `${what}: ${error instanceof Error ? error.stack : error}`);
  }
}

/** Sees that what was loaded is a whole model. */
function checkWhole(model: WordCnn, what: string): void {
  const rows = Array.from({ length: 5 }, (_, i) => i % Math.max(1, model.vectors.size) - 1);
  const scores = model.scores(model.inputFromRows(rows));
  assertEquals(scores.length, model.classes.length, what);
  assertEquals(model.vocabulary.size, model.vectors.size, what);
  assert(vectorsToArray(model.vectors).every(Number.isFinite), what);
  for (const values of Object.values(model.weights)) {
    assert((values as Float32Array).every(Number.isFinite), what);
  }
}

Deno.test("readWordCnn() finds any damage of 4,000 damaged models", async () => {
  const random = new Random(20);
  for (let i = 0; i < 4000; i++) {
    const files = fuzzer.pick(random, formats);
    const damaged = fuzzer.damageFiles(random, files);
    const model = await tryLoad(damaged, `case ${i}`);
    assertEquals(model !== undefined, fuzzer.isUnchanged(files, damaged), `case ${i}`);
  }
});

Deno.test("readWordCnn() finds every flipped bit", async () => {
  for (const files of formats) {
    for (const [what, changed] of fuzzer.flippedBits(files)) {
      assertEquals(await tryLoad(changed, what), undefined, what);
    }
  }
});

Deno.test("readWordCnn() checks the fields of 4,000 headers that are damaged on purpose", async () => {
  const random = new Random(21);
  let refused = 0;
  for (let i = 0; i < 4000; i++) {
    const files = fuzzer.pick(random, formats);
    let header: unknown = JSON.parse(fuzzer.textOf(files.get("model.json")!));
    for (let more = random.below(2); more >= 0; more--) header = fuzzer.damageJson(random, header);
    const bytes = await fuzzer.sealed(header);
    const model = await tryLoad(new Map(files).set("model.json", bytes), `case ${i}`);
    if (model) checkWhole(model, `case ${i}: ${JSON.stringify(header)}`);
    else refused++;
  }
  // What may change: names of classes, and what is told of the training.
  assert(refused > 3000, `only ${refused} refused`);
});

Deno.test("readWordCnn() checks the numbers and words of 2,000 files with fitting checksums", async () => {
  const random = new Random(22);
  for (let i = 0; i < 2000; i++) {
    const files = fuzzer.pick(random, formats);
    const header = JSON.parse(fuzzer.textOf(files.get("model.json")!));
    const role = fuzzer.pick(random, ["vocabulary", "vectors", "network"]);
    const entry = header.files[role];
    const content = files.get(entry.name)!;
    const damaged = random.below(2)
      ? fuzzer.damageNumbers(random, content)
      : fuzzer.damageFiles(random, new Map([["only", content]])).get("only") ?? content;
    entry.sha256 = await fuzzer.sha256(damaged);
    if (random.below(2)) entry.bytes = damaged.length;
    const changed = new Map(files).set("model.json", await fuzzer.sealed(header)).set(
      entry.name,
      damaged,
    );
    const model = await tryLoad(changed, `case ${i}`);
    if (model) checkWhole(model, `case ${i}`);
  }
});

Deno.test("readWordCnn() refuses NaN and infinity in every array", async () => {
  for (const files of formats) {
    const header = JSON.parse(fuzzer.textOf(files.get("model.json")!));
    for (const { name, file, type, shape, offset } of header.tensors) {
      if (type !== "float32") continue;
      const size = shape.reduce((product: number, n: number) => product * n, 1);
      for (const value of [NaN, Infinity, -Infinity]) {
        for (const index of [0, size - 1]) {
          const changed = structuredClone(header);
          const content = files.get(header.files[file].name)!.slice();
          new DataView(content.buffer).setFloat32(offset + 4 * index, value, true);
          changed.files[file].sha256 = await fuzzer.sha256(content);
          const damaged = new Map(files).set("model.json", await fuzzer.sealed(changed))
            .set(header.files[file].name, content);
          const message = `Cannot read model: "${name}" holds NaN or infinity`;
          await assertRejects(() => load(damaged), SyntaxError, message);
        }
      }
    }
  }
});

Deno.test("readWordCnn() names the field of the header that is wrong", async () => {
  const [files] = formats;
  // The checksum must stay the last field.
  const wide = (convolutions: unknown) => ({ checksum, ...header }: Record<string, unknown>) => {
    return { ...header, version: 2, convolutions, checksum };
  };
  const { filters } = JSON.parse(fuzzer.textOf(files!.get("model.json")!));
  const cases: [(header: Record<string, unknown>) => unknown, string][] = [
    [(h) => ({ ...h, format: "onnx" }), '"format" is not "heatword-word-cnn"'],
    [(h) => ({ ...h, version: 3 }), 'this program reads version 1 or 2, not "3"'],
    [(h) => ({ ...h, version: 2 }), '"convolutions" is not a list'],
    [wide([]), '"convolutions" is not a list'],
    [wide([{ width: 1.5, filters: 5 }]), '"convolutions" holds something that is not one'],
    [wide([null]), '"convolutions" holds something that is not one'],
    [wide([{ width: 2, filters: 1e9 }]), 'as many filters as "filters" says'],
    [wide([{ width: 3, filters }]), '"tensors" does not fit the sizes of the model'],
    [(h) => ({ ...h, classes: [] }), '"classes" is not a list of names'],
    [(h) => ({ ...h, classes: ["one", "one", "two"] }), '"classes" names a class twice'],
    [(h) => ({ ...h, words: -1 }), '"words" is not a whole number'],
    [(h) => ({ ...h, words: 8 }), '"tensors" does not fit the sizes of the model'],
    [(h) => ({ ...h, dimensions: 0 }), '"dimensions" is not a positive whole number'],
    [(h) => ({ ...h, filters: 4.5 }), '"filters" is not a positive whole number'],
    [(h) => ({ ...h, width: 3 }), '"width" is not 2'],
    [(h) => ({ ...h, training: [] }), '"training" is not an object'],
    [(h) => ({ ...h, tensors: {} }), 'the type of "vectors" is none of'],
    [(h) => ({ ...h, files: { ...h.files as object, network: 3 } }), '"files.network" is missing'],
  ];
  for (const name of ["../model.bin", "", "a/b", "a\nb"]) {
    cases.push([(h) => {
      const header = structuredClone(h) as unknown as { files: { vectors: { name: string } } };
      header.files.vectors.name = name;
      return header;
    }, '"files.vectors.name" is not a plain file name']);
  }
  for (const [change, message] of cases) {
    const header = change(JSON.parse(fuzzer.textOf(files!.get("model.json")!)));
    const changed = new Map(files!).set("model.json", await fuzzer.sealed(header));
    await assertRejects(() => load(changed), SyntaxError, message);
  }
});
