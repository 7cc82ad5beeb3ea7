import { classification, confusionText } from "@heatword/eval/classification";
import { assertEquals, assertMatch } from "@std/assert";

Deno.test("confusionText() shows the matrix, and of many classes the mistakes", () => {
  const few = classification([0, 0, 1, 1], [0, 1, 1, 1], ["ham", "spam"]);
  assertEquals(confusionText(few), [
    "confusion: true classes in rows, predicted ones in columns",
    "          1  2",
    "ham    1  1  1",
    "spam   2  0  2",
  ]);
  const names = Array.from({ length: 21 }, (_, c) => `c${c}`);
  const many = confusionText(classification([0, 0, 0, 5], [1, 1, 2, 5], names));
  assertEquals(many.slice(1), ["2  c0 taken for c1", "1  c0 taken for c2"]);
  assertMatch(many[0]!, /most frequent mistakes/);
});
