import type { Document } from "@heatword/core";
import { heatmapCss, heatmapHtml } from "@heatword/eval/heatmap";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { parseHTML } from "linkedom";

const hostile = '<img src=x onerror="alert(1)"> </script><!-- & \' ride';

function documentOf(text: string): Document {
  const tokens = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return { text, tokens };
}

function parse(html: string) {
  // deno-lint-ignore no-explicit-any
  return (parseHTML(`<html><body>${html}</body></html>`) as any).document;
}

Deno.test("heatmapHtml() shows the text as written and nothing of it as HTML", () => {
  const document = documentOf(hostile);
  const html = heatmapHtml(document, document.tokens.map((_, t) => t - 1), { caption: hostile });
  const page = parse(html);
  assertEquals(page.querySelector(".hw-text").textContent, hostile);
  assertEquals(page.querySelector("figcaption").textContent, hostile);
  assertEquals(page.querySelectorAll("img, script").length, 0);
});

Deno.test("heatmapHtml() keeps any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const document = documentOf(text);
      const html = heatmapHtml(document, document.tokens.map((_, t) => (t % 3) - 1));
      const shown = html.match(/<div class="hw-text" dir="auto">([\s\S]*)<\/div>/)![1]!
        .replaceAll(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
      assertEquals(shown, text);
    }),
  );
});

Deno.test("heatmapHtml() marks signs by class and says the relevance of each word", () => {
  const page = parse(heatmapHtml(documentOf("up down none"), [2, -1, 0]));
  const [up, down, none] = page.querySelectorAll(".hw-text span");
  assertEquals([up.className, up.getAttribute("title")], ["hw-p20", "+2"]);
  assertEquals([down.className, down.getAttribute("title")], ["hw-n10", "−1"]);
  assertEquals([none.className, none.getAttribute("title")], ["", "0"]);
});

Deno.test("heatmapHtml() has a legend unless told otherwise, and says what was cut off", () => {
  const document = { ...documentOf("a b"), truncated: 7 };
  const html = heatmapHtml({ ...document, tokens: document.tokens.slice(0, 1) }, [0.5]);
  assertStringIncludes(html, "hw-legend");
  assertEquals(parse(html).querySelector(".hw-cut").textContent, "b");
  assertStringIncludes(html, "the last 7 words");
  assert(!heatmapHtml(documentOf("a"), [1], { legend: false }).includes("hw-legend"));
});

Deno.test("heatmapHtml() takes an empty document", () => {
  assertStringIncludes(
    heatmapHtml({ text: "", tokens: [] }, []),
    '<div class="hw-text" dir="auto"></div>',
  );
});

Deno.test("heatmapCss() styles every level and tells the signs apart without colour", () => {
  const css = heatmapCss();
  for (let level = 1; level <= 20; level++) {
    assertMatch(css, new RegExp(`\\.hw-p${level}\\{`));
    assertMatch(css, new RegExp(`\\.hw-n${level}\\{`));
  }
  assertMatch(css, /hw-p[^}]*text-decoration-style: solid/);
  assertMatch(css, /hw-n[^}]*text-decoration-style: dotted/);
  assert(!/url\(|@import/.test(css));
});
