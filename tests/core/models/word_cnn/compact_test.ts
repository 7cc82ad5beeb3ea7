import { compactWordCnn } from "@heatword/core/word-cnn";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { madeModels } from "./_made_model.ts";

/** The vector of a row, number by number. */
function vectorOf(vectors: { dimensions: number; copyRow: CopyRow }, row: number): number[] {
  const target = new Float32Array(vectors.dimensions);
  vectors.copyRow(row, target, 0);
  return [...target];
}
type CopyRow = (row: number, target: Float32Array, offset: number) => void;

const documentOf = (...words: string[]) => ({
  text: words.join(" "),
  tokens: words.map((text) => ({ text, start: 0, end: 0 })),
});

const even = (word: string) => Number(word.slice("word".length)) % 2 === 0;
const { fast: model, exact } = madeModels(3, { words: 20, dimensions: 7 });

Deno.test("compactWordCnn() keeps the words that are asked for, in order, in 8 bits a number", () => {
  const compact = compactWordCnn(model, even);
  const kept = model.vocabulary.words.filter(even);
  assertEquals(compact.vocabulary.words, kept);
  assertEquals([compact.vectors.type, compact.vectors.size], ["int8", kept.length]);
  kept.forEach((word, row) => {
    const before = vectorOf(model.vectors, model.vocabulary.row(word));
    const after = vectorOf(compact.vectors, row);
    const step = Math.max(...before.map(Math.abs)) / 127;
    before.forEach((value, d) => {
      assertLess(Math.abs(after[d]! - value), 0.5001 * step);
      // Rounded to whole steps of the row's own scale.
      assertAlmostEquals(after[d]! / step, Math.round(value / step), 1e-4);
    });
  });
});

Deno.test("compactWordCnn() takes of seven scales the one by which a row loses least in 4 bits", () => {
  const compact = compactWordCnn(model, even, { bits: 4 });
  assertEquals(compact.vectors.type, "int4");
  model.vocabulary.words.filter(even).forEach((word, row) => {
    const before = vectorOf(model.vectors, model.vocabulary.row(word));
    const after = vectorOf(compact.vectors, row);
    const largest = Math.max(...before.map(Math.abs));
    const losses = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4].map((part) => {
      const step = part * largest / 7;
      const cut = before.map((value) => Math.min(7, Math.max(-7, Math.round(value / step))) * step);
      return lossOf(before, cut);
    });
    assertAlmostEquals(lossOf(before, after), Math.min(...losses), 2e-4 * largest ** 2);
  });
});

/** The sum of squared errors. */
function lossOf(before: readonly number[], after: readonly number[]): number {
  return before.reduce((sum, value, d) => sum + (value - after[d]!) ** 2, 0);
}

Deno.test("compactWordCnn() rounds matrices to 127ths of each column's largest with 4 bits", () => {
  const compact = compactWordCnn(model, even, { bits: 4 });
  const { filters, classes } = model;
  assertEquals(compact.weights.convolutionBias, model.weights.convolutionBias);
  assertEquals(compact.weights.denseBias, model.weights.denseBias);
  for (
    const [name, columns] of [["convolutionWeights", filters], [
      "denseWeights",
      classes.length,
    ]] as const
  ) {
    const [before, after] = [model.weights[name], compact.weights[name]];
    for (let c = 0; c < columns; c++) {
      const column = (values: ArrayLike<number>) =>
        Array.from(values).filter((_, i) => i % columns === c);
      const step = Math.max(...column(before).map(Math.abs)) / 127;
      column(before).forEach((value, i) => {
        const rounded = column(after)[i]!;
        assertLess(Math.abs(rounded - value), 0.501 * step);
        assertAlmostEquals(rounded / step, Math.round(value / step), 0.01);
      });
    }
  }
});

Deno.test("compactWordCnn() leaves the network and the model it is made of as they were", () => {
  const before = structuredClone({ ...model.weights });
  const vectors = model.vocabulary.words.map((_, row) => vectorOf(model.vectors, row));
  const compact = compactWordCnn(model, even);
  assertEquals({ ...compact.weights }, before);
  assertEquals({ ...model.weights }, before);
  assertEquals(compact.classes, model.classes);
  assertEquals(model.vocabulary.words.length, 20);
  assertEquals(model.vocabulary.words.map((_, row) => vectorOf(model.vectors, row)), vectors);
});

Deno.test("compactWordCnn() makes of words that are left out what unknown words are", () => {
  const compact = compactWordCnn(model, even);
  const scores = (...words: string[]) => [...compact.scores(compact.encode(documentOf(...words)))];
  assertEquals(scores("word2", "word3", "word4"), scores("word2", "never-seen", "word4"));
  // And what is kept decides nearly as before.
  const full = model.scores(model.encode(documentOf("word2", "word4", "word8")));
  scores("word2", "word4", "word8").forEach((score, c) =>
    assertAlmostEquals(score, full[c]!, 0.02)
  );
});

Deno.test("compactWordCnn() can leave out every word", () => {
  const compact = compactWordCnn(model, () => false);
  assertEquals([[...compact.vocabulary.words], compact.vectors.size], [[], 0]);
  assertEquals(
    [...compact.scores(compact.encode(documentOf("word2")))],
    [...model.scores(model.encode(documentOf("never-seen")))],
  );
});

Deno.test("compactWordCnn() refuses a float64 model", () => {
  assertThrows(() => compactWordCnn(exact, even), TypeError, "convert it to float32 first");
});
