import { contentDigest, decodeLatin1, removeHeader } from "@heatword/datasets/newsgroups";
import { assertEquals, assertNotEquals } from "@std/assert";

Deno.test("decodeLatin1() gives every byte the character of its number", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = decodeLatin1(bytes);
  assertEquals(Array.from(text, (character) => character.charCodeAt(0)), [...bytes]);
  assertEquals(decodeLatin1(bytes.subarray(0x41, 0x44)), "ABC");
});

Deno.test("removeHeader() cuts at the first blank line", () => {
  assertEquals(removeHeader("a: b\n\nc\n\nd"), "c\n\nd");
  assertEquals(removeHeader("a: b\n\n\n\nc"), "\n\nc");
  assertEquals(removeHeader("\n\nc"), "c");
  assertEquals(removeHeader("a: b\n\n"), "");
  assertEquals(removeHeader("a: b\r\n\r\nc"), "a: b\r\n\r\nc");
  assertEquals(removeHeader("no blank line\n"), "no blank line\n");
});

Deno.test("contentDigest() is that of sha256sum's lines, sorted by path", () => {
  const files = new Map([["b", new Uint8Array(0)], ["a/c", new TextEncoder().encode("abc")]]);
  assertEquals(
    contentDigest(files),
    "323441741909e394928dd8023cd399274de957fa59dfbdaec1715482480d6b6c",
  );
  assertNotEquals(contentDigest(new Map([["b", new Uint8Array(1)]])), contentDigest(files));
});
