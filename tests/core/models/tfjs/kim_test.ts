import { explain, explainAll, isBranches, isLayered, listExplainers } from "@heatword/core";
import { loadLayeredTfjsModel } from "@heatword/core/tfjs";
import { plainVectors, Vocabulary, WordCnn } from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import {
  documentOf,
  drawWeights,
  kimModel,
  predict,
  savedFiles,
  tf,
  vocabulary,
  words,
} from "./_saved.ts";
import { withEnd } from "./_random_model.ts";

const text = "the ride was long but engines never stop at sea".split(" ");
const document = documentOf(text);
const epsilon = 0.01;

/** Scores, and relevances of the words, of a network after Kim 2014 by plain loops in float64. */
function slowKim(model: tf.LayersModel, rows: readonly number[], widths: number[], target: number) {
  const read = (name: string) => {
    const layer = model.layers.find((layer) => layer.name === name)!;
    return layer.getWeights().map((weight) => [...weight.dataSync()]);
  };
  const names = (prefix: string) =>
    model.layers.map(({ name }) => name).filter((name) => name.startsWith(prefix));
  const [table] = read(names("embedding")[0]!);
  const dimensions = table!.length / words.length;
  const x = rows.map((row) => table!.slice(row * dimensions, (row + 1) * dimensions));
  const hidden: { z: number; at: number; width: number; weights: number[][]; bias: number }[] = [];
  const convolutions = names("conv1d").map(read);
  convolutions.forEach(([kernel, bias]) => {
    const filters = bias!.length;
    const width = kernel!.length / filters / dimensions;
    for (let f = 0; f < filters; f++) {
      const weights = Array.from(
        { length: width },
        (_, k) =>
          Array.from(
            { length: dimensions },
            (_, d) => kernel![(k * dimensions + d) * filters + f]!,
          ),
      );
      const windows = Array.from({ length: x.length - width + 1 }, (_, t) => {
        let z = bias![f]!;
        weights.forEach((row, k) => row.forEach((w, d) => z += w * x[t + k]![d]!));
        return z;
      });
      const z = Math.max(...windows);
      hidden.push({ z, at: windows.indexOf(z), width, weights, bias: bias![f]! });
    }
  });
  assertEquals([...new Set(hidden.map(({ width }) => width))], widths);
  const [kernel, bias] = read(names("dense")[0]!);
  const classes = bias!.length;
  const scores = bias!.map((b, c) =>
    hidden.reduce((sum, { z }, j) => sum + Math.max(0, z) * kernel![j * classes + c]!, b)
  );
  const score = scores[target]!;
  const sign = score >= 0 ? 1 : -1;
  const relevance = x.map((row) => row.map(() => 0));
  hidden.forEach(({ z, at, width, weights, bias: b }, j) => {
    const part = Math.max(0, z) * kernel![j * classes + target]!;
    const share = (bias![target]! + sign * epsilon) / hidden.length;
    const received = (part + share) / (score + sign * epsilon) * score;
    const s = z >= 0 ? epsilon : -epsilon;
    weights.forEach((row, k) =>
      row.forEach((w, d) => {
        const contribution = w * x[at + k]![d]! + (b + s) / (width * dimensions);
        relevance[at + k]![d]! += contribution / (z + s) * received;
      })
    );
  });
  return { scores, words: relevance.map((row) => row.reduce((sum, value) => sum + value, 0)) };
}

Deno.test("a network after Kim 2014 has the scores of tfjs and of plain loops", async () => {
  for (const seed of [1, 2, 3]) {
    const kim = drawWeights(kimModel(), seed);
    const model = await loadLayeredTfjsModel(await savedFiles(kim));
    assert(isLayered(model));
    assert(isBranches(model.layers[0]!));
    const input = model.encode(document);
    const rows = text.map((word) => vocabulary[word]!);
    const slow = slowKim(kim, rows, [2, 3, 4], 0);
    model.scores(input).forEach((score, c) => assertAlmostEquals(score, slow.scores[c]!, 1e-5));
    const expected = predict(kim, rows);
    withEnd(slow.scores, "softmax").forEach((p, c) => assertAlmostEquals(p, expected[c]!, 1e-6));
  }
});

Deno.test("a network after Kim 2014 has the relevances of plain loops", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const kim = drawWeights(kimModel(), seed);
    const model = await loadLayeredTfjsModel(await savedFiles(kim));
    const input = model.encode(document);
    const at = model.withVectors(input, Float64Array.from(input.vectors));
    const rows = text.map((word) => vocabulary[word]!);
    for (const target of [0, 1, 2]) {
      const slow = slowKim(kim, rows, [2, 3, 4], target);
      const own = (await explain("lrp", model, at, target, { epsilon })).words;
      const scale = Math.max(1, ...slow.words.map(Math.abs));
      own.forEach((value, t) => assertLess(Math.abs(value - slow.words[t]!), 1e-9 * scale));
    }
  }
});

Deno.test("filters of one width side by side are one convolution of all filters", async () => {
  const kim = drawWeights(kimModel({ widths: [2, 2], filters: 4 }), 7);
  const model = await loadLayeredTfjsModel(await savedFiles(kim));
  const [table, firstKernel, firstBias, secondKernel, secondBias, denseKernel, denseBias] = kim
    .getWeights().map((weight) => Float32Array.from(weight.dataSync()));
  const interleave = (one: Float32Array, other: Float32Array) =>
    Float32Array.from({ length: 2 * one.length }, (_, i) => {
      const from = i % 8 < 4 ? one : other;
      return from[Math.floor(i / 8) * 4 + i % 4]!;
    });
  const single = new WordCnn({
    classes: model.classes,
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(table!, 6),
    convolutionWeights: interleave(firstKernel!, secondKernel!),
    convolutionBias: Float32Array.from([...firstBias!, ...secondBias!]),
    denseWeights: denseKernel!,
    denseBias: denseBias!,
  });
  for (
    const name of ["lrp", "sa", "gradient-input", "deeplift", "occlusion", "integrated-gradients"]
  ) {
    for (const target of [1, { of: 0, against: 2 }]) {
      const one = (await explain(name, model, model.encode(document), target)).words;
      const other = (await explain(name, single, single.encode(document), target)).words;
      const scale = Math.max(1, ...other.map(Math.abs));
      one.forEach((value, t) => assertLess(Math.abs(value - other[t]!), 1e-4 * scale, name));
    }
  }
});

Deno.test("one convolution of width two is a word-CNN, with exact Shapley values", async () => {
  const tiny = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: words.length, outputDim: 5 }),
      tf.layers.conv1d({ filters: 7, kernelSize: 2, activation: "relu" }),
      tf.layers.globalMaxPooling1d({}),
      tf.layers.dense({ units: 3 }),
    ],
  });
  const [table, convolutionWeights, convolutionBias, denseWeights, denseBias] = drawWeights(tiny, 4)
    .getWeights().map((weight) => Float32Array.from(weight.dataSync()));
  const model = await loadLayeredTfjsModel(await savedFiles(tiny));
  const single = new WordCnn({
    classes: model.classes,
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(table!, 5),
    convolutionWeights: convolutionWeights!,
    convolutionBias: convolutionBias!,
    denseWeights: denseWeights!,
    denseBias: denseBias!,
  });
  for (const name of ["shapley", "lrp", "deeplift"]) {
    const one = (await explain(name, model, model.encode(document), 2)).words;
    const other = (await explain(name, single, single.encode(document), 2)).words;
    one.forEach((value, t) => assertAlmostEquals(value, other[t]!, 1e-5, name));
  }
});

Deno.test("every explainer takes a network after Kim 2014", async () => {
  const model = await loadLayeredTfjsModel(await savedFiles(drawWeights(kimModel(), 2)));
  for (const { name } of listExplainers()) {
    for (const list of [text, ["ride"], ["unheard-of", "ride", "unheard-of"], []]) {
      const input = model.encode(documentOf(list));
      for (const { words } of await explainAll(name, model, input, [0, { of: 1, against: 2 }])) {
        assertEquals(words.length, input.length);
        assert(words.every(Number.isFinite), name);
      }
    }
  }
});

Deno.test("texts shorter than the longest filter are padded with zero vectors", async () => {
  const kim = drawWeights(kimModel({ widths: [2, 5] }), 2);
  const model = await loadLayeredTfjsModel(await savedFiles(kim), { unknown: null });
  const input = model.encode(documentOf(["ride", "nowhere"]));
  assertEquals([...input.rows!], [vocabulary.ride, -1, -1, -1, -1]);
  assertEquals(input.vectors.slice(model.dimensions).every((value) => value === 0), true);
  const none = model.encode(documentOf([]));
  assertEquals([none.length, model.scores(none).length], [5, 3]);
  const relevance = await explain("lrp", model, input, 1);
  const total = relevance.words.reduce((sum, value) => sum + value);
  assertAlmostEquals(total, relevance.score, 1e-5);
});
