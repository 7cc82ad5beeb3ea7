import type { Document } from "@heatword/core";
import { beginsRight, isRtl } from "@heatword/core/direction";
import { heatmapHtml, heatmapSvg } from "@heatword/eval/heatmap";
import { assert, assertEquals } from "@std/assert";
import { parseHTML } from "linkedom";

/** What blanks separate is a word. */
function documentOf(text: string): Document {
  const tokens = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens };
}

/** The words of each line as they stand, from the left to the right, each with its column. */
function placesOf(text: string, columns: number): [column: number, word: string][][] {
  const document = documentOf(text);
  const svg = heatmapSvg(document, document.tokens.map(() => 1), { columns, legend: false });
  // deno-lint-ignore no-explicit-any
  const page = (parseHTML(`<html><body>${svg}</body></html>`) as any).document;
  for (const title of page.querySelectorAll("title")) title.remove();
  const lines = new Map<number, [left: number, word: string][]>();
  for (const one of page.querySelectorAll("text")) {
    const number = (name: string) => Number(one.getAttribute(name));
    const isRtl = one.getAttribute("direction") === "rtl";
    const left = number("x") - (isRtl ? number("textLength") : 0);
    if (/[\u0590-\u06ffa-z]/.test(one.textContent)) {
      assertEquals(isRtl, !/[a-z]/.test(one.textContent), one.textContent);
    }
    const line = lines.get(number("y")) ?? [];
    line.push([Math.round((left - 12) / 7.8), one.textContent]);
    lines.set(number("y"), line);
  }
  return [...lines.values()].map((line) => {
    line.sort(([a], [b]) => a - b);
    // No word stands on another.
    line.forEach(([column, word], i) =>
      assert(i === 0 || column >= line[i - 1]![0] + line[i - 1]![1].length, word)
    );
    return line;
  });
}

/** The words of each line as they stand, from the left to the right, with the column of the first. */
const linesOf = (text: string, columns = 40): [column: number, ...words: string[]][] =>
  placesOf(text, columns).map((line) => [line[0]![0], ...line.map(([, word]) => word)]);

Deno.test("SVG puts words of all scripts where they are read", () => {
  assertEquals(linesOf("plain moon line"), [[0, "plain", "moon", "line"]]);
  // An English line with Hebrew and Arabic in it: each run from right to left.
  assertEquals(linesOf("the שלום עולם moon مرحبا on"), [
    [0, "the", "עולם", "שלום", "moon", "مرحبا", "on"],
  ]);
  // A Hebrew line begins at the right; English words in a row are read from the left.
  assertEquals(linesOf("שלום moon ride עולם"), [[40 - 19, "עולם", "moon", "ride", "שלום"]]);
  // A number is read from the left, in its place among the words.
  assertEquals(linesOf("مرحبا 2024 بالعالم"), [[40 - 18, "بالعالم", "2024", "مرحبا"]]);
  // What is no letter does not say where a line begins.
  assertEquals(linesOf("🚀 10 שלום moon"), [[40 - 15, "moon", "שלום", "10", "🚀"]]);
});

Deno.test("each line of an SVG has the direction of its paragraph, wrapped or not", () => {
  assertEquals(linesOf("moon שלום\nשלום moon\nride"), [
    [0, "moon", "שלום"],
    [40 - 9, "moon", "שלום"],
    [0, "ride"],
  ]);
  // The blank at the end of a wrapped line stands at its end, not between words.
  assertEquals(
    linesOf("אבגדה אבגדה אבגדה אבגדה moon ride", 20),
    [
      [20 - 17, "אבגדה", "אבגדה", "אבגדה"],
      [20 - 15, "moon", "ride", "אבגדה"],
    ].map(([column, ...words]) => [column, ...words]) as never,
  );
  assertEquals(placesOf("moon אבגדה אבגדה אבגדה", 20), [
    [[0, "moon"], [5, "אבגדה"], [11, "אבגדה"]],
    [[0, "אבגדה"]],
  ]);
});

Deno.test("isRtl() and beginsRight() go by letters of every plane", () => {
  assertEquals(["moon", "שלום", "a م", "𞤀", "🚀", ""].map(isRtl), [
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  assertEquals(["1. שלום moon", "moon שלום", "12!", "𞤀 moon"].map(beginsRight), [
    true,
    false,
    false,
    true,
  ]);
});

Deno.test("HTML leaves the order of words to the browser, a line at a time", () => {
  const document = documentOf("שלום moon");
  const html = heatmapHtml(document, [1, 1], { unknown: [0, 1] });
  // deno-lint-ignore no-explicit-any
  const page = (parseHTML(`<html><body>${html}</body></html>`) as any).document;
  assertEquals(page.querySelector(".hw-text").getAttribute("dir"), "auto");
  const [hebrew, english] = page.querySelectorAll(".hw-text .hw-unknown");
  // The question mark stands on the side on which the word ends.
  assertEquals([hebrew, english].map(({ classList }) => classList.contains("hw-rtl")), [
    true,
    false,
  ]);
});
