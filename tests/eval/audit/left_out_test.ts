import { assertEquals } from "@std/assert";
import { leftOutTexts, notSeenTexts } from "../../../eval/audit/present/left_out.ts";

const nothing = {
  notCompared: 0,
  notTried: 0,
  unseen: 0,
  untold: 0,
  fewTexts: [],
  notClustered: [],
};

Deno.test("what an audit left out is told with its number, and nothing of what is nothing", () => {
  assertEquals(leftOutTexts(nothing), []);
  const classes = Array.from({ length: 11 }, (_, i) => `c${i}`);
  const some = { ...nothing, notTried: 1, unseen: 1200, fewTexts: ["x"], notClustered: classes };
  assertEquals(leftOutTexts(some), [
    "not tried on the model (--candidates): 1 feature of less suspicion",
    "not seen by the model, as no score changed: 1,200 features",
    "nothing can be found for 1 class (x) with fewer than 3 texts",
    "no clusters of 11 classes (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, …) that too few texts are " +
    "predicted as",
  ]);
  assertEquals(leftOutTexts({ ...nothing, notCompared: 2, untold: 1 }), [
    "not looked at: 2 features with less evidence for a class",
    "not told (--findings): 1 finding of less suspicion",
  ]);
});

Deno.test("of what a model does not see ten are named, and the others counted", () => {
  const notSeen = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ kind: "token", what: `w${i}`, class: "a" } as const,
      ...{ documents: i + 1, ofClass: i + 1, suspicion: 8 },
    }));
  const told = (count: number) =>
    Array.from({ length: count }, (_, i) => `token w${i} (a, ${i + 1} text${i ? "s" : ""})`);
  const begin = "in the texts like a leak, but not seen by this model: ";
  assertEquals(notSeenTexts({ notSeen: [] }), []);
  assertEquals(notSeenTexts({ notSeen: notSeen(10) }), [begin + told(10).join(", ")]);
  assertEquals(notSeenTexts({ notSeen: notSeen(12) }), [
    `${begin}${told(10).join(", ")} and 2 others`,
  ]);
});
