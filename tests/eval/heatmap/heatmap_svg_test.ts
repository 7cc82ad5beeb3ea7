import { heatmapSvg } from "@heatword/eval/heatmap";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseHTML } from "linkedom";

function documentOf(text: string) {
  const tokens = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return { text, tokens };
}

/** The texts of an SVG, without titles, joined; white space does not count. */
function shownText(svg: string): string {
  // deno-lint-ignore no-explicit-any
  const { document } = parseHTML(`<html><body>${svg}</body></html>`) as any;
  for (const title of document.querySelectorAll("title")) title.remove();
  const texts = [...document.querySelectorAll("text")] as { textContent: string }[];
  return texts.map((text) => text.textContent).join("").replaceAll(/\s/g, "");
}

Deno.test("heatmapSvg() shows the whole text, wrapped, whatever its line breaks", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom("a", "ride", "<b>&", " ", "\n", "\r\n", "\r", "\t", "é", "x".repeat(50)),
      ),
      (pieces) => {
        const document = documentOf(pieces.join(""));
        const relevance = document.tokens.map((_, t) => Math.sin(t));
        const svg = heatmapSvg(document, relevance, { columns: 20, legend: false });
        assertEquals(shownText(svg), document.text.replaceAll(/\s/g, ""));
      },
    ),
  );
});

Deno.test("heatmapSvg() keeps surrogate pairs together at a break", () => {
  const svg = heatmapSvg(documentOf("x" + "😀".repeat(60)), [1], { columns: 20, legend: false });
  assert(!svg.includes("\ufffd"));
});

Deno.test("heatmapSvg() is well-formed for control characters and lone surrogates", () => {
  const svg = heatmapSvg(documentOf("a\x00\x1b\ud800<"), [-1], { caption: "<&>" });
  // deno-lint-ignore no-control-regex
  assert(!/[\x00\x1b\ud800]/.test(svg));
  assertStringIncludes(svg, "<title>&lt;&amp;&gt;</title>");
  assertStringIncludes(svg, 'stroke-dasharray="2 2"');
});

Deno.test("heatmapSvg() refuses a width that no word fits in", () => {
  assertThrows(() => heatmapSvg(documentOf("a"), [1], { columns: 3 }), RangeError, "20");
});

Deno.test("heatmapSvg() draws question marks over what follows, in either writing direction", () => {
  for (const text of ["moon,ride", "קרח,שמש"]) {
    const word = { text: text.slice(0, text.indexOf(",")), start: 0, end: text.indexOf(",") };
    const other = { text: text.slice(word.end + 1), start: word.end + 1, end: text.length };
    const unseen = [{ start: word.end, end: word.end + 1, reason: "filtered" as const }];
    const document = { text, tokens: [word, other], unseen };
    const svg = heatmapSvg(document, [1, -1], { unknown: [0], legend: false });
    // Each element covers those before it.
    const mark = svg.indexOf(">?</text>");
    assert(mark > svg.lastIndexOf("<rect"), svg);
  }
});
