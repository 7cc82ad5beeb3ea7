import {
  atlasCsv,
  atlasHtml,
  excerptAround,
  excerptBetween,
  makeAtlas,
} from "@heatword/eval/atlas";
import "@heatword/explainers/lrp";
import "@heatword/explainers/sa";
import { parse } from "@std/csv";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { atlasCorpus, atlasModel } from "./_corpus.ts";

const corpus = atlasCorpus();
const options = { minDocuments: 1, ngrams: 4 };

Deno.test("atlasHtml() is one page with a script of its own alone, in which documents are but text", async () => {
  const evil = corpus.map((document) => ({
    ...document,
    id: `<img src=x onerror=alert(1)>${document.id}`,
  }));
  const atlas = await makeAtlas(atlasModel(), () => evil, options);
  const html = await atlasHtml(atlas, { corpus: "<i>mine</i>" });
  assert(html.startsWith("<!DOCTYPE html>"));
  for (const part of ["<img", "<b>", "<i>"]) assert(!html.includes(part), part);
  assertEquals(html.match(/<script/g)?.length, 1);
  const [, script] = /<script>([^]*)<\/script>/.exec(html)!;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  assertStringIncludes(html, `script-src 'sha256-${new Uint8Array(digest).toBase64()}'"`);
  assertStringIncludes(html, "&lt;img src=x");
  for (const { name } of atlas.classes) assertStringIncludes(html, `<h2>${name}</h2>`);
  for (const [tag] of html.matchAll(/href="#([\w-]+)"/g)) {
    assertStringIncludes(html, `id="${tag.slice(7, -1)}"`);
  }
  assert(!/(src|href)="(?!#)/.test(html), "loads nothing");
});

Deno.test("atlasHtml() says for and against only of explainers whose sign tells it", async () => {
  const headings = async (explainer: string) => {
    const atlas = await makeAtlas(atlasModel(), () => corpus, { ...options, explainer });
    const found = (await atlasHtml(atlas)).matchAll(/Words (for|against|that matter most)/g);
    return [...new Set([...found].map(([, which]) => which))];
  };
  assertEquals(await headings("lrp"), ["for", "against"]);
  assertEquals(await headings("sa"), ["that matter most"]);
});

Deno.test("atlasCsv() holds all that the atlas lists", async () => {
  const atlas = await makeAtlas(atlasModel(), () => corpus, options);
  const { words, filters, ngrams } = atlasCsv(atlas);
  const rows = parse(words, { skipFirstRow: true });
  const listed = atlas.classes.flatMap((c) => [...c.for, ...c.against]);
  assertEquals(rows.map(({ word }) => word), listed.map(({ word }) => word));
  assertEquals(rows.map(({ total }) => Number(total)), listed.map(({ total }) => total));
  for (const [i, { totalInterval, meanInterval }] of listed.entries()) {
    const ends = [totalInterval.low, totalInterval.high, meanInterval.low, meanInterval.high];
    const row = rows[i]!;
    assertEquals(
      [row.total_low, row.total_high, row.mean_low, row.mean_high],
      ends.map((end) => Number.isFinite(end) ? String(end) : ""),
    );
  }
  const filterRows = parse(filters, { skipFirstRow: true });
  assertEquals(
    filterRows.map((row) => Number(row["weight space"])),
    atlas.filters.map(({ weights }) => weights[2]!),
  );
  const ngramRows = parse(ngrams, { skipFirstRow: true });
  const all = atlas.filters.flatMap(({ frequent, strongest }) => [...frequent, ...strongest]);
  assertEquals(ngramRows.map(({ first }) => first), all.map(({ words }) => words[0] ?? ""));
  assertEquals(ngramRows.map(({ count }) => Number(count)), all.map(({ count }) => count));
});

Deno.test("excerptBetween() stays short, folds white space and marks what is missing", () => {
  const long = "word ".repeat(60);
  const text = `${long}RIDE\n\n  ${long}`;
  const start = long.length;
  const document = { text, tokens: [{ text: "RIDE", start, end: start + 4 }] };
  const { before, word, after } = excerptBetween(document, 0, 0, text.length);
  assertEquals(word, "RIDE");
  assert(before.startsWith("… word") && before.length < 100, before);
  assert(after.endsWith("word …") && after.startsWith(" word") && after.length < 100, after);
  assertEquals(excerptAround(document, 0).after, "");
  assertEquals(excerptBetween(document, 0, start - 5, start + 2), {
    before: "word ",
    word: "RIDE",
    after: "",
  });
});

Deno.test("excerptAround() never cuts a character in two", () => {
  const text = `${"😀".repeat(80)} x ${"😀".repeat(80)}`;
  const { before, after } = excerptAround(
    { text, tokens: [{ text: "x", start: 161, end: 162 }] },
    0,
  );
  assert(before.isWellFormed() && after.isWellFormed());
});
