// How a classifier is trained, step by step: what is held out, how vectors are scaled, which epoch
// is taken. Each is compared with a plain account of it.
import { Random } from "@heatword/core";
import {
  loadWordCnn,
  plainVectors,
  readHyperparameters,
  trainWordCnn,
  Vocabulary,
} from "@heatword/core/word-cnn";
import { NamedVectors } from "@heatword/datasets/vectors";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { split } from "../../../apps/training/held_out.ts";
import { getModel, type Recipe, scaledToNorm } from "../../../apps/training/model.ts";
import { fullRecipe } from "../../../apps/training/recipe.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const classes = ["sci.med", "sci.space"];
const words = ["orbit", "moon", "doctor", "drug", "the", "of"];

/** Noisy documents, in an order that is neither that of their numbers nor that of their classes. */
function madeDocuments(count: number): CompactDocument[] {
  const random = new Random(4);
  const numbers = random.shuffle(Array.from({ length: count }, (_, i) => 9000 + 37 * i));
  return numbers.map((number, i) => {
    const label = i % 3 === 0 ? 1 : 0;
    const own = label === 1 ? [0, 1] : [2, 3];
    const length = 2 + random.below(5);
    const drawn = Array.from(
      { length },
      () => random.uniform() < 0.35 ? own[random.below(2)]! : random.below(words.length),
    );
    return {
      id: `${classes[label]}/${number}`,
      label,
      words: drawn.map((row) => words[row]).join(" "),
      length,
    };
  });
}

Deno.test("fullRecipe holds out 15 % and scales vectors to a norm of 3", () => {
  assertEquals([fullRecipe.heldOut, fullRecipe.norm], [0.15, 3]);
  const { epochs, schedule } = readHyperparameters(fullRecipe.hyperparameters);
  assertEquals([epochs, schedule], [12, "cosine"]);
});

Deno.test("split() holds out the latest part of each class by the numbers of the articles", () => {
  const documents = madeDocuments(100);
  const [learned, heldOut] = split(documents, 0.15);
  assertEquals(learned.length + heldOut.length, 100);
  for (const label of [0, 1]) {
    const numbers = (list: CompactDocument[]) =>
      list.filter((d) => d.label === label).map(({ id }) => Number(id.split("/")[1]));
    const ofClass = numbers(documents).length;
    assertEquals(numbers(heldOut).length, Math.floor(0.15 * ofClass));
    assert(Math.max(...numbers(learned)) < Math.min(...numbers(heldOut)));
  }
  // Both parts stay in the order of the documents.
  const place = (document: CompactDocument) => documents.indexOf(document);
  for (const part of [learned, heldOut]) {
    assertEquals(part.map(place), part.map(place).sort((a, b) => a - b));
  }
});

Deno.test("split() compares numbers as numbers, and holds out whole documents only", () => {
  const made = ["a/b/9", "a/b/10", "a/b/100", "a/b/11", "a/b/2"].map((id) => ({
    id,
    label: 0,
    words: "",
    length: 0,
  }));
  const held = (part: number) => split(made, part)[1].map(({ id }) => id);
  assertEquals(held(0), []);
  assertEquals(held(0.19), []);
  assertEquals(held(0.2), ["a/b/100"]);
  assertEquals(held(0.4), ["a/b/100", "a/b/11"]);
  assertEquals(held(0.6), ["a/b/10", "a/b/100", "a/b/11"]);
  assertEquals(split([], 0.5), [[], []]);
});

Deno.test("scaledToNorm() gives every vector the norm, and leaves its direction", () => {
  const vectors = new NamedVectors(
    ["a", "b", "c"],
    Float32Array.of(3, -4, 0, 0, 1e-3, 0),
    2,
  );
  const before = vectors.matrix.slice();
  const scaled = scaledToNorm(vectors, 3);
  const expected = [1.8, -2.4, 0, 0, 3, 0];
  expected.forEach((value, i) => assertAlmostEquals(scaled[i]!, value, 1e-6));
  assertEquals(vectors.matrix, before);
});

test("getModel() chooses the epoch on the held-out part and learns all documents up to it", async () => {
  const train = madeDocuments(120);
  const random = new Random(6);
  const matrix = Float32Array.from({ length: words.length * 4 }, () => 0.2 * random.normal());
  const vectors = new NamedVectors(words, matrix, 4);
  const recipe: Recipe = {
    skipgram: {},
    norm: 2.5,
    hyperparameters: { filters: 6, epochs: 8, batch: 8, decay: 0.7 },
    heldOut: 0.15,
  };
  const cache = await Deno.makeTempDir();
  try {
    const context = { recipe, seed: 3, workers: 1, cache, onProgress: () => {} };
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    const corpus = { classes, train, test: [] };
    const { model, training, folder } = await getModel(corpus, vectors, context, note);

    // The same by hand.
    const rowsOf = (documents: CompactDocument[]) =>
      documents.map(({ label, words: text }) => ({
        label,
        rows: text.split(" ").map((word) => words.indexOf(word)),
      }));
    const number = ({ id }: CompactDocument) => Number(id.split("/")[1]);
    const late = new Set(
      [0, 1].flatMap((label) => {
        const own = train.filter((d) => d.label === label).sort((a, b) => number(b) - number(a));
        return own.slice(0, Math.floor(0.15 * own.length));
      }),
    );
    const scaled = matrix.map((value, i) => {
      const row = matrix.subarray(4 * Math.floor(i / 4), 4 * Math.floor(i / 4) + 4);
      return value * (2.5 / Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)));
    });
    const common = {
      classes,
      vocabulary: new Vocabulary(words),
      vectors: plainVectors(scaled, 4),
      hyperparameters: recipe.hyperparameters,
      seed: 3,
      threads: 1,
    };
    const choice = await trainWordCnn({
      ...common,
      documents: rowsOf(train.filter((d) => !late.has(d))),
      heldOut: rowsOf(train.filter((d) => late.has(d))),
    });
    const { bestEpoch } = choice;
    assert(bestEpoch > 1 && bestEpoch < 8, `the case must tell epochs apart: ${bestEpoch}`);
    const final = await trainWordCnn({ ...common, documents: rowsOf(train), lastEpoch: bestEpoch });
    const all = await trainWordCnn({ ...common, documents: rowsOf(train) });

    assertEquals(training, {
      bestEpoch,
      history: choice.history,
      hyperparameters: readHyperparameters(recipe.hyperparameters),
      seed: 3,
      heldOut: late.size,
      documents: 120,
    });
    assertEquals(model.weights, final.model.weights);
    assert(model.weights.denseBias[0] !== all.model.weights.denseBias[0]);
    const kept = new Float32Array(matrix.length);
    words.forEach((_, row) => model.vectors.copyRow(row, kept, 4 * row));
    assertEquals(kept, scaled);
    const accuracy = 100 * choice.history[bestEpoch - 1]!.heldOut!.accuracy;
    assertEquals(notes, [`held-out accuracy ${accuracy.toFixed(1)} % at epoch ${bestEpoch}`]);

    // With nothing held out it is the last epoch.
    const last = { ...context, recipe: { ...recipe, heldOut: 0 } };
    const unchosen = await getModel(corpus, vectors, last, () => {});
    assertEquals(unchosen.model.weights, all.model.weights);
    assertEquals([unchosen.training.bestEpoch, unchosen.training.heldOut], [8, 0]);

    // It is kept, with its record, and the checkpoints are gone.
    const stored = await loadWordCnn(folder);
    assertEquals(stored.training, { ...training });
    assertEquals(stored.model.weights, final.model.weights);
    assertEquals([...Deno.readDirSync(`${cache}/checkpoints`)], []);
    const again = await getModel(corpus, vectors, context, note);
    assertEquals(notes.at(-1), "from the cache");
    assertEquals(again.training, training);

    // Another seed, recipe or document is another model.
    const changed = [
      { ...context, seed: 4 },
      { ...context, recipe: { ...recipe, norm: 2 } },
      { ...context, recipe: { ...recipe, heldOut: 0.2 } },
    ];
    for (const other of changed) {
      assert((await getModel(corpus, vectors, other, note)).folder !== folder);
    }
    const fewer = { ...corpus, train: train.slice(1) };
    assert((await getModel(fewer, vectors, context, note)).folder !== folder);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
