import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { DOMParser } from "linkedom";
import { type Explanation, formats, render, topWords } from "@heatword/eval/render";
import { visible, visibleJson } from "@heatword/eval/render";
import { madeExplanations } from "../../apps/_made_explanation.ts";

const attack = '<img src=x onerror=alert(1)> moon </script><script>alert(2)</script> & "ride"';

Deno.test("render() writes JSON whose first keys are fixed", async () => {
  const [explanation] = await madeExplanations("A moon ride");
  const json = JSON.parse(await render("json", [explanation!]));
  assertEquals(
    Object.keys(json).slice(0, 7),
    ["text", "explainer", "target", "score", "scores", "relevance", "tokens"],
  );
  assertEquals(json, JSON.parse(JSON.stringify(explanation)));
  assertEquals(Object.keys(json.tokens[0]), ["text", "start", "end", "relevance"]);
  for (const { text, start, end } of json.tokens) assertEquals(json.text.slice(start, end), text);
});

Deno.test("render() writes several explanations as a JSON array or as lines", async () => {
  const explanations = await madeExplanations("A moon ride", { targets: ["all"] });
  const plain = JSON.parse(JSON.stringify(explanations));
  assertEquals(JSON.parse(await render("json", explanations)), plain);
  const lines = (await render("jsonl", explanations)).trimEnd().split("\n");
  assertEquals(lines.map((line) => JSON.parse(line)), plain);
});

Deno.test("visibleJson() changes no value and leaves no control character", () => {
  fc.assert(fc.property(fc.array(fc.nat(0xffff)), (codes) => {
    const text = String.fromCharCode(...codes);
    const json = visibleJson(JSON.stringify(text));
    assertEquals(JSON.parse(json), text);
    // deno-lint-ignore no-control-regex
    assert(!/[\0-\x1f\x7f-\x9f]/.test(json));
  }));
});

Deno.test("visible() shows control characters and keeps lines", () => {
  assertEquals(
    visible("a\x1b[31m\tb\nc\x9b\u202e\x7f\ud800"),
    "a␛[31m\tb\nc<U+009B><U+202E>␡\ufffd",
  );
});

Deno.test("render() writes a CSV row for every word", async () => {
  const explanations = await madeExplanations('the moon, a "ride"', { explainers: ["lrp", "sa"] });
  const rows = parse(await render("csv", explanations), { skipFirstRow: true });
  assertEquals(
    rows.map((row) => [row.explainer, row.position, row.token, Number(row.relevance)]),
    explanations.flatMap(({ explainer, tokens }) =>
      tokens.map(({ text, relevance }, i) => [explainer, String(i + 1), text, relevance])
    ),
  );
});

Deno.test("render() writes HTML in which nothing of the text is markup", async () => {
  const html = await render(
    "html",
    await madeExplanations(attack, { targets: ["all"], ledger: true }),
  );
  const document = new DOMParser().parseFromString(html, "text/html");
  assertEquals(document.querySelectorAll("script, img").length, 0);
  assertEquals(document.querySelectorAll("section").length, 3);
  for (const heatmap of document.querySelectorAll(".hw-text")) {
    assertEquals(heatmap.textContent, attack);
  }
  assertStringIncludes(html, "Content-Security-Policy");
  assertStringIncludes(html, "Where the relevance went");
  assert(!/(src|href)=["']?https?:/.test(html));
});

Deno.test("render() writes one SVG, also of several explanations", async () => {
  for (const targets of [["predicted"], ["all"]]) {
    const svg = await render("svg", await madeExplanations(attack, { targets }));
    const document = new DOMParser().parseFromString(svg, "image/svg+xml");
    assertEquals(document.querySelectorAll("script, img").length, 0);
    assertEquals(document.documentElement?.tagName, "svg");
    assertEquals(document.querySelectorAll("svg svg").length, targets[0] === "all" ? 3 : 0);
  }
});

Deno.test("render() takes a text without words in every format", async () => {
  for (const format of formats) {
    const output = await render(format, await madeExplanations("123"));
    assert(output.length > 0, format);
  }
});

Deno.test("topWords() keeps repeated words apart and orders by strength", async () => {
  const [explanation] = await madeExplanations("moon the moon bike");
  const made: Explanation = {
    ...explanation!,
    tokens: explanation!.tokens.map((token, i) => ({ ...token, relevance: [2, -1, 2, -3][i]! })),
  };
  const top = topWords(made, 5);
  assertEquals(top.for.map(({ position }) => position), [1, 3]);
  assertEquals(top.against.map(({ token }) => token.text), ["bike", "the"]);
});
