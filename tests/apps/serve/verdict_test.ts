import { assertEquals } from "@std/assert";
import { verdictOf } from "../../../apps/serve/page/verdict_view.ts";

Deno.test("verdictOf() calls no decision wrong for a class that the model does not have", () => {
  const classified = { scores: [1, 3], whole: [1, 3], starts: [0] } as unknown as Parameters<
    typeof verdictOf
  >[0];
  const last = (label?: string) => verdictOf(classified, ["bad", "good"], 0, label).details.at(-1);
  assertEquals(last("good"), "right: the true class");
  assertEquals(last("bad"), "wrong: true class bad");
  assertEquals(last("sci.space"), "true class sci.space, which this model does not have");
  assertEquals(last()?.startsWith("then bad"), true);
});
