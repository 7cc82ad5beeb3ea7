// Each measure of a text against a naive version of a few lines, on a word-CNN.
import { type Document, explain, Random } from "@heatword/core";
import { plainVectors, Vocabulary, WordCnn, type WordCnnInput } from "@heatword/core/word-cnn";
import {
  COLUMNS,
  measureList,
  MEASURES,
  measuresOf,
  measureText,
  reasonsAgainst,
  type TextFigures,
  trustTable,
  withExplanatoryPower,
} from "@heatword/eval/trust";
import { modelFromFunction } from "@heatword/core/models";
import "@heatword/explainers";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";

const random = new Random(8);
const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
const model = new WordCnn({
  classes: ["a", "b", "c"],
  vocabulary: new Vocabulary(words),
  vectors: plainVectors(draw(words.length * 5), 5),
  convolutionWeights: draw(2 * 5 * 12),
  convolutionBias: draw(12),
  denseWeights: draw(12 * 3),
  denseBias: draw(3),
});
const explainers = ["gradient-input", "occlusion", "sa", "random"];
const drawText = (length: number, label = "a"): Document => {
  const text = Array.from({ length }, () => words[random.below(words.length)]).join(" ");
  return { ...model.read(text), label };
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const softmax = (scores: ArrayLike<number>, c: number) =>
  1 / Array.from(scores).reduce((sum, score) => sum + Math.exp(score - scores[c]!), 0);

/** What the explainers say of a text, asked one by one. */
async function relevances(of: WordCnn, input: WordCnnInput, target: number, n: number) {
  const found: Record<string, number[]> = {};
  for (const name of explainers) {
    const { words } = await explain(name, of, input, target, name === "random" ? { seed: 3 } : {});
    found[name] = [...words.subarray(0, n)];
  }
  return found;
}

const byRelevance = (R: readonly number[]) =>
  R.map((_, i) => i).sort((i, j) => R[j]! - R[i]! || i - j);

Deno.test("areas, F-Fidelity, shuffled weights and sensitivity are those of naive versions", async () => {
  const document = drawText(7);
  const input = model.encode(document);
  const n = document.tokens.length;
  const plan = { explainers, seed: 3, seesMissingWords: true };
  const { rows, target } = await measureText(model, document, 0, plan);
  const own = await relevances(model, input, target, n);
  const score = (deleted: number[]) => model.scores(model.withoutWords(input, deleted));
  const draws = new Random(3).fork(0).fork(5);
  const numbers = [...input.vectors];
  const spread = Math.sqrt(mean(numbers.map((x) => x * x)) - mean(numbers) ** 2);
  const moved = await Promise.all([0, 1, 2].map(() => {
    const vectors = input.vectors.map((x) => x + 0.1 * spread * (2 * draws.uniform() - 1));
    return relevances(model, model.withVectors(input, vectors), target, n);
  }));
  const shuffle = (layers: number) =>
    model.withShuffledWeights(new Random(3).fork(0x5175ffe).fork(0), layers);
  const shuffled = await Promise.all(
    [1, 2].map((layers) =>
      relevances(shuffle(layers), shuffle(layers).encode(document), target, n)
    ),
  );
  for (const name of explainers) {
    const R = own[name]!;
    const row = rows[name]!;
    const order = byRelevance(R);
    const curve = (sets: number[][]) => {
      const values = sets.map((deleted) => softmax(score(deleted), target));
      return mean(values.slice(1).map((value, k) => (value + values[k]!) / 2));
    };
    const counts = Array.from({ length: n + 1 }, (_, k) => k);
    assertAlmostEquals(row.deletionArea!, curve(counts.map((k) => order.slice(0, k))), 1e-9);
    assertAlmostEquals(row.insertionArea!, curve(counts.map((k) => order.slice(k))), 1e-9);

    // With seven words one is deleted at a time, so that all sets are single words.
    const drop = (t: number) => score([])[target]! - score([t])[target]!;
    const gains = [10, 20, 30, 40, 50].map((q) => {
      const k = Math.ceil(q * n / 100);
      return mean(order.slice(0, k).map(drop)) - mean(order.slice(k).map(drop));
    });
    assertAlmostEquals(row.fFidelity!, mean(gains), 1e-9);

    const size = Math.hypot(...R);
    const changes = moved.map((other) => Math.hypot(...other[name]!.map((x, t) => x - R[t]!)));
    assertAlmostEquals(row.maxSensitivity!, -Math.max(...changes) / size, 1e-9);

    const entropy = (values: number[]) => {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const bins = values.map((x) => Math.min(99, Math.floor((x - low) / (high - low) * 100)));
      return bins.reduce((sum, bin) => {
        const same = bins.filter((other) => other === bin).length;
        return sum - Math.log(same / bins.length) / bins.length;
      }, 0);
    };
    const [before, after] = [entropy(R), entropy(shuffled[1]![name]!)];
    assertAlmostEquals(row.emprt!, (after - before) / before, 1e-9);
    const ranks = (values: number[]) =>
      values.map((x) => mean(values.map((y) => Number(y < x) + Number(y <= x))));
    const rho = (a: number[], b: number[]) => {
      const [x, y] = [ranks(a), ranks(b)].map((r) => r.map((value) => value - mean(r)));
      const dot = (u: number[], v: number[]) => u.reduce((sum, value, i) => sum + value * v[i]!, 0);
      return dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!));
    };
    const mprt = shuffled.map((other) => 1 - Math.abs(rho(other[name]!, R)));
    assertAlmostEquals(row.mprt!, mean(mprt), 1e-9);
    assertAlmostEquals(row.mprtFirst!, mprt[0]!, 1e-9);
  }
  // What does not look at the model does not change with it.
  assertEquals([rows.random!.emprt, rows.random!.mprt, rows.random!.maxSensitivity], [0, 0, 0]);
  // What is no explainer is not asked again.
  assertEquals(rows["true Shapley"]!.emprt, undefined);
  const later = await measureText(model, document, 30, { ...plan, measures: ["max-sensitivity"] });
  assertEquals(later.rows.sa, {});
});

Deno.test("the explanatory power index is that of neighbours found one by one", async () => {
  const texts: TextFigures[] = [];
  for (let i = 0; i < 9; i++) {
    const plan = { explainers, seed: 3, measures: ["epi"] };
    texts.push(await measureText(model, drawText(6, i % 2 ? "a" : "b"), i, plan));
  }
  const found = withExplanatoryPower(texts, 5);
  assert(found.every(({ label }, i) => label === (i % 2 ? 0 : 1)));
  const units = texts.map((
    { vectors },
  ) => [...new Float32Array(Uint8Array.fromBase64(vectors!.occlusion!).buffer)]);
  units.forEach((unit) => assertAlmostEquals(Math.hypot(...unit), 1, 1e-6));
  const halves = new Random(5).fork(0xe21);
  const splits = Array.from({ length: 10 }, () => {
    const order = [...halves.shuffle(Int32Array.from({ length: 9 }, (_, i) => i))];
    return [[order.slice(0, 4), order.slice(4)], [order.slice(4), order.slice(0, 4)]];
  }).flat();
  const cosine = (i: number, j: number) =>
    units[i]!.reduce((sum, x, d) => sum + x * units[j]![d]!, 0);
  const right = (i: number, learned: number[], k: number) => {
    const near = learned.toSorted((a, b) => cosine(i, b) - cosine(i, a)).slice(0, k);
    const votes = (label: number) => near.filter((j) => texts[j]!.label === label).length;
    const [zero, one] = [votes(0), votes(1)];
    const winner = zero === one ? texts[near[0]!]!.label : zero > one ? 0 : 1;
    return Number(winner === texts[i]!.label);
  };
  const accuracy = (k: number) =>
    mean(splits.map(([learned, rest]) => mean(rest!.map((i) => right(i, learned!, k)))));
  const ks = [1, 3, 5];
  const best = ks.reduce((a, b) => accuracy(b) > accuracy(a) + 1e-12 ? b : a);
  found.forEach(({ rows }, i) => {
    const tested = splits.filter(([, rest]) => rest!.includes(i));
    const share = mean(tested.map(([learned]) => right(i, learned!, best)));
    assertAlmostEquals(rows.occlusion!.epi!, share, 1e-9);
  });
});

Deno.test("measures are chosen by name, and say what they need and which way is good", async () => {
  const names = MEASURES.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  assertEquals(new Set(COLUMNS.map(({ name }) => name)).size, COLUMNS.length);
  const list = measureList();
  for (const { name, needs, columns } of MEASURES) {
    assertStringIncludes(list, `${name}\n`);
    assertStringIncludes(list, `needs: ${needs}`);
    for (const column of columns) {
      assertStringIncludes(list, `column ${column.name}: ${column.better} is better`);
    }
  }
  assertThrows(() => measuresOf(["infidelty"]), RangeError, 'did you mean "infidelity"?');
  const { rows } = await measureText(model, drawText(5), 0, {
    explainers: ["sa"],
    seed: 0,
    measures: ["aopc", "conservation"],
  });
  assertEquals(Object.keys(rows), [
    "sa",
    "true Shapley",
    "inverted",
    "greedy oracle",
    "random order",
  ]);
  assertEquals(Object.keys(rows.sa!), [
    ...["comp", "suff", "compProbability", "suffProbability"],
    ...["conservation", "conservationWorst"],
  ]);
});

Deno.test("what a black box cannot be measured by is told, and the rest is measured", async () => {
  const box = await modelFromFunction({
    classes: ["day", "night"],
    outputs: "logits",
    predict: (texts) => texts.map((text) => [text.length, text.split("sun").length]),
  });
  const missing = reasonsAgainst(MEASURES, box).map(({ measure }) => measure);
  assertEquals(missing, ["shapley", "randomised", "max-sensitivity", "epi"]);
  const document = drawText(4, "day");
  const plan = { explainers: ["occlusion", "lime"], seed: 0 };
  const figures = await measureText(box, document, 0, plan);
  const { shapley, naopcComp, emprt, maxSensitivity, fFidelity } = figures.rows.occlusion!;
  assertEquals([emprt, maxSensitivity, fFidelity], [undefined, undefined, undefined]);
  assert(shapley !== undefined && naopcComp !== undefined);
  const table = trustTable([figures], [], plan);
  assertEquals(table.rows[0]!.measures.epi, undefined);
  // What was asked for and has no figure does not vanish, unless its reason is told already.
  const untold = (notMeasured: { measure: string; why: string }[]) =>
    trustTable([figures], [], { ...plan, notMeasured }).notMeasured
      .filter((one) => !notMeasured.includes(one));
  const unfilled = [
    ...["plants", "pointing", "f-fidelity", "randomised", "max-sensitivity", "epi"],
    "conservation",
  ];
  assertEquals(
    untold([]),
    unfilled.map((measure) => ({
      measure,
      why: `what it needs was not there: ${MEASURES.find(({ name }) => name === measure)!.needs}`,
    })),
  );
  const told = ["token", "pointing", "f-fidelity", "randomised", "max-sensitivity"];
  assertEquals(
    untold(told.map((measure) => ({ measure, why: "told" }))).map(({ measure }) => measure),
    ["epi", "conservation"],
  );
  assertEquals(table.agreements.map(({ explainers }) => explainers), [["occlusion", "lime"]]);
});
