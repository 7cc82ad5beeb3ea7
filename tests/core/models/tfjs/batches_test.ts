// How many coalitions are scored at once goes by how long that takes, so it must change no bit.
import { Coalitions, type Model, Random } from "@heatword/core";
import {
  LayeredTfjsModel,
  loadTfjsModel,
  MaxPooledTfjsModel,
  ScoringTfjsModel,
} from "@heatword/core/tfjs";
import { assert, assertEquals } from "@std/assert";
import { kimFiles } from "./_kim_files.ts";
import { documentOf, drawWeights, recurrentModel, savedFiles, tf, words } from "./_saved.ts";

const document = documentOf([...words.slice(2), ...words.slice(4)]);

const averaging = () =>
  tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: words.length, outputDim: 5 }),
      tf.layers.conv1d({ filters: 7, kernelSize: 3, activation: "relu" }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: 3 }),
    ],
  });

const sizes = { widths: [2, 3], filters: 5, dimensions: 6, classes: 3, words: 30 };
const models = {
  recurrent: [await savedFiles(drawWeights(recurrentModel(), 1)), ScoringTfjsModel],
  averaging: [await savedFiles(drawWeights(averaging(), 2)), LayeredTfjsModel],
  "max-pooled": [kimFiles(sizes, 3), MaxPooledTfjsModel],
} as const;

for (const [name, [files, kind]] of Object.entries(models)) {
  Deno.test(`a ${name} model gives the same scores to coalitions whatever it scores with them`, async () => {
    const model = await loadTfjsModel(files, { unknown: 1 });
    assert(model instanceof kind);
    const scored: Model = model;
    const input = scored.encode(document);
    const random = new Random(4);
    const coalitions = new Coalitions(input.length, 60);
    for (let m = 0; m < 60; m++) {
      for (let t = 0; t < input.length; t++) if (random.below(3) === 0) coalitions.delete(m, t);
    }
    const classes = model.classes.length;
    const scores = await scored.scores(input, coalitions);
    assertEquals(scores.length, 60 * classes);
    for (const [from, to] of [[0, 1], [1, 2], [2, 9], [9, 60], [20, 40]] as const) {
      const part = await scored.scores(input, coalitions.slice(from, to));
      assertEquals(part, scores.slice(from * classes, to * classes), `${from} to ${to}`);
    }
    if (model instanceof ScoringTfjsModel) model.dispose();
  });
}
