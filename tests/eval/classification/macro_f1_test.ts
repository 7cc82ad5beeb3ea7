import { classification, macroF1 } from "@heatword/eval/classification";
import { assertEquals } from "@std/assert";

Deno.test("macroF1() is the mean over the classes that occur, 0 for one that is never found", () => {
  // By hand: a 2·1/(2+2), b 0 (two documents, never given), c 2·1/(1+3); d does not occur.
  const found = classification([0, 0, 1, 1, 2], [0, 2, 0, 2, 2], ["a", "b", "c", "d"]);
  assertEquals(macroF1(found), (2 / 4 + 0 + 2 / 4) / 3);
  // A class that is only predicted counts, too.
  assertEquals(macroF1(classification([0, 0], [0, 1], ["a", "b"])), (2 / 3 + 0) / 2);
  assertEquals(macroF1(classification([], [], ["a"])), NaN);
});
