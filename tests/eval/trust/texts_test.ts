// What is measured of texts: the controls come out as they must.
import { type Document, Random } from "@heatword/core";
import { modelFromFunction } from "@heatword/core/models";
import {
  bootstrapped,
  COLUMNS,
  forEachResample,
  hybridTexts,
  labelsOfWords,
  measureHybrid,
  measureText,
  shapleyBySets,
  type TextFigures,
  trustCsv,
  trustHtml,
  trustTable,
  verdictText,
} from "@heatword/eval/trust";
import { reasonOf } from "../../../eval/trust/present/reasons.ts";
import type { TrustTable } from "../../../eval/trust/table/trust_table.ts";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { bruteForceShapley } from "../../explainers/_black_box.ts";

function documentOf(text: string): Document {
  let start = 0;
  const tokens = text.split(" ").map((word) => {
    const token = { text: word, start, end: start + word.length };
    start = token.end + 1;
    return token;
  });
  return { text, tokens };
}

const random = new Random(5);
const vocabulary = ["red", "sky", "sea", "sun", "moon", "wind", "rain", "snow", "unknown"];
const drawText = (words: number) =>
  documentOf(
    Array.from({ length: words }, () => vocabulary[random.below(vocabulary.length)]).join(" "),
  );
const explainers = ["lrp", "gradient-input", "sa", "occlusion", "sampled-shapley", "random"];
const plan = { explainers, seed: 3 };

const weights: Readonly<Record<string, number>> = { sun: 2, sky: 1, moon: -3, wind: 0.5, rain: -1 };

/** A linear bag of words: what a word adds depends on nothing else. */
const linear = await modelFromFunction({
  classes: ["day", "night"],
  outputs: "logits",
  predict: (texts) =>
    texts.map((text) => {
      const sum = text.split(/\s+/).reduce((sum, word) => sum + (weights[word] ?? 0), 0);
      return [sum, -sum];
    }),
});

Deno.test("controls come out as they must, within exact limits and beyond them", async () => {
  const model = miniModel();
  for (const words of [1, 2, 7, 18]) {
    const found = await measureText(model, drawText(words), words, {
      ...plan,
      limits: { exactWords: 9 },
    });
    assertEquals(found.hasExactLimits, words <= 9);
    if (found.hasExactLimits) assertEquals(found.beyondLimits, 0);
    const { rows } = found;
    const [truth, inverted] = [rows["true Shapley"]!, rows.inverted!];
    if (truth.shapley !== undefined) {
      assertAlmostEquals(truth.shapley, 1, 1e-9);
      assertAlmostEquals(truth.shapleyTauB!, 1, 1e-9);
      assertAlmostEquals(inverted.shapley!, -1, 1e-9);
    }
    if (words === 7) {
      // In the reversed order comprehensiveness becomes sufficiency.
      assertAlmostEquals(inverted.comp!, truth.suff!, 1e-9);
      assertAlmostEquals(inverted.naopcComp!, 1 - truth.naopcSuff!, 1e-9);
    }
    if (truth.infidelity !== undefined && truth.infidelity > 0) {
      assertAlmostEquals(inverted.infidelity!, 0, 1e-9);
    }
    for (const [name, row] of Object.entries(rows)) {
      for (const column of ["naopcComp", "naopcSuff", "infidelity"]) {
        const value = row[column];
        if (value === undefined) continue;
        assert(value >= -1e-9 && value <= 1 + 1e-9, `${name} ${column} ${value}`);
      }
    }
  }
});

Deno.test("Shapley values by sets are those by definition", () => {
  const deleted = Array.from({ length: 32 }, () => random.normal());
  const expected = bruteForceShapley(5, (present) => {
    const gone = present.reduce((set, isThere, t) => isThere ? set : set | 1 << t, 0);
    return deleted[gone]!;
  });
  shapleyBySets(deleted).forEach((value, t) => assertAlmostEquals(value, expected[t]!, 1e-9));
});

Deno.test("of a linear bag of words every explainer that has a sign is right", async () => {
  const document = documentOf("sun moon sky wind rain snow");
  const names = ["occlusion", "sampled-shapley", "kernel-shap", "lime"];
  const { rows, agreements } = await measureText(linear, document, 0, {
    explainers: names,
    seed: 0,
    seeds: 2,
  });
  for (const name of names) {
    assert(rows[name]!.shapley! > 0.99, `${name} ${rows[name]!.shapley}`);
    assertAlmostEquals(rows[name]!.naopcComp!, 1, 1e-6);
    assertAlmostEquals(rows[name]!.naopcSuff!, 1, 1e-6);
  }
  assertAlmostEquals(rows.occlusion!.infidelity!, 1, 1e-9);
  assertEquals(agreements.length, 6);
  assert(agreements.every(({ signs, overlap }) => signs! > 0.8 && overlap === 1));
});

/** Texts of a made model, measured. */
async function measured(count: number): Promise<TextFigures[]> {
  const model = miniModel();
  const found: TextFigures[] = [];
  for (let i = 0; i < count; i++) {
    found.push(await measureText(model, drawText(4 + i % 4), i, plan));
  }
  return found;
}

Deno.test("the table has every row, judges explainers, and tells what is missing", async () => {
  const texts = await measured(32);
  const notMeasured = [{ measure: "pointing", why: "<no> texts & no classes" }];
  const options = { explainers, seed: 1, resamples: 300, notMeasured };
  const table = trustTable(texts, [], options);
  assertEquals(table.documents, 32);
  assertEquals(
    table.rows.map(({ explainer }) => explainer),
    [...explainers, "true Shapley", "inverted", "greedy oracle", "random order"],
  );
  assertEquals(
    table.rows.filter(({ control }) => control).length,
    4,
  );
  const valueOf = (row: string, column: string) =>
    table.rows.find(({ explainer }) => explainer === row)!.measures[column]!;
  const mean = texts.reduce((sum, { rows }) => sum + rows.lrp!.comp!, 0) / 32;
  assertAlmostEquals(valueOf("lrp", "comp").value, mean, 1e-9);
  for (const { measures } of table.rows) {
    for (const [name, { value, low, high, documents }] of Object.entries(measures)) {
      // Of an extreme resamples say nothing.
      if (COLUMNS.find((column) => column.name === name)!.summary === "largest") {
        assertEquals([name, low, high], ["conservationWorst", null, null]);
        continue;
      }
      assert(low! <= value && value <= high! && documents <= 32, `${name} ${low} ${value} ${high}`);
    }
  }
  // A random row is no better than chance, and says so.
  const verdictOf = (name: string) => table.verdicts.find(({ explainer }) => explainer === name)!;
  assertEquals([verdictOf("random").verdict, verdictOf("random").column], ["no", "shapley"]);
  assertEquals(verdictOf("sampled-shapley").verdict, "yes");
  const worst = Math.max(...texts.map(({ rows }) => rows.lrp!.conservationWorst!));
  assertEquals(valueOf("lrp", "conservationWorst").value, worst);
  // Listed twice, in another order: the same estimates.
  const doubled = trustTable([...texts, ...texts.toReversed()], [], options);
  assertAlmostEquals(
    doubled.rows[0]!.measures.shapley!.value,
    valueOf("lrp", "shapley").value,
    1e-9,
  );
  const lines = verdictText(table).split("\n");
  assertEquals(lines.length, explainers.length);
  assertStringIncludes(verdictText(table), "no better than chance at Shapley r");
  const about = { model: "a<b>", corpus: "c", length: [4, 7], sentences: 4, seed: 1 } as const;
  const html = trustHtml(table, about);
  assertStringIncludes(html, "&lt;no&gt; texts &amp; no classes");
  assertStringIncludes(html, "a&lt;b&gt;");
  const csv = trustCsv(table).trim().split("\r\n");
  const cells = table.rows.reduce((sum, row) => sum + Object.keys(row.measures).length, 0);
  assertEquals(csv.length, 1 + cells);
});

Deno.test("an explainer that is the yardstick is told so where there is no other truth", () => {
  const measured = (documents: number) => ({
    shapley: { value: 1, low: 1, high: 1, documents },
  });
  const row = (explainer: string, documents: number) =>
    ({ explainer, control: false, measures: measured(documents) }) as const;
  const verdict = { explainer: "shapley", verdict: "unjudged", figures: {} } as const;
  const rule = { few: 30 } as TrustTable["rule"];
  const why = (explainer: string, documents: number) =>
    reasonOf({ ...verdict, explainer }, { rows: [row(explainer, documents)], rule });
  const none = "no truth was measured on 30 texts or more";
  assertEquals(
    why("shapley", 30),
    "the yardstick of Shapley r itself, and no other truth was measured on 30 texts or more",
  );
  assertEquals(why("shapley", 29), none);
  assertEquals(why("lrp", 29), none);
});

Deno.test("hybrid texts keep the class of every word, and are played or counted", async () => {
  const texts = [0, 1, 2].map((label) => ({
    label,
    sentences: Array.from({ length: 6 }, (_, i) => `word${label} of ${label} ${i}.`),
  }));
  const hybrids = hybridTexts(texts, 4, new Random(2), 10);
  assertEquals(hybrids.length, 4);
  for (const hybrid of hybrids) {
    const document = documentOf(hybrid.text);
    const labels = labelsOfWords(hybrid, document.tokens.map(({ start }) => start));
    document.tokens.forEach(({ text }, t) => {
      if (text.startsWith("word")) assertEquals(text, `word${labels[t]}`);
    });
  }
  const model = miniModel();
  const found = [];
  for (const [i, hybrid] of hybrids.entries()) {
    found.push(await measureHybrid(model, hybrid, documentOf(hybrid.text), i, plan));
  }
  const played = found.filter(({ status }) => status === "played");
  for (const { hits, chance } of played) {
    assertEquals(
      Object.keys(hits).sort(),
      [
        ...explainers,
        "inverted",
        "random order",
        "true Shapley",
      ].sort(),
    );
    assert(chance! > 0 && chance! <= 1);
  }
  assertEquals(
    played.length + found.filter(({ status }) => status === "discarded").length,
    hybrids.length,
  );
});

Deno.test("resamples are the same for the same seed, and none for a single text", () => {
  const statistic = (places: ArrayLike<number>) => places[0]!;
  const options = { seed: 4, resamples: 50 };
  assertEquals(bootstrapped(9, statistic, options), bootstrapped(9, statistic, options));
  assertEquals(bootstrapped(1, statistic), { value: 0, low: null, high: null, documents: 1 });
});

Deno.test("resamples are draws of one generator, whether they are kept or take too much memory", () => {
  for (const [texts, resamples] of [[7, 20], [66_000, 3], [66_000, 260]] as const) {
    // The last take 69 MB.
    for (let times = 0; times < (texts * resamples < 1e6 ? 2 : 1); times++) {
      const random = new Random(11);
      let count = 0;
      forEachResample(texts, 11, resamples, (places, b) => {
        assertEquals([places.length, b], [texts, count++]);
        for (let i = 0; i < texts; i++) {
          if (places[i] !== random.below(texts)) throw new Error(`text ${i} of resample ${b}`);
        }
      });
      assertEquals(count, resamples);
    }
  }
  const values = [3, 1, 4, 1, 5];
  const sumOf = (places: ArrayLike<number>) =>
    Array.from(places).reduce((sum, i) => sum + values[i]!, 0);
  const seen: number[] = [];
  bootstrapped(5, (places) => seen.push(sumOf(places)), { resamples: 2 });
  // The estimate, two resamples, and each text left out.
  assertEquals([seen[0], ...seen.slice(3)], [14, 11, 13, 10, 13, 9]);
});
