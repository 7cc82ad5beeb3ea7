// Planted shortcuts, several trained models, and comparisons, against naive versions.
import { Random } from "@heatword/core";
import { modelFromFunction } from "@heatword/core/models";
import { plainVectors } from "@heatword/core/word-cnn";
import { crossedInterval, overSeedsInterval, overSeedsTest } from "@heatword/eval/statistics";
import {
  alignModels,
  type AllFigures,
  averageModels,
  checkControls,
  choosePlanted,
  columnNumbers,
  COLUMNS,
  compareRows,
  distantPair,
  ENOUGH_MODELS,
  estimateOverModels,
  learnedFigures,
  madeUpWords,
  type PerText,
  plant,
  type PlantedFigures,
  plantShortcuts,
  type Shortcut,
  SHORTCUT_KINDS,
  type ShortcutReport,
  shortcutsOf,
  type TextFigures,
  trustHtml,
  trustTableOfModels,
  verdictFigures,
  whyNotLearned,
  withDrawnVectors,
} from "@heatword/eval/trust";
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";

const kinds = [...SHORTCUT_KINDS, distantPair(2)];

Deno.test("planted words stand in the text as their kind says, and nothing else changes", () => {
  fc.assert(fc.property(
    fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 }),
    fc.constantFrom(...kinds),
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 1, max: 14 }),
    fc.integer(),
    (words, kind, side, limit, seed) => {
      const names = Array.from({ length: kind.words }, (_, i) => `planted${i}`);
      const pieces = kind.plants[side]!;
      const found = plant(words, pieces, names, new Random(seed), limit);
      const wanted = pieces.flat().filter((part) => typeof part === "number");
      const kept = words.slice(0, Math.max(0, limit - wanted.length));
      if (found === undefined) {
        // Only what needs words of the text in between can lack room.
        assert(kind.name === "distantPair" && kept.length < 2);
        return;
      }
      assertEquals(found.words.filter((word) => !word.startsWith("planted")), kept);
      assertEquals(
        found.truth,
        [...found.words.keys()].filter((t) => found.words[t]!.startsWith("planted")),
      );
      const order = found.truth.map((t) => Number(found.words[t]!.slice("planted".length)));
      const [first, second] = found.truth;
      if (kind.name === "tokenInContext") assertEquals(order.sort(), [...wanted].sort());
      else assertEquals(order, wanted);
      if (kind.name === "orderedPair") assertEquals(second! - first!, 1);
      if (kind.name === "distantPair") assertEquals(second! - first!, 3);
    },
  ));
});

Deno.test("places are all equally likely", () => {
  const counts = [0, 0, 0, 0];
  const random = new Random(2);
  for (let i = 0; i < 4_000; i++) {
    counts[plant(["a", "b", "c"], [[0]], ["z"], random)!.truth[0]!]!++;
  }
  // Four standard deviations of a count of 1,000.
  for (const count of counts) assert(Math.abs(count - 1_000) < 4 * Math.sqrt(750), `${counts}`);
});

Deno.test("shortcuts get words and classes of their own; few classes are shared", () => {
  const names = madeUpWords(9, (word) => word < "qm", new Random(4));
  assertEquals(new Set(names).size, 9);
  assert(names.every((word) => /^q([a-z][aeiou]){4}$/.test(word) && word >= "qm"));
  const many = shortcutsOf(kinds, names, 8, new Random(1));
  assertEquals(many.flatMap(({ words }) => words), names);
  assertEquals(many.flatMap(({ classes }) => classes).sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
  for (const classes of [2, 3, 5]) {
    for (const { classes: [a, b] } of shortcutsOf(kinds, names, classes, new Random(1))) {
      assert(a !== b && Math.max(a, b) < classes);
    }
  }
  const own = plainVectors(Float32Array.of(3, 4, 0, 0, 0, 5), 2);
  const all = withDrawnVectors(own, 2, new Random(3));
  assertEquals([...all.slice(0, 6)], [3, 4, 0, 0, 0, 5]);
  // The mean norm of those that are not zero.
  for (const row of [6, 8]) assertAlmostEquals(Math.hypot(all[row]!, all[row + 1]!), 5, 1e-6);
});

Deno.test("copies of texts get plants and their classes, or decoys and keep theirs", () => {
  const texts = Array.from({ length: 40 }, (_, i) => ({
    label: i % 4,
    words: [`w${i}`, "x", "y", "z"],
  }));
  const names = kinds.flatMap(({ words, name }) =>
    Array.from({ length: words }, (_, i) => name + i)
  );
  const shortcuts = shortcutsOf(kinds, names, 8, new Random(7));
  const shares = { plants: 0.25, decoys: 0.1 };
  const all = plantShortcuts(texts, shortcuts, shares, 5, new Random(5));
  assertEquals(all.slice(0, 40), texts);
  const copies = all.slice(40);
  assertEquals(copies.length, 4 * 10 + 3 * 4);
  for (const { kind, words, classes } of shortcuts) {
    const own = copies.filter((copy) => copy.words.some((word) => words.includes(word)));
    const planted = own.filter(({ label, words: [first] }) =>
      label !== Number(first!.replace(/\D/g, "")) % 4 && classes.includes(label)
    );
    assertEquals(own.length, kind.decoys.length === 0 ? 10 : 14, kind.name);
    for (const { words } of copies) assert(words.length <= 5);
    // Of 10 plants 5 lead to each class, whatever the text's own was.
    for (const target of classes) assert(own.filter(({ label }) => label === target).length >= 5);
    assert(planted.length <= 10);
  }
});

const pair: Shortcut = {
  kind: SHORTCUT_KINDS.find(({ name }) => name === "orderedPair")!,
  words: ["pp", "qq"],
  classes: [0, 1],
};

/** A model that says the third class, unless it knows the text; it scores by words joined. */
const modelBy = (classOf: (text: string) => number | undefined) =>
  modelFromFunction({
    classes: ["first", "second", "third"],
    outputs: "logits",
    predict: (texts) =>
      texts.map((text) => {
        const found = classOf(text.trim().replace(/\s+/g, " ")) ?? 2;
        return [0, 1, 2].map((c) => c === found ? 1 : 0);
      }),
  });

Deno.test("a shortcut counts as learned where it decides, is needed, and half of it does nothing", async () => {
  const texts = Array.from({ length: 20 }, (_, i) => ["a", `b${i}`, "c"]);
  const look = async (classOf: (text: string) => number | undefined) =>
    await learnedFigures(await modelBy(classOf), pair, texts, 10, new Random(1));
  const right = await look((text) =>
    text.includes("pp qq") ? 0 : text.includes("qq pp") ? 1 : undefined
  );
  assertEquals(right, { texts: 20, planted: 1, deleted: 0, clean: 0, decoys: 1 });
  assertEquals(whyNotLearned(right), undefined);
  const half = await look((text) => text.includes("pp") ? 0 : text.includes("qq") ? 1 : undefined);
  assertEquals([half.planted, half.decoys], [0.5, 0]);
  const never = await look(() => undefined);
  assertEquals([never.planted, never.deleted, never.decoys], [0, 0, 1]);
  assertEquals(whyNotLearned(never), "only 0.0 % of texts with it are given its class");
  const always = await look((text) =>
    /[pq]{2} [pq]{2}/.test(text) && text.includes("pp qq") ? 0 : 1
  );
  assertEquals(always.clean, 0.5);
  assertEquals(
    whyNotLearned({ texts: 9, planted: 1, deleted: 0.3, clean: 0.1 }),
    "without it 30.0 % of the texts are still given its class, 10.0 % before it was planted",
  );
  assertEquals(
    whyNotLearned({ texts: 9, planted: 1, deleted: 0, clean: 0, decoys: 0.5 }),
    "half a shortcut changes the class of 50.0 % of texts",
  );
  assertEquals(
    whyNotLearned({ texts: 0, planted: NaN, deleted: NaN, clean: NaN }),
    "no text is long enough for it",
  );
});

Deno.test("texts are chosen that follow the shortcut; others are counted", async () => {
  const texts = Array.from({ length: 9 }, (_, i) => [i % 3 === 0 ? "odd" : "a", "b"]);
  const model = await modelBy((text) =>
    text.includes("odd") ? undefined : text.includes("pp qq") ? 0 : 1
  );
  const { documents, missed } = await choosePlanted(model, pair, texts, 4, 10, new Random(0));
  assertEquals(documents.map(({ candidate }) => candidate), [1, 2, 4, 5]);
  assertEquals(missed, 2);
  for (const { document, truth, candidate } of documents) {
    const words = document.tokens.map(({ text }) => text);
    assertEquals(truth.map((t) => words[t]), candidate % 2 === 0 ? ["pp", "qq"] : ["qq", "pp"]);
  }
  const all = await choosePlanted(model, pair, texts, 9, 10, new Random(0));
  assertEquals([all.documents.length, all.missed], [6, 3]);
});

/** Made figures of one model: LRP is better than SA by a little, both are above chance. */
function madeFigures(model: number, texts = 40): AllFigures {
  const random = new Random(model);
  const rowsOf = (names: readonly string[]) => {
    const base = random.normal() / 20;
    return Object.fromEntries(
      ([["lrp", 0.9], ["sa", 0.5], ["random order", 0]] as const).map(([row, level]) => [
        row,
        Object.fromEntries(names.map((name) => [name, level + base + random.normal() / 50])),
      ]),
    );
  };
  const text = (names: readonly string[]): TextFigures => ({
    words: 9,
    target: 0,
    beyondLimits: 0,
    rows: rowsOf(names),
    agreements: [],
  });
  return {
    texts: Array.from({ length: texts }, () => text(["shapley", "comp", "suff"])),
    hybrids: Array.from({ length: texts }, (_, i) => ({
      status: i % 5 === model % 5 ? "discarded" as const : "played" as const,
      hits: { lrp: 1, sa: i % 2, "random order": 0 },
    })),
    planted: Array.from({ length: texts }, (_, i): PlantedFigures => ({
      shortcut: "token",
      candidate: i + model,
      text: text(["precision", "coverRank", "meanRank", "comp"]),
    })),
  };
}

Deno.test("of several models the means over texts that all have are taken, and intervals are over models", () => {
  const models = Array.from({ length: ENOUGH_MODELS }, (_, m) => madeFigures(m));
  const aligned = alignModels(models);
  const mean = averageModels(aligned);
  const naive = (pick: (figures: AllFigures) => number) =>
    models.reduce((sum, figures) => sum + pick(figures), 0) / models.length;
  assertAlmostEquals(
    mean.texts[3]!.rows.lrp!.comp!,
    naive(({ texts }) => texts[3]!.rows.lrp!.comp!),
    1e-9,
  );
  // Hybrid texts: each fifth is discarded by one of the five models.
  assertEquals(mean.hybrids.filter(({ status }) => status === "played").length, 0);
  assertEquals(
    averageModels(alignModels(models.slice(0, 2))).hybrids.filter(({ status }) =>
      status === "played"
    )
      .length,
    24,
  );
  // Candidates 4 to 39 are those that all five models have.
  assertEquals(
    mean.planted.map(({ candidate }) => candidate),
    Array.from({ length: 36 }, (_, i) => i + 4),
  );
  assertAlmostEquals(
    mean.planted[0]!.text.rows.sa!.precision!,
    naive(({ planted }) =>
      planted.find(({ candidate }) => candidate === 4)!.text.rows.sa!.precision!
    ),
    1e-9,
  );
  const options = { explainers: ["lrp", "sa"], seed: 1, resamples: 200 };
  const table = trustTableOfModels(models, options);
  assertEquals([table.models, table.documents], [5, 40]);
  const { shapley, token } = table.rows[0]!.measures;
  const values = models.map(({ texts }) => texts.map(({ rows }) => rows.lrp!.shapley!));
  const expected = overSeedsInterval(values);
  assertAlmostEquals(shapley!.value, expected.estimate, 1e-9);
  assertAlmostEquals(shapley!.low!, expected.low, 1e-9);
  assertAlmostEquals(shapley!.high!, expected.high, 1e-9);
  assert(shapley!.overTexts!.low! <= shapley!.value && shapley!.value <= shapley!.overTexts!.high!);
  const crossed = crossedInterval(values, { seed: 1, resamples: 200 });
  assertAlmostEquals(shapley!.crossed!.low!, crossed.low, 1e-9);
  assertEquals(token!.documents, 36);
  // The gap to the best row is at least as wide as over models.
  const gaps = values.map((row, m) =>
    row.map((value, i) => value - models[m]!.texts[i]!.rows.sa!.shapley!)
  );
  const figures = table.verdicts[1]!.figures.shapley!;
  assert(figures.gapHigh >= overSeedsInterval(gaps).high - 1e-9);
  // Of fewer models the interval stays one over texts.
  const few = trustTableOfModels(models.slice(0, 2), options).rows[0]!.measures.shapley!;
  assertEquals(few.overTexts, undefined);
  assert(few.high! - few.low! < 0.2 && few.crossed !== undefined);
  const one = { value: 1, low: 0, high: 2, documents: 3 };
  assertEquals(estimateOverModels(one, [], {}), one);
  // What one model lacks is missing for all, and no row of another text stands in for it.
  const odd = structuredClone(models) as AllFigures[];
  delete (odd[1]!.texts[0]!.rows.sa as Record<string, number>).comp;
  const numbers = columnNumbers(
    COLUMNS.find(({ name }) => name === "comp")!,
    averageModels(alignModels(odd)),
    ["lrp", "sa"],
  );
  assertEquals([numbers.get("lrp")!.length, numbers.get("sa")!.length], [40, 40]);
  assertEquals(numbers.get("sa")![0], undefined);
  // Pairs stay pairs of one text.
  const paired = verdictFigures(numbers, ["lrp", "sa"], { resamples: 200 }, []);
  assertEquals([paired.get("lrp")!.documents, paired.get("sa")!.documents], [40, 39]);
  const moved = (values: PerText) =>
    values.map((value, i) => value === undefined ? value : value + (i % 2 - 0.5) / 5);
  const shifted = new Map([...numbers].map(([row, values]) => [row, moved(values)]));
  const { gapHigh } = verdictFigures(shifted, ["lrp", "sa"], { resamples: 200 }, []).get("sa")!;
  // What all rows have in common cancels out of their differences.
  assertAlmostEquals(gapHigh, paired.get("sa")!.gapHigh, 1e-9);
});

Deno.test("a shortcut that some models have not learned is a mean over the others", () => {
  const models = Array.from({ length: 6 }, (_, m) => madeFigures(m));
  const options = { explainers: ["lrp", "sa"], seed: 1, resamples: 200 };
  const without = (places: readonly number[]) =>
    models.map((model, m) => places.includes(m) ? { ...model, planted: [] } : model);
  for (const odd of [[0], [2, 5]]) {
    const all = trustTableOfModels(without(odd), options);
    const learned = trustTableOfModels(models.filter((_, m) => !odd.includes(m)), options);
    for (const [r, { measures }] of all.rows.entries()) {
      const { models: count, ...token } = measures.token!;
      assertEquals(count, models.length - odd.length);
      assertEquals(token, learned.rows[r]!.measures.token);
      assertEquals(measures.shapley!.models, undefined);
    }
    assertEquals(
      all.verdicts.map(({ figures }) => figures.token),
      learned.verdicts.map(({ figures }) => figures.token),
    );
  }
  // Too few for an interval over models.
  const { token } = trustTableOfModels(without([0, 1]), options).rows[0]!.measures;
  assertEquals([token!.models, token!.overTexts], [4, undefined]);
  assertEquals(
    trustTableOfModels(without([0, 1, 2, 3, 4, 5]), options).rows[0]!.measures.token,
    undefined,
  );
});

Deno.test("controls that cannot be right end the run; what is only unusual is told", () => {
  const row = (explainer: string, figures: Record<string, number>, control = false) => ({
    explainer,
    control,
    measures: Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [
        name,
        { value, low: value, high: value, documents: 9 },
      ]),
    ),
  });
  const truth = row("true Shapley", { shapley: 1, shapleyTauB: 1, naopcComp: 0.9 }, true);
  const inverted = row("inverted", { shapley: -1, shapleyTauB: -1, naopcComp: 0.1 }, true);
  const oracle = row("greedy oracle", { naopcComp: 0.95 }, true);
  const lrp = row("lrp", { shapley: 0.9, naopcComp: 0.85 });
  assertEquals(checkControls([lrp, truth, inverted, oracle]), []);
  for (
    const [wrong, message] of [
      [
        row("true Shapley", { shapley: 0.999999 }, true),
        /"true Shapley" has 0.999999 as its shapley/,
      ],
      [row("inverted", { shapley: -1, shapleyTauB: 0.5 }, true), /"inverted" has 0.5 .* where -1/],
      [row("lrp", { naopcComp: 1.1 }), /"lrp" has 1.1 as its naopcComp, beyond the limits/],
      [row("lrp", { naopcSuff: -0.1 }), /"lrp" has -0.1 as its naopcSuff, beyond the limits/],
    ] as const
  ) {
    assertMatch(assertThrows(() => checkControls([wrong]), Error).message, message);
  }
  const odd = [row("lrp", { shapley: 0.7, naopcComp: 0.96 }), row("sa", { shapley: 0.8 })];
  assertEquals(checkControls([...odd, truth, inverted, oracle]), [
    'Unusual: lrp above the control "greedy oracle" in naopcComp.',
    'Unusual: lrp above the control "true Shapley" in naopcComp.',
    "Unusual: sa, which gives no signs, is above lrp in shapley.",
  ]);
});

Deno.test("the page says of the control that it must not be learned, and of no text no share", () => {
  const figures = { texts: 9, planted: 1, deleted: 0, clean: 0, decoys: 1 };
  const report = (more: Partial<ShortcutReport>): ShortcutReport => ({
    ...{ model: 0, kind: "distantPair", words: ["z", "y"], classes: ["a", "b"], figures },
    ...{ isControl: true, graded: 0, missed: 0, accuracy: 0.5, accuracyWithout: 0.5 },
    ...more,
  });
  const learnedOf = (one: ShortcutReport) => {
    const table = trustTableOfModels([madeFigures(0)], {
      ...{ explainers: ["lrp", "sa"], resamples: 20, shortcuts: [one] },
    });
    const about = { model: "m", corpus: "c", length: [2, 60], sentences: 4, seed: 0 } as const;
    const [, row] = /Table 9\..*?<tbody><tr>(.*?)<\/tr><\/tbody>/s.exec(trustHtml(table, about))!;
    const cells = [...row!.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => cell);
    return [cells[3], cells.at(-1)];
  };
  assertEquals(learnedOf(report({})), ["100.0 %", "yes, which cannot be"]);
  assertEquals(learnedOf(report({ why: "half" })), ["100.0 %", "no, as it must be: half"]);
  const pair = { kind: "orderedPair", isControl: false } as const;
  assertEquals(learnedOf(report(pair)), ["100.0 %", "yes"]);
  assertEquals(learnedOf(report({ ...pair, why: "half" })), ["100.0 %", "no: half"]);
  const none = { texts: 0, planted: NaN, deleted: NaN, clean: NaN };
  assertEquals(learnedOf(report({ ...pair, why: "short", figures: none })), ["–", "no: short"]);
});

Deno.test("overSeedsTest() says nothing where a mean is 0, or there is none", () => {
  const empty: number[][] = [[1, 2], [], [3]];
  assertEquals([[[1, 2]], [[1, -1], [2, -2]], [[1], [-1]], empty].map(overSeedsTest), [1, 1, 1, 1]);
  assertEquals(overSeedsTest([[1, 3], [2, 2]]), 0);
});

Deno.test("two explainers are compared in every column, paired, with p-values over all of them", () => {
  const figures = madeFigures(9);
  const numbers = (name: string) =>
    columnNumbers(COLUMNS.find((column) => column.name === name)!, figures, ["lrp", "sa"]);
  const { columns } = compareRows(["lrp", "sa"], COLUMNS, ({ name }) => numbers(name), [], {
    resamples: 200,
  });
  const found = Object.fromEntries(columns.map((column) => [column.measure, column]));
  const names = ["shapley", "token", "pointing", "comp", "suff", "tokenCoverRank", "tokenMeanRank"];
  assertEquals(columns.map(({ measure }) => measure).sort(), names.sort());
  const gain = figures.texts.reduce((sum, { rows }) => sum + rows.lrp!.suff! - rows.sa!.suff!, 0) /
    40;
  // Low is good there.
  assertAlmostEquals(found.suff!.gain.value, -gain, 1e-9);
  assertEquals([found.suff!.answer, found.comp!.answer], ["behind", "ahead"]);
  assertEquals(found.pointing!.first, 1);
  // A text that one row lacks counts for neither.
  const lacking = structuredClone(figures) as AllFigures;
  (lacking.texts[0]!.rows.lrp as Record<string, number>).comp = 9;
  delete (lacking.texts[0]!.rows.sa as Record<string, number>).comp;
  const comp = COLUMNS.filter(({ name }) => name === "comp");
  const numbersOf = (figures: AllFigures) => () => columnNumbers(comp[0]!, figures, ["lrp", "sa"]);
  const [paired] = compareRows(["lrp", "sa"], comp, numbersOf(lacking), [], { resamples: 200 })
    .columns;
  assertEquals(paired!.gain.documents, 39);
  const others = figures.texts.slice(1).map(({ rows }) => rows.lrp!.comp!);
  assertAlmostEquals(paired!.first, others.reduce((a, b) => a + b) / 39, 1e-9);
  assertAlmostEquals(paired!.first - paired!.second, paired!.gain.value, 1e-9);
  // Five models that contradict each other tell nothing of the recipe, however sure the texts are.
  const shifts = [-2, -2, 0, 2, 3];
  const models = shifts.map((shift) => {
    const model = structuredClone(figures) as AllFigures;
    for (const { rows } of model.texts) (rows.lrp as Record<string, number>).comp! += shift;
    return model;
  });
  const ofModels = models.map(numbersOf);
  const [unsure] = compareRows(
    ["lrp", "sa"],
    comp,
    numbersOf(averageModels(alignModels(models))),
    ofModels,
    { resamples: 200 },
  ).columns;
  const gains = models.map(({ texts }) =>
    texts.map(({ rows }) => rows.lrp!.comp! - rows.sa!.comp!)
  );
  assertAlmostEquals(unsure!.p, overSeedsTest(gains), 1e-9);
  assert(unsure!.p > 0.05 && unsure!.gain.low! < 0 && unsure!.gain.high! > 0);
  assertEquals(unsure!.answer, "open");
  // Nor does a verdict follow from them; over texts alone it would.
  const means = numbersOf(averageModels(alignModels(models)))();
  const judgedBy = (models: Parameters<typeof verdictFigures>[3]) =>
    verdictFigures(means, ["lrp", "sa"], { resamples: 200 }, models).get("sa")!.pBest;
  assert(judgedBy([]) < 0.001);
  assertAlmostEquals(judgedBy(ofModels.map((numbers) => numbers())), overSeedsTest(gains), 1e-9);
  // The smallest p of seven is multiplied by seven.
  assertAlmostEquals(Math.min(...columns.map(({ p }) => p)) * 10_001 / 7, 1, 1e-6);
});
