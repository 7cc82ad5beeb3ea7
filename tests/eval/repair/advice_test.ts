import {
  advisedWay,
  type Figures,
  repairHtml,
  type RepairReport,
  repairText,
  type RepairWay,
} from "@heatword/eval/repair";
import { assertEquals, assertNotMatch, assertStringIncludes, assertThrows } from "@std/assert";

const figure = (before: number, after: number, texts = 100_000) => {
  const of = (estimate: number) => ({ estimate, low: estimate - 0.02, high: estimate + 0.02 });
  return { before: of(before), after: of(after), change: of(after - before), texts };
};

type Way = [way: RepairWay, accuracy: number, mass?: number];

const reported = ([way, accuracy, mass]: Way, texts?: number) => ({
  way,
  folder: `out/${way}`,
  done: "done",
  figures: {
    withoutLeak: figure(0.8, accuracy, texts),
    ...(mass !== undefined && { mass: figure(0.9, mass) }),
  } satisfies Figures,
});

Deno.test("the advised way is accurate first, looks least at the leak then, and is the first of equals", () => {
  const cases: [advised: RepairWay, ways: Way[]][] = [
    // Far more accurate, whatever the relevance.
    ["penalty", [["deletion", 0.8, 0], ["penalty", 0.85, 0.3]]],
    // Within a point the relevance decides.
    ["deletion", [["penalty", 0.805, 0.3], ["deletion", 0.8, 0.1]]],
    // Where the relevances are within a point, too: the first.
    ["deletion", [["deletion", 0.8, 0.009], ["penalty", 0.805, 0]]],
    ["penalty", [["deletion", 0.8, 0.011], ["penalty", 0.805, 0]]],
    // No text that is measured has the leak.
    ["filters", [["deletion", 0.7], ["filters", 0.8]]],
  ];
  for (const [advised, ways] of cases) {
    const all = ways.map((way) => reported(way));
    assertEquals(advisedWay(all).way, advised, JSON.stringify(ways));
  }
  // Of 100 texts the standard error of 80 % is 4 points, and relevance decides within it.
  const few = (accuracy: number) =>
    advisedWay([reported(["penalty", 0.8, 0.3], 100), reported(["deletion", accuracy, 0], 100)]);
  assertEquals([few(0.765).way, few(0.755).way], ["deletion", "penalty"]);
  assertThrows(() => advisedWay([]), RangeError, "Cannot advise one of no ways");
});

const report = (ways: readonly Way[]): RepairReport => {
  const reports = ways.map((way) => reported(way));
  return {
    model: "m",
    corpus: "t.csv",
    against: { kind: "token", what: "zorbex" },
    explainer: "lrp",
    seeds: [1],
    writtenFrom: "learned",
    texts: { learned: 8, learnedWithLeak: 2, measured: 4, measuredWithLeak: 2 },
    ways: reports,
    advised: advisedWay(reports).way,
  };
};

Deno.test("page and terminal say which way to take, and why, where there is a choice", () => {
  const both = report([["deletion", 0.75, 0.02], ["penalty", 0.65, 0]]);
  const line =
    "deletion, with 75.0 % right without the leak, 2.0 % of the relevance on it, less accurate than before";
  assertStringIncludes(repairText(both).replaceAll(/[\u00a0\u202f]/g, " "), `to take: ${line}`);
  assertStringIncludes(repairHtml(both).replaceAll(/[\u00a0\u202f]/g, " "), line);
  const better = report([["deletion", 0.85, 0.02], ["penalty", 0.65, 0]]);
  assertNotMatch(repairText(better), /less accurate/);
  const one = report([["deletion", 0.85, 0.02]]);
  assertNotMatch(repairText(one) + repairHtml(one), /[tT]o take/);
});
