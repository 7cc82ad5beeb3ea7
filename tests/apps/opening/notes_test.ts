import { loadModel, openModelAt } from "../../../apps/opening/model.ts";
import { assertEquals } from "@std/assert";
import { drawWeights, savedFiles, tf, vocabulary } from "../../core/models/tfjs/_saved.ts";
import { filesBelow, readRepositoryFile } from "../../docs/_documents.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env");

test("whoever opens a model is told its notes", async () => {
  const inputDim = Object.keys(vocabulary).length;
  const embedding = tf.layers.embedding({ inputDim, outputDim: 2, inputShape: [null] });
  const layers = [embedding, tf.layers.globalMaxPooling1d({}), tf.layers.dense({ units: 2 })];
  const folder = await Deno.makeTempDir({ prefix: "heatword-tfjs-" });
  try {
    const beside = {
      "vocabulary.json": { ...vocabulary, "far-off": inputDim + 5 },
      "classes.json": ["a", "b"],
    };
    const model = drawWeights(tf.sequential({ layers }), 3);
    for (const [name, content] of await savedFiles(model, beside)) {
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    const said: string[] = [];
    const { notes } = await loadModel({ model: folder }, (note) => said.push(note));
    await openModelAt(folder, {}, (note) => said.push(note));
    assertEquals(notes!.length, 1);
    assertEquals(said, [...notes!, ...notes!]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testPermitted("read")("programs open models in one place alone, which tells their notes", () => {
  const opens = /\b(openModel|joinModel)\b[^;]*from "@heatword\/core\/models"/;
  const places = filesBelow("apps/", ".ts").filter((path) =>
    opens.test(readRepositoryFile(path).replaceAll("\n", " "))
  );
  assertEquals(places, ["apps/opening/model.ts"]);
});
