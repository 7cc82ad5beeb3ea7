import { wordCnnFiles } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";
import { Child } from "../../../apps/serve/_child.ts";
import { readExplainRequest } from "../../../apps/serve/_explain_request.ts";
import { openApi } from "../../../apps/serve/_openapi.ts";
import { readOwnModel } from "../../../apps/serve/page/read_own_model.ts";
import { Session } from "../../../apps/serve/page/session.ts";
import { madeModel } from "../_made_model.ts";
import { drawWeights, savedFiles, tf, vocabulary } from "../../core/models/tfjs/_saved.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

async function infoOf(change: (model: ReturnType<typeof madeModel>) => unknown) {
  const { files } = await wordCnnFiles(madeModel());
  const read = async () => change(await readOwnModel(files) as never) as never;
  return (await Session.open(read, files, null)).info;
}

Deno.test("the page begins with the paper's explainers, or others that the model can do", async () => {
  assertEquals((await infoOf((model) => model)).usual, ["lrp", "sa"]);
  const scoresOnly = await infoOf((model) => ({
    classes: model.classes,
    notes: ["it is slow"],
    read: (text: string) => model.read(text),
    encode: model.encode.bind(model),
    scores: model.scores.bind(model),
    withoutWords: model.withoutWords.bind(model),
  }));
  assertEquals(scoresOnly.usual, ["occlusion", "lime"]);
  assertEquals(scoresOnly.notes, ["it is slow"]);
  assertEquals(scoresOnly.explainers.some(({ name }) => name === "lrp"), false);
});

Deno.test("a request that names no explainer gets that which the model can do", () => {
  const models = [{ name: "m", classes: ["a", "b"], explainer: "occlusion" }];
  const facts = { models, maxCharacters: 10 };
  assertEquals(readExplainRequest({ text: "moon" }, facts).explainer, "occlusion");
  assertEquals(readExplainRequest({ text: "moon", explainer: "sa" }, facts).explainer, "sa");
  const api = openApi({
    ...facts,
    explainers: [],
    body: { maxBytes: 1, timeout: 1 },
    timeLimit: 1,
    waitLimit: 1,
  });
  const named = JSON.stringify(api).match(
    /"explainer":\{"type":"string","enum":\[\],"default":"(\w+)"/,
  );
  assertEquals(named?.[1], "occlusion");
});

test("the server chooses for a model without layers, and tells what is to know of it", async () => {
  const inputDim = Object.keys(vocabulary).length;
  const embedding = tf.layers.embedding({ inputDim, outputDim: 2, inputShape: [null] });
  const layers = [
    embedding,
    tf.layers.gru({ units: 2, activation: "softsign" }),
    tf.layers.dense({ units: 2 }),
  ];
  const model = drawWeights(tf.sequential({ layers }), 3);
  const beside = {
    "vocabulary.json": { ...vocabulary, "far-off": inputDim + 5 },
    "classes.json": ["a", "b"],
  };
  const folder = await Deno.makeTempDir({ prefix: "heatword-tfjs-" });
  const child = await Child.start();
  try {
    for (const [name, content] of await savedFiles(model, beside)) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    const answer = await child.ask({ kind: "setup", setup: { model: folder, plugins: [] } });
    if (answer.kind !== "ready") throw new Error(JSON.stringify(answer));
    assertEquals(answer.explainer, "occlusion");
    assertEquals(
      answer.notes.map((note) => note.replace(/^.*(have further rows|shows no layers).*$/, "$1")),
      ["have further rows", "shows no layers"],
    );
  } finally {
    await child.end();
    await Deno.remove(folder, { recursive: true });
  }
});
