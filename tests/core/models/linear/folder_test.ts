import { openReader } from "@heatword/core";
import {
  featureKinds,
  linearFiles,
  loadLinear,
  readLinear,
  saveLinear,
} from "@heatword/core/linear";
import { trainLinear } from "@heatword/core/linear";
import { kindOfModel, openModel } from "@heatword/core/models";
import { saveWordCnn, wordCnnFromWeights } from "@heatword/core/word-cnn";
import "@heatword/datasets/tokenizers";
import { assertEquals, assertRejects } from "@std/assert";
import { testPermitted } from "../../../_skip.ts";
import { classes, madeDocuments } from "./_made.ts";

const test = testPermitted("read", "write");

const odd = { label: 0, words: ["line\nbreak", "🚀", "ta\tb", '"', "\ud800"] };
const documents = [...madeDocuments(24), odd, odd];
const reader = await openReader({ tokenizer: "unicode", options: { lower: true } });
const model = trainLinear({ classes, documents, features: featureKinds, cost: 10, reader });

test("a linear model comes back from its folder as it was", async () => {
  const folder = await Deno.makeTempDir();
  await saveLinear(folder, model, { training: { note: "x" } });
  const { model: back, training } = await loadLinear(folder);
  assertEquals(training, { note: "x" });
  assertEquals({ ...back.parameters, reader: 0 }, { ...model.parameters, reader: 0 });
  assertEquals(back.reader.reading, { tokenizer: "unicode", options: { lower: true } });
  assertEquals((await kindOfModel(folder))?.name, "linear");
  const opened = await openModel(folder);
  const scores = await opened.scores(opened.encode(opened.read("Bread of a TREE")));
  assertEquals(scores, model.scores(model.encode(model.read("Bread of a TREE"))));
  await Deno.remove(folder, { recursive: true });
});

test("saving over another model leaves nothing of it, and other files alone", async () => {
  const folder = await Deno.makeTempDir();
  const names = async () => (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  await Deno.writeTextFile(`${folder}/notes-00000000.txt`, "mine");
  const cnn = wordCnnFromWeights({
    convolutionWeights: new Float32Array(4),
    convolutionBias: new Float32Array(1),
    denseWeights: new Float32Array(2),
    denseBias: new Float32Array(2),
  });
  await saveWordCnn(folder, cnn);
  await saveLinear(folder, model);
  const files = [...(await linearFiles(model)).files.keys()];
  assertEquals((await names()).sort(), [...files, "notes-00000000.txt"].sort());
  assertEquals((await kindOfModel(folder))?.name, "linear");
  await saveWordCnn(folder, cnn);
  assertEquals((await kindOfModel(folder))?.name, "word-cnn");
  const header = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
  const cnnFiles = ["vocabulary", "vectors", "network"].map((role) => header.files[role].name);
  assertEquals((await names()).sort(), [...cnnFiles, "model.json", "notes-00000000.txt"].sort());
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readLinear() finds damage, and says where it is", async () => {
  const { files } = await linearFiles(model);
  const [features, weights] = files.keys();
  const reads = (change: Record<string, (bytes: Uint8Array) => Uint8Array>) =>
    readLinear((name) => {
      const content = files.get(name)!.slice();
      return Promise.resolve(change[name]?.(content) ?? content);
    });
  await reads({});
  const flip = (at: number) => (bytes: Uint8Array) => {
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    return bytes;
  };
  const fails = async (change: Parameters<typeof reads>[0], why: string) => {
    await assertRejects(() => reads(change), SyntaxError, why);
  };
  await fails({ [features!]: flip(5) }, `"${features}": its checksum does not fit`);
  await fails({ [weights!]: flip(-1) }, `"${weights}": its checksum does not fit`);
  await fails({ [weights!]: (bytes) => bytes.slice(1) }, `bytes, not `);
  await fails({ "model.json": flip(200) }, "Cannot read model header");
});
