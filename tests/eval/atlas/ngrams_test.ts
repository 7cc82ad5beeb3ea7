import { type Document, Random } from "@heatword/core";
import { loadLayeredTfjsModel, type MaxPooledTfjsModel } from "@heatword/core/tfjs";
import { atlasCsv, atlasHtml, makeAtlas } from "@heatword/eval/atlas";
import "@heatword/explainers/lrp";
import { parse } from "@std/csv";
import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { kimFiles } from "../../core/models/tfjs/_kim_files.ts";

const sizes = { widths: [2, 3], filters: 4, dimensions: 3, classes: 3, words: 7 };
const model = await loadLayeredTfjsModel(kimFiles(sizes, 1)) as MaxPooledTfjsModel;

/** Texts of the words of the model and one that it does not know, which has the zero vector. */
function corpusOf(count: number): Document[] {
  const random = new Random(2);
  return Array.from({ length: count }, (_, i) => {
    let text = "";
    const tokens = Array.from({ length: random.below(7) }, () => {
      const word = ["unheard", "word1", "word2", "WORD3", "word4"][random.below(5)]!;
      const start = text.length;
      text += `${word} `;
      return { text: word, start, end: start + word.length };
    });
    return { text, tokens, id: `doc/${i}` };
  });
}

const corpus = corpusOf(50);
const atlas = await makeAtlas(model, () => corpus, {
  minDocuments: 1,
  ngrams: 1000,
  documents: 1000,
});

/** What a filter wins on over the corpus, from its windows computed one by one. */
function slowWins(filter: number, width: number) {
  const { bias, widths } = model.filterBank;
  const wins = new Map<string, { count: number; activation: number }>();
  for (const { tokens } of corpus) {
    const input = model.encode({ text: "", tokens });
    const parts = model.wordParts(input);
    const names = Array.from(
      { length: input.length },
      (_, t) =>
        tokens[t] && tokens[t].text !== "unheard" ? tokens[t].text.toLowerCase() : undefined,
    );
    let best = { z: -Infinity, start: 0 };
    for (let start = 0; start + width <= input.length; start++) {
      let z = bias[filter]!;
      for (let k = 0; k < width; k++) z += parts[k]![(start + k) * widths.length + filter]!;
      if (z > best.z + 1e-6) best = { z, start };
    }
    if (!(best.z > 0)) continue;
    const key = names.slice(best.start, best.start + width).map((name) => name ?? "·").join(" ");
    const known = wins.get(key);
    if (known) known.count++;
    else wins.set(key, { count: 1, activation: best.z });
  }
  return wins;
}

Deno.test("makeAtlas() lists n-grams of the width of each filter of a TensorFlow.js model", () => {
  assertEquals(atlas.filters.map(({ width }) => width), [2, 2, 2, 2, 3, 3, 3, 3]);
  let listed = 0;
  for (const { filter, width, frequent, fired } of atlas.filters) {
    const wins = slowWins(filter, width);
    assertEquals(frequent.length, wins.size);
    for (const { words, count, activation } of frequent) {
      const expected = wins.get(words.map((word) => word ?? "·").join(" "))!;
      assertEquals([words.length, count], [width, expected.count]);
      assertAlmostEquals(activation, expected.activation, 1e-5);
      listed += count;
    }
    assertEquals(fired, [...wins.values()].reduce((sum, { count }) => sum + count, 0));
  }
  assertEquals(listed > 50, true);
});

Deno.test("an atlas of wider filters has a column for each word, and speaks of n-grams", async () => {
  const rows = parse(atlasCsv(atlas).ngrams, { skipFirstRow: true });
  const all = atlas.filters.flatMap(({ frequent, strongest }) => [...frequent, ...strongest]);
  assertEquals(Object.keys(rows[0]!).slice(3, 6), ["first", "second", "third"]);
  assertEquals(
    rows.map(({ first, second, third }) => [first, second, third]),
    all.map(({ words }) => [0, 1, 2].map((k) => words[k] ?? "")),
  );
  assertStringIncludes(
    await atlasHtml(atlas),
    "For each filter: the n-grams on which it gave most",
  );
});

Deno.test("words that the model does not know are counted under no name", () => {
  const names = atlas.classes.flatMap((c) => [...c.for, ...c.against]).map(({ word }) => word);
  assertEquals([...new Set(names)].sort(), ["word1", "word2", "word3", "word4"]);
});
