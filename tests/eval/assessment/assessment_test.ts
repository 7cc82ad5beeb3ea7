import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  chooseDeletion,
  classWords,
  confidentErrors,
  findingMark,
  findingsOf,
  typicalTexts,
} from "@heatword/eval/assessment";
import { classification } from "@heatword/eval/classification";
import { scoreCurves } from "@heatword/eval/deletion";
import { scorePlot } from "@heatword/eval/plots";
import { planQuickTrust } from "../../../eval/assessment/quick_trust.ts";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";

/** Texts whose words say for classes 0 and 1 what a function tells. */
function toldTexts(texts: readonly string[], say: (word: string, text: number) => number) {
  return texts.map((text, i) => {
    const words = text.split(" ");
    const own = words.map((word) => say(word, i));
    return {
      words,
      said: { targets: [0, 1], relevance: Float32Array.from([...own, ...own.map((x) => -x)]) },
    };
  });
}

Deno.test("classWords() puts neither what is frequent first nor what was said once", () => {
  // "the" stands everywhere and says little, "prize" says much in four texts, "once" more in one.
  const texts = Array.from({ length: 40 }, (_, i) => `The the ${i < 4 ? "prize" : "tea"} x${i}`);
  texts[39] += " once";
  const told = toldTexts(texts, (word, i) => {
    if (word === "once") return 50;
    if (word === "prize") return 2 + 0.1 * i;
    if (word === "tea") return -1 - 0.01 * (i % 3);
    return /^the$/i.test(word) ? 0.05 + 0.001 * (i % 2) : 0;
  });
  const [first, second] = classWords(told, ["a", "b"], 5);
  assertEquals(first!.for.map(({ word }) => word), ["prize", "the"]);
  assertEquals(first!.against.map(({ word }) => word), ["tea"]);
  assertEquals(second!.for.map(({ word }) => word), ["tea"]);
  const [prize, the] = first!.for;
  assertEquals([prize!.texts, the!.texts, the!.occurrences], [4, 40, 80]);
  // 2, 2.1, 2.2, 2.3: mean 2.15, sd 0.1291, t of three degrees of freedom 3.182.
  assertAlmostEquals(prize!.mean, 2.15, 1e-6);
  assertAlmostEquals(prize!.low, 2.15 - 3.18245 * 0.129099 / 2, 1e-4);
  // Both of a text count together.
  assertAlmostEquals(the!.mean, 2 * 0.0505, 1e-6);
});

Deno.test("classWords() tells nothing of words in fewer than three texts, or of no sure sign", () => {
  const told = toldTexts(
    ["up odd", "up odd", "up even", "up"],
    (word, i) => word === "up" ? (i % 2 ? 1 : -1) : 3,
  );
  const [{ texts, ...lists }] = classWords(told, ["a", "b"]) as [ReturnType<typeof classWords>[0]];
  assertEquals([texts, lists.for, lists.against], [4, [], []]);
});

Deno.test("chooseDeletion() takes the lower quartile and half of it, as the texts allow", () => {
  const of = (lengths: number[], given = {}) => chooseDeletion(lengths, given, "word").options;
  const long = Array.from({ length: 9 }, (_, i) => 150 + i);
  assertEquals(of(long), { minLength: 100, deletions: 50, runs: 10 });
  assertEquals(of([1, 1, 1, 1]), { minLength: 2, deletions: 1, runs: 10 });
  assertEquals(of([5, 8, 10, 20, 30]), { minLength: 8, deletions: 4, runs: 10 });
  assertEquals(of([5, 8, 10, 20, 30], { minLength: 20 }), {
    minLength: 20,
    deletions: 10,
    runs: 10,
  });
  assertEquals(of([], { deletions: 3, runs: 1 }), { minLength: 2, deletions: 3, runs: 1 });
  const { note } = chooseDeletion([5, 8], { minLength: 4, deletions: 1 }, "word");
  assertEquals(note, undefined);
});

const evaluated = (rows: readonly (readonly [label: number, scores: number[]])[]) =>
  rows.map(([label, scores]) => {
    const prediction = scores.indexOf(Math.max(...scores));
    return { label, prediction, scores: Float64Array.from(scores) };
  });

Deno.test("confidentErrors() shows the surest, two of a kind at most", () => {
  const found = confidentErrors(
    evaluated([
      [0, [0, 4, 0]],
      [0, [5, 0, 0]],
      [0, [0, 6, 0]],
      [0, [0, 5, 0]],
      [1, [0, 0, 1]],
    ]),
    6,
  );
  assertEquals(found.map(({ index }) => index), [2, 3, 4]);
  assertAlmostEquals(found[0]!.probability, Math.exp(6) / (Math.exp(6) + 2), 1e-12);
});

Deno.test("typicalTexts() shows the median of each class, the largest class first", () => {
  const found = typicalTexts(
    evaluated([[1, [0, 9]], [0, [3, 0]], [0, [1, 0]], [0, [2, 0]], [1, [5, 0]]]),
    2,
  );
  assertEquals(found.map(({ index }) => index), [3, 0]);
});

const curves = scoreCurves(
  Array.from({ length: 40 }, (_, i) => Float64Array.of(0, -3 - i / 40, 0, -1)),
  ["lrp"],
  1,
);

Deno.test("scoreCurves() gives mean changes with paired intervals", () => {
  const [lrp, random] = curves;
  assertAlmostEquals(lrp!.change[1]!, -3 - 39 / 80, 1e-12);
  assertAlmostEquals(lrp!.beyondRandom, -2 - 39 / 80, 1e-12);
  const [low, high] = lrp!.beyondRandomInterval;
  // By the normal law: sd of 0, 1/40, …: 0.2923.
  assertAlmostEquals(high - low, 2 * 1.96 * 0.2923 / Math.sqrt(40), 0.02);
  assertEquals([random!.change, random!.beyondRandom], [[0, -1], 0]);
});

Deno.test("scorePlot() shows the curves on an axis that holds them", () => {
  const chart = { group: "correct", unit: "word", documents: 40, remaining: [40, 40] } as const;
  const svg = scorePlot({ ...chart, curves });
  assert(!/NaN|undefined/.test(svg));
  for (const text of ["LRP", "random", "Change of the score", "40 documents"]) {
    assertStringIncludes(svg, text);
  }
  const none = scorePlot({
    ...chart,
    documents: 0,
    remaining: [0, 0],
    curves: scoreCurves([], ["lrp"], 1),
  });
  assert(!/NaN/.test(none));
  assertStringIncludes(none, "no such documents");
});

/** Findings of so many texts, all right, whose scores fall by deleting. */
function findings(texts: number) {
  const labels = Array.from({ length: texts }, (_, i) => i % 2);
  const experiment = { unit: "word", documents: texts, curves } as const;
  return findingsOf({
    classification: classification(labels, labels, ["a", "b"]),
    conservation: [{ explainer: "lrp", worst: 1e-3, at: 0, mean: 0, documents: texts }],
    scores: [{ ...experiment, group: "correct" }, { ...experiment, group: "wrong", documents: 0 }],
  });
}

Deno.test("findingsOf() judges where there are enough texts, and says how many there are else", () => {
  const marks = (texts: number) =>
    Object.fromEntries(findings(texts).map((finding) => [finding.id, findingMark(finding)]));
  assertEquals(marks(40), {
    "documents.test": "",
    "documents.duplicates": "",
    "accuracy.test": "holds",
    "deletion.correct.lrp": "holds",
    "deletion.wrong.lrp": "too few documents (0)",
    "conservation.lrp": "fails",
  });
  const few = marks(2);
  assertEquals(few["accuracy.test"], "too few documents (2)");
  assertEquals(few["deletion.correct.lrp"], "too few documents (2)");
});

Deno.test("planQuickTrust() names the explainers that it leaves out, unless some were named", () => {
  const lengths = Array.from({ length: 40 }, () => 5);
  const plan = (named?: string[]) =>
    planQuickTrust(miniModel(), { named, isDear: false, seed: 0, lengths });
  const { plan: { explainers }, notes } = plan();
  assertEquals(explainers, [
    "deeplift",
    "gradient-input",
    "integrated-gradients",
    "lime",
    "lrp",
    "occlusion",
    "random",
    "sa",
  ]);
  assertEquals(
    notes[1],
    'Not measured here for the sake of time, but by "deno task trust": ' +
      "kernel-shap, sampled-shapley, shapley, smoothgrad",
  );
  assertEquals(plan(["lrp"]).plan.explainers, ["lrp", "random"]);
  assertEquals(plan(["lrp"]).notes, notes.slice(0, 1));
});
