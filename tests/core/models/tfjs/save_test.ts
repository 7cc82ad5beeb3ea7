import { explainAll, Random } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { loadLayeredTfjsModel, saveTfjsModel, tfjsFiles } from "@heatword/core/tfjs";
import {
  plainVectors,
  quantizedVectors,
  quantizeVectors,
  saveWordCnn,
  Vocabulary,
  WordCnn,
  wordCnnFromWeights,
} from "@heatword/core/word-cnn";
import "@heatword/explainers";
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { documentOf, tf } from "./_saved.ts";
import { inFolder, namesIn } from "../../../_in_folder.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const known = "a the Ride was long engines never stop 1992 __proto__ naïve 日本".split(" ");

/** A word-CNN with drawn weights. */
function drawnModel(seed: number, { dimensions = 5, filters = 8, int8 = false } = {}): WordCnn {
  const random = new Random(seed);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal() * 0.5);
  const vectors = plainVectors(draw(known.length * dimensions), dimensions);
  return new WordCnn({
    classes: ["sci.space", "sci.med", "rec.autos"],
    vocabulary: new Vocabulary(known),
    vectors: int8 ? quantizedVectors(quantizeVectors(vectors), dimensions) : vectors,
    convolutionWeights: draw(2 * dimensions * filters),
    convolutionBias: draw(filters),
    denseWeights: draw(filters * 3),
    denseBias: draw(3),
  });
}

/** A word-CNN with drawn weights and filters of several widths. */
function wideModel(seed: number, widths: readonly number[]): WordCnn {
  const [dimensions, filters] = [5, 4];
  const random = new Random(seed);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal() * 0.5);
  const columns = widths.reduce((sum, width) => sum + width * filters, 0);
  return new WordCnn({
    classes: ["sci.space", "sci.med", "rec.autos"],
    vocabulary: new Vocabulary(known),
    vectors: plainVectors(draw(known.length * dimensions), dimensions),
    convolutions: widths.map((width) => ({ width, filters })),
    convolutionWeights: draw(columns * dimensions),
    convolutionBias: draw(filters * widths.length),
    denseWeights: draw(filters * widths.length * 3),
    denseBias: draw(3),
  });
}

/** What a model was made of. */
function parametersOf({ classes, vocabulary, vectors, weights }: WordCnn) {
  return { classes, vocabulary, vectors, ...weights };
}

const texts = [
  ["the", "Ride", "was", "long", "1992", "__proto__", "unheard-of", "engines", "never", "stop"],
  ["ride", "THE"],
  ["naïve"],
  [],
  ["日本", "日本", "nowhere", "日本", "a"],
];

/** The way tf.loadLayersModel reads files, without the file system of Node. */
function folderHandler(folder: string): tf.io.IOHandler {
  return {
    load: async () => {
      const json = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
      return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const [{ paths, weights }] = manifest as [tf.io.WeightsManifestConfig[number]];
        const shards = await Promise.all(paths.map((path) => Deno.readFile(`${folder}/${path}`)));
        return [weights, tf.io.CompositeArrayBuffer.join(shards.map(({ buffer }) => buffer))];
      });
    },
  };
}

test("saveTfjsModel() writes a model that tf.loadLayersModel runs with the same scores", async () => {
  await inFolder(async (folder) => {
    const models = [
      ...[false, true].map((int8) => drawnModel(1, { int8 })),
      wideModel(1, [3]),
      wideModel(4, [2, 1, 3]),
    ];
    for (const [i, model] of models.entries()) {
      const place = `${folder}/model-${i}`;
      await saveTfjsModel(place, model);
      const library = await tf.loadLayersModel(folderHandler(place));
      const vocabulary = JSON.parse(await Deno.readTextFile(`${place}/vocabulary.json`));
      const classes = JSON.parse(await Deno.readTextFile(`${place}/classes.json`));
      assertEquals(classes, model.classes);
      assertEquals(Object.keys(vocabulary).toSorted(), known.toSorted());
      for (const words of texts) {
        const rows = words.map((word) =>
          Object.hasOwn(vocabulary, word)
            ? vocabulary[word]
            : Object.hasOwn(vocabulary, word.toLowerCase())
            ? vocabulary[word.toLowerCase()]
            : 0
        );
        while (rows.length < Math.max(...model.filterBank.widths)) rows.push(0);
        const output = library.predict(tf.tensor2d([rows])) as tf.Tensor;
        const own = model.scores(model.encode(documentOf(words)));
        output.dataSync().forEach((score, c) => assertLess(Math.abs(score - own[c]!), 1e-5));
      }
      library.dispose();
    }
  });
});

Deno.test("an exported model comes back with the same scores and relevances", async () => {
  const models = [
    ...[false, true].map((int8) => drawnModel(2, { int8 })),
    wideModel(2, [3]),
    wideModel(3, [1, 2, 3]),
  ];
  for (const model of models) {
    const back = await loadLayeredTfjsModel(await tfjsFiles(model));
    assertEquals(back.classes, model.classes);
    for (const words of texts) {
      const [input, other] = [model, back].map((one) => one.encode(documentOf(words)));
      assertEquals(other!.length, input!.length);
      assertEquals(other!.vectors, input!.vectors);
      // An unknown word is none here too, and can be told as such.
      const unknown = ({ rows }: { rows?: Int32Array }) => Array.from(rows!, (row) => row < 0);
      assertEquals(unknown(other!), unknown(input!));
      const scores = back.scores(other!);
      model.scores(input!).forEach((score, c) => assertLess(Math.abs(score - scores[c]!), 1e-6));
      for (
        const name of ["lrp", "sa", "deeplift", "shapley", "occlusion", "integrated-gradients"]
      ) {
        const targets = [0, 2, { of: 1, against: 0 }];
        const expected = await explainAll(name, model, input!, targets);
        (await explainAll(name, back, other!, targets)).forEach((relevance, i) => {
          relevance.words.forEach((value, t) => {
            assertLess(Math.abs(value - expected[i]!.words[t]!), 1e-5, name);
          });
          const shown = relevance.ledger?.map(({ layer, rule }) => [layer, rule]);
          assertEquals(shown, expected[i]!.ledger?.map(({ layer, rule }) => [layer, rule]));
        });
      }
    }
  }
});

test("tfjsFiles() lists checksums that sha256sum takes, and cuts weights into files", async () => {
  const model = drawnModel(3, { dimensions: 300, filters: 2000 });
  const files = await tfjsFiles(model);
  const names = [...files.keys()];
  assert(names.includes("group1-shard1of2.bin") && names.includes("group1-shard2of2.bin"));
  await inFolder(async (folder) => {
    await saveTfjsModel(folder, model);
    const { success } = await new Deno.Command("sha256sum", {
      args: ["--check", "--strict", "--quiet", "SHA256SUMS"],
      cwd: folder,
    }).output();
    assert(success);
    const listed = (await Deno.readTextFile(`${folder}/SHA256SUMS`)).trim().split("\n")
      .map((line) => line.slice(66));
    assertEquals([...listed, "SHA256SUMS"].toSorted(), names.toSorted());
    const back = await loadLayeredTfjsModel(folder);
    const scores = back.scores(back.encode(documentOf(texts[0]!)));
    model.scores(model.encode(documentOf(texts[0]!))).forEach((score, c) => {
      assertLess(Math.abs(score - scores[c]!), 1e-5 * Math.max(1, Math.abs(score)));
    });
  });
});

test("saveTfjsModel() replaces an older export as a whole", async () => {
  await inFolder(async (folder) => {
    const place = `${folder}/model`;
    await saveTfjsModel(place, drawnModel(4, { dimensions: 300, filters: 2000 }));
    const smaller = drawnModel(5);
    await saveTfjsModel(`${place}/`, smaller);
    const names = Array.from(Deno.readDirSync(place), ({ name }) => name).toSorted();
    assertEquals(names, [...(await tfjsFiles(smaller)).keys()].toSorted());
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["model"]);
    assertEquals((await loadLayeredTfjsModel(place)).dimensions, 5);
  });
});

test("saveTfjsModel() leaves folders alone that hold other files", async () => {
  await inFolder(async (folder) => {
    const model = drawnModel(4);
    for (const other of ["notes.txt", "weights.bin"]) {
      const place = `${folder}/${other}.d`;
      await Deno.mkdir(place);
      await Deno.writeTextFile(`${place}/${other}`, "mine");
      await assertRejects(
        () => saveTfjsModel(place, model),
        Deno.errors.AlreadyExists,
        "the folder holds other files",
      );
      assertEquals(Array.from(Deno.readDirSync(place), ({ name }) => name), [other]);
    }
    await Deno.writeTextFile(`${folder}/file`, "mine");
    await assertRejects(() => saveTfjsModel(`${folder}/file`, model), Error, "it is a file");
    await assertRejects(() => saveTfjsModel(`${folder}/file/model`, model));
    assertEquals(await Deno.readTextFile(`${folder}/file`), "mine");
    assertEquals(namesIn(folder), ["file", "notes.txt.d", "weights.bin.d"]);
  });
});

Deno.test("tfjsFiles() refuses float64", async () => {
  const ones = (count: number) => new Float64Array(count).fill(1);
  const model = wordCnnFromWeights({
    convolutionWeights: ones(2),
    convolutionBias: ones(1),
    denseWeights: ones(2),
    denseBias: ones(2),
  });
  await assertRejects(() => tfjsFiles(model), TypeError, "convert it to float32 first");
});

test("openModel() takes either format", async () => {
  await inFolder(async (folder) => {
    const model = drawnModel(6);
    await saveWordCnn(`${folder}/own`, model);
    await saveTfjsModel(`${folder}/tfjs`, model);
    const document = documentOf(texts[0]!);
    for (const name of ["own", "tfjs/"]) {
      const opened = await openModel(`${folder}/${name}`);
      const scores = await opened.scores(opened.encode(document));
      model.scores(model.encode(document)).forEach((score, c) => {
        assertLess(Math.abs(score - scores[c]!), 1e-6);
      });
    }
    await assertRejects(() => openModel(`${folder}/none`), Deno.errors.NotFound, "model.json");
    await Deno.mkdir(`${folder}/broken`);
    await Deno.writeTextFile(`${folder}/broken/model.json`, "{");
    await assertRejects(() => openModel(`${folder}/broken`), SyntaxError, "it is not JSON");
  });
});

Deno.test("an exported model says how it reads, and one exported before that reads as it did", async () => {
  const files = await tfjsFiles(drawnModel(3));
  const stored = JSON.parse(new TextDecoder().decode(files.get("text.json")));
  const first = { tokenizer: "newsgroups", options: {}, maxWords: 400 };
  assertEquals([stored.tokenizer, stored.maxWords], ["newsgroups", 400]);
  assertEquals((await loadLayeredTfjsModel(files)).reader.reading, first);
  files.delete("SHA256SUMS");
  const before = JSON.stringify({ unknown: 0, padding: 0, paddingSide: "post" });
  files.set("text.json", new TextEncoder().encode(before));
  assertEquals((await loadLayeredTfjsModel(files)).reader.reading, first);
  const own = new WordCnn({
    ...parametersOf(drawnModel(3)),
    reader: {
      reading: { tokenizer: "unicode", options: { lower: true }, maxWords: 9 },
      read: (text) => ({ text, tokens: [] }),
    },
  });
  const { tokenizer, maxWords } = JSON.parse(
    new TextDecoder().decode((await tfjsFiles(own)).get("text.json")),
  );
  assertEquals([tokenizer, maxWords], [{ name: "unicode", lower: true }, 9]);
});
