import { assertEquals, assertThrows } from "@std/assert";
import { targetScore, targetWeights, tensor, unknownName } from "@heatword/core";

Deno.test("targetWeights() refuses classes that are not there", () => {
  for (const target of [-1, 3, 0.5, NaN, { of: 3, against: 0 }, { of: 0, against: -1 }]) {
    assertThrows(() => targetWeights(target, 3), RangeError, "there are 3 classes, from 0");
  }
  assertThrows(
    () => targetWeights({ of: 1, against: 1 }, 3),
    RangeError,
    "Cannot contrast class 1 with itself",
  );
});

Deno.test("targetScore() is a score, or the difference of two", () => {
  const scores = Float32Array.of(1, -2, 0.5);
  assertEquals(targetScore(1, scores), -2);
  assertEquals(targetScore({ of: 0, against: 1 }, scores), 3);
  // Classes that are not asked for play no part, whatever they are.
  assertEquals(targetScore(0, Float64Array.of(1, Infinity, NaN)), 1);
});

Deno.test("tensor() refuses sizes that do not fit", () => {
  assertThrows(() => tensor(new Float64Array(6), [2, 2]), RangeError, "6 numbers as [2, 2]");
});

Deno.test("unknownName() puts names in quotes whose ends could not be told", () => {
  assertEquals(
    unknownName("class", "sp", ["a, b", " sp ", "two words", 'q"', "", "a, b"]).message,
    'Unknown class "sp": did you mean " sp "? Known: "a, b", " sp ", two words, "q\\"", ""',
  );
});

Deno.test("unknownName() suggests names that are like the one given, and no others", () => {
  const known = ["lrp", "sa", "integrated-gradients", "occlusion", ""];
  const guess = (name: string) =>
    /did you mean "(.*?)"/.exec(unknownName("explainer", name, known).message)?.[1];
  assertEquals(
    ["lpr", "LRP", "integrated", "oclusion", "s"].map(guess),
    ["lrp", "lrp", "integrated-gradients", "occlusion", "sa"],
  );
  assertEquals(["banana", "xx", "zz", "gradcam", "1"].map(guess), Array(5).fill(undefined));
  assertEquals(
    unknownName("explainer", "banana", ["lrp", "sa"]).message,
    'Unknown explainer "banana". Known: lrp, sa',
  );
});

Deno.test("unknownName() does without a suggestion when nothing is known", () => {
  assertEquals(unknownName("plugin", "x", []).message, 'Unknown plugin "x": none is known');
});
