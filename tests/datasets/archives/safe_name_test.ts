import { safeName } from "@heatword/datasets/archives";
import { assertEquals, assertThrows } from "@std/assert";

Deno.test("safeName() passes relative names on", () => {
  for (const name of ["a", "a/b.c", "a/..b/c", "a b/é", "20news-bydate-test/sci.space/61393"]) {
    assertEquals(safeName(name), name);
  }
  assertEquals(safeName("././a"), "a");
});

Deno.test("safeName() refuses whatever leads elsewhere", () => {
  const names = [
    "",
    "./",
    "/a",
    ".//a",
    "..",
    "../a",
    "a/../../b",
    "a/..",
    "C:/a",
    "c:a",
    "a\\..\\b",
  ];
  for (const name of [...names, "a\0b", "a\nb", "a\x7f"]) {
    assertThrows(() => safeName(name), SyntaxError, "Refused the entry");
  }
});
