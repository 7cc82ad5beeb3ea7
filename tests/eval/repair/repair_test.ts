import { type Document, Random } from "@heatword/core";
import {
  figuresOf,
  filterRelevance,
  type LeakingText,
  leakOfFeature,
  leakOfWords,
  repairCsv,
  repairHtml,
  type RepairReport,
  repairText,
  switchFiltersOff,
  type TextOutcome,
  withLeak,
  withoutLeak,
} from "@heatword/eval/repair";
import "@heatword/explainers/lrp";
import { plainVectors, Vocabulary, withFiltersOff, WordCnn } from "@heatword/core/word-cnn";
import {
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";

/** Words are what blanks separate; a comma is none. */
const read = (text: string): Document => ({
  text,
  tokens: Array.from(text.matchAll(/[^\s,]+/g), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

const parts = (text: string, spans: readonly (readonly [number, number])[]) =>
  spans.map((span) => text.slice(...span));

Deno.test("a leak is found wherever a text has it, beyond what the model sees, too", () => {
  const words = leakOfWords(["Zorbex", "sent from"], { read });
  const text = "sent zorbex sent from ZORBEX";
  assertEquals(parts(text, words.spans(read(text))), ["zorbex", "sent from", "ZORBEX"]);
  const { tokens } = read(text);
  const cut: Document = {
    text,
    tokens: tokens.slice(0, 1),
    unseen: tokens.slice(1).map(({ start, end }) => ({ start, end, reason: "beyond the limit" })),
  };
  assertEquals(words.spans(cut), words.spans(read(text)));
  const found: [kind: "group" | "pair" | "punctuation" | "casing", what: string, string[]][] = [
    ["group", "host", ["mail.example", "a.b.org"]],
    ["pair", "from mail.example", ["From", "mail.example"]],
    ["pair", "from … x", ["From", "x"]],
    // As audits told it before its words were in any order.
    ["pair", "x … from", ["From", "x"]],
    ["punctuation", "!!", ["!!"]],
    ["casing", "ALL CAPS", ["ABC"]],
  ];
  const example = "From mail.example x ABC !! a.b.org";
  for (const [kind, what, expected] of found) {
    assertEquals(
      parts(example, leakOfFeature({ kind, what }).spans(read(example))),
      expected,
      what,
    );
    assertEquals(leakOfFeature({ kind, what }).spans(read("nothing here")), []);
  }
  const empty = () => leakOfWords(["a", ","], { read });
  assertThrows(empty, RangeError, 'Cannot repair a model against ",": it does not read that');
  const unknown = () => leakOfFeature({ kind: "group", what: "hosts" });
  assertThrows(unknown, RangeError, 'Unknown group of tokens "hosts"');
});

Deno.test("a leak is taken out and put in, a line as a line", () => {
  const words = leakOfWords(["zorbex"], { read });
  assertEquals(withoutLeak("a zorbex b", words, words.spans(read("a zorbex b"))), "a b");
  const header = leakOfFeature({ kind: "group", what: "header" });
  const example = { form: "From: me", place: 0.5 };
  const put = withLeak("one\ntwo", header, [example], new Random(1));
  assertEquals(put, "one\nFrom: me\ntwo");
  assertEquals(parts(put, header.spans(read(put))), ["From: me"]);
});

Deno.test("filters that lean on a leak are told from others, and switched off they say nothing", async () => {
  // Filter 0 finds "zorbex", filter 1 "refund"; each speaks for a class.
  const model = new WordCnn({
    classes: ["x", "y"],
    vocabulary: new Vocabulary(["zorbex", "refund"]),
    vectors: plainVectors(Float32Array.of(1, 0, 0, 1), 2),
    convolutions: [{ width: 1, filters: 2 }],
    convolutionWeights: Float32Array.of(2, 0, 0, 3),
    convolutionBias: new Float32Array(2),
    denseWeights: Float32Array.of(5, 0, 0, 1),
    denseBias: new Float32Array(2),
  });
  const texts: LeakingText[] = [
    { text: "refund zorbex", label: "x", spans: [[7, 13]] },
    { text: "refund", label: "y", spans: [] },
  ];
  assertEquals([...filterRelevance(model, texts)], [10, 0]);
  // Of few texts with the leak one is held out, so that the relevance on it is that of a text.
  const few = Array.from({ length: 3 }, () => structuredClone(texts)).flat();
  const leak = leakOfWords(["zorbex"], { read });
  const { tried, heldOut, off: switchedOff } = await switchFiltersOff(model, few, leak, "lrp", 1);
  assertEquals([heldOut, tried.map(({ off }) => off)], [1, [0, 1]]);
  assertEquals([tried[0]!.mass > 0, tried[1]!.mass], [true, 0]);
  assertEquals(switchedOff, [0]);
  const off = withFiltersOff(model, [0]);
  const scores = (one: WordCnn) => [...one.scores(one.encode(read("refund zorbex")))];
  assertEquals([scores(model), scores(off)], [[10, 3], [0, 3]]);
  assertThrows(() => withFiltersOff(model, [2]), RangeError, 'Cannot switch off filter "2"');
});

const before: TextOutcome[] = [
  { right: 1, rightWithout: 0, mass: 0.8 },
  { right: 1, rightWithout: 1, mass: 0.4 },
  { right: 0, rightWithout: 0 },
  { right: 1, rightWithout: 1 },
];
const after: TextOutcome[] = [
  { right: 1, rightWithout: 1, mass: 0.1 },
  { right: 0, rightWithout: 1, mass: 0.3 },
  { right: 0, rightWithout: 0 },
  { right: 1, rightWithout: 1 },
];

Deno.test("figures of a repair are paired, over texts or over seeds", () => {
  const one = figuresOf([before], [after]);
  const estimates = Object.entries(one).map(([name, figure]) => [
    name,
    figure.texts,
    ...[figure.before, figure.after, figure.change].map(({ estimate }) =>
      Math.round(1e6 * estimate) / 1e6
    ),
  ]);
  assertEquals(estimates, [
    ["accuracy", 4, 0.75, 0.5, -0.25],
    ["withoutLeak", 4, 0.5, 0.75, 0.25],
    ["elsewhere", 2, 0.5, 0.5, 0],
    ["mass", 2, 0.6, 0.2, -0.4],
  ]);
  // Changes of −0.7 and −0.1: half-width 12.706 · 0.3, cut at −1.
  assertEquals(one.mass!.change.low, -1);
  const several = figuresOf([before, before], [after, before]);
  // Changes of means −0.25 and 0, half-width 12.7062 · 0.125.
  assertAlmostEquals(several.accuracy!.change.estimate, -0.125);
  assertEquals(several.accuracy!.change.low, -1);
  assertAlmostEquals(several.mass!.change.estimate, -0.2);
  assertEquals(figuresOf([[before[2]!]], [[after[2]!]]).mass, undefined);
});

Deno.test("a report of a repair holds nothing of a text as HTML, and all figures", () => {
  const report: RepairReport = {
    model: "m<b>",
    corpus: "<i>.csv",
    against: { kind: "token", what: "<script>\u001b" },
    explainer: "lrp",
    seeds: [3],
    writtenFrom: "learned",
    texts: { learned: 8, learnedWithLeak: 2, measured: 4, measuredWithLeak: 2 },
    ways: [{
      way: "penalty",
      folder: "out/penalty",
      done: "learned anew",
      figures: figuresOf([before], [after]),
    }],
    advised: "penalty",
  };
  const html = repairHtml(report);
  assertEquals(/<script|<i>|<b>/.test(html), false);
  assertStringIncludes(html, "out/penalty");
  assertMatch(html, /60\.0\s%/);
  const [head, ...rows] = repairCsv(report).trim().split("\r\n");
  assertEquals(head!.split(",").slice(0, 4), ["way", "figure", "texts", "before"]);
  assertEquals(rows.map((row) => row.split(",").slice(0, 3)), [
    ["penalty", "accuracy", "4"],
    ["penalty", "withoutLeak", "4"],
    ["penalty", "elsewhere", "2"],
    ["penalty", "mass", "2"],
  ]);
  const text = repairText(report);
  assertEquals(text.includes("\u001b"), false);
  // Where the models in the folders are not those that were measured, page and terminal say so.
  const all = { ...report, writtenFrom: "all" } as const;
  for (
    const [say, what] of [[repairHtml, /in the folders have learned from all/], [
      repairText,
      /, those in the folders have\n/,
    ]] as const
  ) {
    assertMatch(say(all), what);
    assertNotMatch(say(report), what);
  }
  assertStringIncludes(text, "relevance on the leak        60.0 %  → 20.0 %  −40.0 (");
});
