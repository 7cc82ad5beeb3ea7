import type { Document } from "@heatword/core";
import { heatmapSegments, largestRelevance } from "@heatword/eval/heatmap";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** Every run of letters is a token. */
function documentOf(text: string): Document {
  const tokens = [...text.matchAll(/[a-z]+/gi)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return { text, tokens };
}

Deno.test("heatmapSegments() gives the whole text back, every word with its own relevance", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const document = documentOf(text);
      const relevance = document.tokens.map((_, t) => t - 2);
      const segments = heatmapSegments(document, relevance);
      assertEquals(segments.map((segment) => segment.text).join(""), text);
      const words = segments.filter((segment) => segment.token !== undefined);
      assertEquals(words.map((word) => word.text), document.tokens.map((token) => token.text));
      assertEquals(words.map((word) => word.relevance), relevance);
      for (const { intensity } of words) assert(Math.abs(intensity!) <= 1);
      for (const { start, text: piece } of segments) {
        assertEquals(text.slice(start, start + piece.length), piece);
      }
    }),
  );
});

Deno.test("heatmapSegments() normalises by the largest absolute relevance or the given one", () => {
  const document = documentOf("a b c");
  const intensities = (max?: number) =>
    heatmapSegments(document, [1, -4, 0], max === undefined ? {} : { max })
      .filter((segment) => segment.token !== undefined).map((segment) => segment.intensity);
  assertEquals(intensities(), [0.25, -1, 0]);
  assertEquals(intensities(2), [0.5, -1, 0]);
  assertEquals(largestRelevance(document, [1, -4, 0, 99]), 4);
});

Deno.test("heatmapSegments() shows all-zero relevance without dividing by zero", () => {
  const words = heatmapSegments(documentOf("a b"), [0, 0]).filter((s) => s.token !== undefined);
  assertEquals(words.map((word) => word.intensity), [0, 0]);
});

Deno.test("heatmapSegments() marks what was cut off, and copes with overlapping offsets", () => {
  const tokens = [{ text: "ab", start: 0, end: 2 }, { text: "bc", start: 1, end: 3 }];
  const segments = heatmapSegments({ text: "abcd", tokens, truncated: 1 }, [1, 2]);
  assertEquals(segments.map(({ text, unseen }) => [text, unseen]), [
    ["ab", undefined],
    ["c", undefined],
    ["d", "beyond the limit"],
  ]);
});

Deno.test("heatmapSegments() refuses too few and infinite relevances and a maximum of zero", () => {
  const document = documentOf("a b");
  assertThrows(() => heatmapSegments(document, [1]), RangeError, "1 relevances");
  assertThrows(() => heatmapSegments(document, [1, NaN]), RangeError, '"NaN" of word 1');
  assertThrows(() => heatmapSegments(document, [1, 2], { max: 0 }), RangeError, "normalise");
});
