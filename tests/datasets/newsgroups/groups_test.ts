import { GROUPS, TOP_LEVEL_CATEGORIES, topLevelCategory } from "@heatword/datasets/newsgroups";
import { assertEquals } from "@std/assert";

Deno.test("GROUPS are twenty, in alphabetical order", () => {
  assertEquals(GROUPS.length, 20);
  assertEquals([...GROUPS], [...new Set(GROUPS)].sort());
});

Deno.test("topLevelCategory() gives the five categories and leaves out misc.forsale", () => {
  const groupsOf = (category?: string) => GROUPS.filter((g) => topLevelCategory(g) === category);
  assertEquals(TOP_LEVEL_CATEGORIES.map((c) => groupsOf(c).length), [5, 4, 4, 3, 3]);
  assertEquals(groupsOf("religion"), [
    "alt.atheism",
    "soc.religion.christian",
    "talk.religion.misc",
  ]);
  assertEquals(groupsOf("politics").every((group) => group.startsWith("talk.politics.")), true);
  assertEquals(groupsOf(undefined), ["misc.forsale"]);
  assertEquals(topLevelCategory("sci.math"), undefined);
});
