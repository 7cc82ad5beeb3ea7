import { type Document, explain } from "@heatword/core";
import { type Atlas, type DocumentSource, makeAtlas } from "@heatword/eval/atlas";
import { miniModel } from "@heatword/explainers/check";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { atlasCorpus, atlasModel } from "./_corpus.ts";

const every = { minDocuments: 1, words: 100, examples: 100, ngrams: 1000, documents: 1000 };

/** Sums by word, straight from the definition. */
async function slowSums(corpus: readonly Document[], target: number) {
  const model = atlasModel();
  const sums = new Map<string, { total: number; count: number; documents: Set<string> }>();
  for (const document of corpus) {
    const { words } = await explain("lrp", model, model.encode(document), target);
    document.tokens.forEach(({ text }, t) => {
      const word = text.toLowerCase();
      if (model.vocabulary.row(word) < 0) return;
      const known = sums.get(word) ?? { total: 0, count: 0, documents: new Set() };
      known.total += words[t]!;
      known.count++;
      known.documents.add(document.id!);
      sums.set(word, known);
    });
  }
  return sums;
}

Deno.test("makeAtlas() sums up the relevance of every word for every class", async () => {
  const corpus = atlasCorpus();
  const atlas = await makeAtlas(atlasModel(), () => corpus, { ...every, rank: "total" });
  assertEquals(atlas.documents, corpus.length);
  assertEquals(atlas.tokens, corpus.reduce((sum, { tokens }) => sum + tokens.length, 0));
  for (const [target, found] of atlas.classes.entries()) {
    const sums = await slowSums(corpus, target);
    const all = [...found.for, ...found.against];
    assertEquals(new Set(all.map(({ word }) => word)), new Set(sums.keys()));
    for (const { word, total, mean, count, documents } of all) {
      const expected = sums.get(word)!;
      assertAlmostEquals(total, expected.total, 1e-4);
      assertAlmostEquals(mean, expected.total / expected.count, 1e-5);
      assertEquals([count, documents], [expected.count, expected.documents.size]);
    }
    const totals = found.for.map(({ total }) => total);
    assertEquals(totals, totals.toSorted((a, b) => b - a));
    const against = found.against.map(({ total }) => total);
    assertEquals(against, against.toSorted((a, b) => a - b));
    assertEquals([...totals, ...against.map((total) => -total)].every((total) => total > 0), true);
  }
});

Deno.test("makeAtlas() counts documents by true and by predicted class", async () => {
  const corpus = atlasCorpus(31);
  const model = atlasModel();
  const { classes } = await makeAtlas(model, () => corpus);
  assertEquals(classes.map(({ labelled }) => labelled), [11, 10, 10]);
  const predicted = [0, 0, 0];
  for (const document of corpus) {
    const scores = model.scores(model.encode(document));
    predicted[scores.indexOf(Math.max(...scores))]!++;
  }
  assertEquals(classes.map(({ predicted }) => predicted), predicted);
});

Deno.test("makeAtlas() finds the sentences where a word had the most relevance", async () => {
  const corpus = atlasCorpus();
  const model = atlasModel();
  const atlas = await makeAtlas(model, () => corpus, { ...every, examples: 2 });
  for (const [target, found] of atlas.classes.entries()) {
    for (const [side, sign] of [["for", 1], ["against", -1]] as const) {
      for (const { word, examples } of found[side]) {
        const of = async (document: typeof corpus[number]) => {
          const { words } = await explain("lrp", model, model.encode(document), target);
          const here = document.tokens.flatMap(({ text }, t) =>
            text.toLowerCase() === word ? [sign * words[t]!] : []
          );
          return here.length > 0 ? [Math.max(...here)] : [];
        };
        const best = (await Promise.all(corpus.map(of))).flat()
          .filter((value) => value > 0).sort((a, b) => b - a).slice(0, 2);
        assertEquals(examples.length, best.length);
        examples.forEach((example, i) => {
          assertAlmostEquals(sign * example.relevance, best[i]!, 1e-5);
          assertEquals(example.word.toLowerCase(), word);
          const { text } = corpus.find(({ id }) => id === example.id)!;
          assertEquals(text.replaceAll(/\s+/g, " ").includes(example.before + example.word), true);
        });
        assertEquals(new Set(examples.map(({ id }) => id)).size, examples.length);
      }
    }
  }
});

Deno.test("makeAtlas() tells what every filter wins on", async () => {
  const corpus = atlasCorpus();
  const model = atlasModel();
  const { filters } = await makeAtlas(model, () => corpus, every);
  assertEquals(filters.length, model.filters);
  for (const { filter, fired, mean, weights, frequent, strongest, documents } of filters) {
    const wins = new Map<string, { count: number; activation: number }>();
    const seen: number[] = [];
    for (const document of corpus) {
      const input = model.encode(document);
      const values = model.activations(input)[1]!;
      const [windows] = values.shape as [number, number];
      let best = 0;
      const at = (t: number) => values.data[t * model.filters + filter]!;
      for (let t = 1; t < windows; t++) if (at(t) > at(best)) best = t;
      if (!(at(best) > 0)) continue;
      seen.push(at(best));
      const name = (t: number) => model.vocabulary.words[input.rows![t]!] ?? "";
      const key = `${name(best)} ${name(best + 1)}`;
      const known = wins.get(key);
      if (known) known.count++;
      else wins.set(key, { count: 1, activation: at(best) });
    }
    assertEquals(fired, seen.length);
    assertAlmostEquals(mean, seen.reduce((a, b) => a + b, 0) / corpus.length, 1e-5);
    for (const list of [frequent, strongest]) {
      assertEquals(list.length, wins.size);
      for (const { words, count, activation } of list) {
        const expected = wins.get(words.map((word) => word ?? "").join(" "))!;
        assertEquals(count, expected.count);
        assertAlmostEquals(activation, expected.activation, 1e-5);
      }
    }
    const totals = frequent.map(({ count, activation }) => count * activation);
    assertEquals(totals, totals.toSorted((a, b) => b - a));
    const activations = strongest.map(({ activation }) => activation);
    assertEquals(activations, activations.toSorted((a, b) => b - a));
    assertEquals(documents.length, seen.length);
    seen.sort((a, b) => b - a);
    documents.forEach(({ activation }, i) => assertAlmostEquals(activation, seen[i]!, 1e-5));
    weights.forEach((weight, c) =>
      assertEquals(weight, model.weights.denseWeights[filter * model.classes.length + c])
    );
  }
});

Deno.test("makeAtlas() keeps its lists as short as asked", async () => {
  const corpus = atlasCorpus();
  const whole = await makeAtlas(atlasModel(), () => corpus, every);
  const short = await makeAtlas(atlasModel(), () => corpus, {
    words: 2,
    examples: 1,
    ngrams: 3,
    documents: 2,
    minDocuments: 1,
  });
  short.classes.forEach((found, c) => {
    const strip = ({ examples: _, ...word }: Atlas["classes"][0]["for"][0]) => word;
    assertEquals(found.for.map(strip), whole.classes[c]!.for.slice(0, 2).map(strip));
    assertEquals(found.against.map(strip), whole.classes[c]!.against.slice(0, 2).map(strip));
  });
  short.filters.forEach((filter, f) => {
    assertEquals(filter.strongest, whole.filters[f]!.strongest.slice(0, 3));
    assertEquals(filter.frequent, whole.filters[f]!.frequent.slice(0, 3));
    assertEquals(filter.documents, whole.filters[f]!.documents.slice(0, 2));
  });
  const common = await makeAtlas(atlasModel(), () => corpus, { ...every, minDocuments: 1000 });
  assertEquals(common.classes.flatMap((found) => found.for), []);
});

Deno.test("makeAtlas() streams the documents twice and is the same each time", async () => {
  const corpus = atlasCorpus(20);
  let passes = 0;
  let open = 0;
  const source: DocumentSource = async function* () {
    passes++;
    for (const document of corpus) {
      assertEquals(++open, 1);
      await Promise.resolve();
      yield structuredClone(document);
      open--;
    }
  };
  const progress: number[] = [];
  const one = await makeAtlas(atlasModel(), source, {
    onProgress: ({ done }) => progress.push(done),
  });
  assertEquals([passes, progress.length], [2, 40]);
  assertEquals(await makeAtlas(atlasModel(), () => corpus), one);
});

Deno.test("makeAtlas() works with models that are not word-CNN, and with other explainers", async () => {
  const model = miniModel();
  const text = "red green red blue";
  const tokens = [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  const options = { explainer: "occlusion", minDocuments: 1 };
  const atlas = await makeAtlas(model, () => [{ text, tokens }], options);
  assertEquals(atlas.filters, []);
  assertEquals(atlas.explainer, "occlusion");
  const words = new Set(atlas.classes.flatMap((c) => [...c.for, ...c.against]).map((w) => w.word));
  assertEquals([...words].every((word) => ["red", "green", "blue"].includes(word)), true);
});

Deno.test("makeAtlas() refuses an unknown explainer and an empty corpus", async () => {
  const corpus = atlasCorpus(2);
  await assertRejects(
    () => makeAtlas(atlasModel(), () => corpus, { explainer: "lpr" }),
    RangeError,
    'did you mean "lrp"?',
  );
  await assertRejects(() => makeAtlas(atlasModel(), () => []), RangeError, "there is no document");
});
