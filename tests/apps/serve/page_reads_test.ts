import { unseenParts } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { loadTfjsModel } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { unknownTokens } from "@heatword/eval/explanations";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";
import { Session } from "../../../apps/serve/page/session.ts";
import { drawWeights, savedFiles, tf, vocabulary } from "../../core/models/tfjs/_saved.ts";
import { testPermitted } from "../../_skip.ts";

const [first, second] = Object.keys(vocabulary).filter((word) => /^[a-z]+$/.test(word));
const text = `So ${first}! 5 zzz ${second}, ${first} שלום £7 (${second}).`;

testPermitted("read", "write")(
  "the page reads by the model's own tokenizer and limit",
  async (t) => {
    const readings: Record<string, unknown> = {
      unicode: { tokenizer: "unicode" },
      keras: { tokenizer: { name: "keras", filters: "!,.()" }, maxWords: 5 },
      "the last words": { tokenizer: "unicode", maxWords: 3, truncatingSide: "pre" },
      "dropped words": { tokenizer: "newsgroups", unknown: "drop" },
      characters: { tokenizer: "characters", maxWords: 9 },
    };
    const inputDim = Object.keys(vocabulary).length;
    for (const [name, reading] of Object.entries(readings)) {
      await t.step(name, async () => {
        const embedding = tf.layers.embedding({ inputDim, outputDim: 2, inputShape: [null] });
        const layers = [embedding, tf.layers.globalMaxPooling1d({}), tf.layers.dense({ units: 2 })];
        const saved = drawWeights(tf.sequential({ layers }), 3);
        const beside = {
          "vocabulary.json": vocabulary,
          "classes.json": ["a", "b"],
          "text.json": reading,
        };
        const folder = await Deno.makeTempDir({ prefix: "heatword-tfjs-" });
        try {
          const files = new Map(await savedFiles(saved, beside));
          for (const [name, content] of files) await Deno.writeFile(`${folder}/${name}`, content);
          const model = await openModel(folder);
          const document = model.read(text);
          const read = (files: ReadonlyMap<string, Uint8Array>, resources = {}) =>
            loadTfjsModel(files as never, {}, resources);
          const session = await Session.open(read as never, files, null);
          const found = await session.classify({ text, deleted: [] });
          assertEquals([...found.starts], document.tokens.map(({ start }) => start));
          assertEquals([...found.ends], document.tokens.map(({ end }) => end));
          assertEquals(found.unseen, unseenParts(document));
          assertEquals(found.truncated, document.truncated);
          const unknown = unknownTokens(model.encode(document), document.tokens.length);
          assertEquals([...found.unknown.keys()].filter((t) => found.unknown[t] === 1), unknown);
          assertEquals(found.scores, Float64Array.from(await model.scores(model.encode(document))));
          assertEquals(
            found.cut,
            name === "the last words" ? "start" : document.truncated ? "end" : undefined,
          );
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      });
    }
  },
);
