import { classification, predictedClass } from "@heatword/eval/classification";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

Deno.test("classification() counts, and gives recall, precision and F1 of each class", () => {
  const found = classification([0, 0, 0, 1, 2], [0, 0, 1, 1, 1], ["a", "b", "c"]);
  assertEquals(found.confusion, [[2, 1, 0], [0, 1, 0], [0, 1, 0]]);
  assertEquals([found.documents, found.correct, found.accuracy], [5, 3, 0.6]);
  assertAlmostEquals(found.standardError, Math.sqrt(0.6 * 0.4 / 5), 1e-12);
  const [a, b, c] = found.byClass;
  assertAlmostEquals(a!.recall, 2 / 3, 1e-12);
  assertEquals(a!.precision, 1);
  assertAlmostEquals(a!.f1, 0.8, 1e-12);
  assertEquals([b!.recall, b!.precision], [1, 1 / 3]);
  assertEquals(c!.recall, 0);
  assert(Number.isNaN(c!.precision) && Number.isNaN(c!.f1));
});

Deno.test("classification() of nothing has no accuracy", () => {
  assert(Number.isNaN(classification([], [], ["a"]).accuracy));
});

Deno.test("classification() refuses what does not fit", () => {
  assertThrows(() => classification([0], [], ["a"]), RangeError, "0 predictions of 1");
  assertThrows(() => classification([0], [1], ["a"]), RangeError, "class 0 with 1");
  assertThrows(() => classification([3], [0], ["a"]), RangeError, "class 3 with 0");
});

Deno.test("predictedClass() takes the first of equals", () => {
  assertEquals(predictedClass(new Float64Array([-3, -1, -1])), 1);
});
