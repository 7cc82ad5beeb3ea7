import { explain } from "@heatword/core";
import {
  CharCnn,
  charCnnFiles,
  loadCharCnn,
  readCharCnn,
  saveCharCnn,
} from "@heatword/core/char-cnn";
import { modelFolder, openModel } from "@heatword/core/models";
import { lrp } from "@heatword/explainers/lrp";
import { assert, assertEquals, assertRejects } from "@std/assert";
import "@heatword/datasets/tokenizers";
import { openReader, Random } from "@heatword/core";
import { testPermitted } from "../../../_skip.ts";
import { madeModel, madeText } from "./_made_model.ts";

const test = testPermitted("read", "write");

async function readableModel(): Promise<CharCnn> {
  const reader = await openReader({ tokenizer: "whitespace", options: {} });
  return new CharCnn({ ...madeModel({ single: true }).parameters, reader });
}

test("saveCharCnn() writes what loadCharCnn() reads, the same bytes each time", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const model = await readableModel();
    const training = { seed: 3, corpus: "made" };
    await saveCharCnn(folder, model, { training });
    const { model: back, training: told } = await loadCharCnn(folder);
    assertEquals(told, training);
    const text = madeText(5, 12);
    const input = back.encode(back.read(text));
    assertEquals(back.scores(input), model.scores(model.encode(model.read(text))));
    assertEquals(back.knownWords(input), model.knownWords(model.encode(model.read(text))));
    const { files } = await charCnnFiles(back, { training });
    for (const [name, content] of files) {
      assertEquals(await Deno.readFile(`${folder}/${name}`), content);
    }
    const { format, files: listed } = await modelFolder(folder);
    assertEquals(format, "heatword-char-cnn");
    assertEquals(listed.map(({ name }) => name).sort(), [...files.keys()].sort());
    const opened = await openModel(folder);
    assert(opened instanceof CharCnn);
    const one = await explain(lrp, opened, opened.encode(opened.read(text)), 1);
    const other = await explain(lrp, model, model.encode(model.read(text)), 1);
    assertEquals(one.words, other.words);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readCharCnn() finds any changed bit, and what does not fit", async () => {
  const { files } = await charCnnFiles(await readableModel());
  const random = new Random(1);
  const names = [...files.keys()];
  for (let i = 0; i < 60; i++) {
    const name = names[i % names.length]!;
    const content = files.get(name)!.slice();
    content[random.below(content.length)]! ^= 1 << random.below(8);
    await assertRejects(
      () => readCharCnn((one) => Promise.resolve(one === name ? content : files.get(one)!)),
      SyntaxError,
    );
  }
});

test("saveCharCnn() refuses what float32 would round, and leaves what was there", async () => {
  const folder = await Deno.makeTempDir();
  const model = madeModel({ single: true });
  await saveCharCnn(folder, model);
  const before = await Deno.readTextFile(`${folder}/model.json`);
  const exact = madeModel();
  const { vectors } = exact.parameters;
  for (const one of [exact, new CharCnn({ ...model.parameters, vectors })]) {
    await assertRejects(() => saveCharCnn(folder, one), TypeError, "Cannot save a float64 model");
  }
  assertEquals(await Deno.readTextFile(`${folder}/model.json`), before);
  await Deno.remove(folder, { recursive: true });
});
