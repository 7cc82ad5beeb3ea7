import { type Document, getExplainer, readText, type TextLimit } from "@heatword/core";
import { loadTfjsModel } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { explainDocument } from "@heatword/eval/explanations";
import { type Explanation, render } from "@heatword/eval/render";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse as parseCsv } from "@std/csv";
import { parseHTML } from "linkedom";
import { madeModel } from "../../apps/_made_model.ts";
import { textModel } from "../../core/models/tfjs/_text_model.ts";
import "@heatword/explainers";

/** Surrogates, combining marks, joined emoji, and two scripts that are written from right to left. */
const text = "The moon: £1000, cafe\u0301 👩‍👩‍👧 שלום עולם and a مرحبا bike 50% ride 🚀 on";

/** Keeps what consists of the letters A to Z. */
const words = (text: string) => ({
  tokens: [...text.matchAll(/(?<!\S)[a-z]+(?![^\s:])/gi)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

async function explained(of = text, limit: TextLimit = {}) {
  const document = readText(words, of, limit);
  const request = { explainers: [{ explainer: getExplainer("lrp"), options: {} }], targets: [] };
  const [explanation] = await explainDocument(madeModel(), document, request);
  return { document, explanation: explanation! };
}

/** What is not seen, as it stands in the text. */
const unseenOf = ({ text, unseen = [] }: Document) =>
  unseen.map(({ start, end }) => text.slice(start, end));

// deno-lint-ignore no-explicit-any
const parse = (html: string) => (parseHTML(html) as any).document;
// deno-lint-ignore no-explicit-any
const texts = (elements: Iterable<any>) => [...elements].map(({ textContent }) => textContent);

const unseen = [
  ":",
  "£1000,",
  "cafe\u0301",
  "👩‍👩‍👧",
  "שלום",
  "עולם",
  "مرحبا",
  "50%",
  "🚀",
];
const note = "8 words the model cannot see: £1000, cafe\u0301, 👩‍👩‍👧, שלום, עולם, مرحبا, 50%, 🚀; " +
  "nor punctuation in 1 place";

Deno.test("an explanation says what the model does not see, and keeps all else", async () => {
  const { document, explanation } = await explained();
  assertEquals(unseenOf(document), unseen);
  assertEquals(explanation.unseen, document.unseen);
  // Without these parts the same words have the same relevance.
  const { explanation: bare } = await explained("The moon and a bike ride on");
  assertEquals(explanation.relevance, bare.relevance);
  assertEquals(explanation.scores, bare.scores);
  const json = JSON.parse(await render("json", [explanation]));
  assertEquals(json.unseen, document.unseen);
  assertEquals(JSON.parse(await render("jsonl", [explanation])).unseen, document.unseen);
  assertEquals((await explained("moon")).explanation.unseen, []);
});

Deno.test("HTML hatches just what is not seen, marks unknown words, and says so in words", async () => {
  const { explanation } = await explained();
  const page = parse(await render("html", [explanation]));
  const heat = page.querySelector(".hw-text");
  assertEquals(heat.textContent, text);
  assertEquals(texts(heat.querySelectorAll(".hw-unseen")), unseen);
  assertEquals(texts(heat.querySelectorAll(".hw-unknown")), ["on"]);
  assertEquals(heat.querySelector(".hw-unseen").getAttribute("title"), "not seen by the model");
  assertEquals(
    heat.querySelectorAll(".hw-unseen")[4].getAttribute("aria-label"),
    "שלום, not seen by the model",
  );
  assertMatch(
    heat.querySelector(".hw-unknown").getAttribute("aria-label"),
    /^on, [+−0].*, unknown to the model$/,
  );
  assert(texts(page.querySelectorAll(".hw-note")).includes(note));
  assertEquals(texts(page.querySelectorAll(".hw-key span")), [
    "not seen by the model",
    "unknown to the model",
  ]);
  // Each quoted word has its own writing direction, and the text that of its first letter.
  assert(texts(page.querySelectorAll(".hw-note bdi")).includes("שלום"));
  assertEquals(heat.getAttribute("dir"), "auto");
});

Deno.test("HTML hatches in one piece what was cut off", async () => {
  const { explanation } = await explained(text, { maxWords: 3 });
  const page = parse(await render("html", [explanation]));
  assertEquals(texts(page.querySelectorAll(".hw-text .hw-cut")), ["a مرحبا bike 50% ride 🚀 on"]);
  assertEquals(
    texts(page.querySelectorAll(".hw-text .hw-unseen:not(.hw-cut)")),
    unseen.slice(0, 6),
  );
});

Deno.test("a heatmap of words that are all seen and known has no further key", async () => {
  const { explanation } = await explained("The moon");
  const page = parse(await render("html", [explanation]));
  assertEquals(page.querySelectorAll(".hw-key, .hw-note, .hw-unseen").length, 0);
  const svg = await render("svg", [explanation]);
  assert(!svg.includes("not seen"));
});

Deno.test("SVG hatches just what is not seen, and says so in words", async () => {
  const { explanation } = await explained();
  const svg = parse(`<html><body>${await render("svg", [explanation])}</body></html>`);
  const told = (title: RegExp) =>
    [...svg.querySelectorAll("text title")].filter((one) => title.test(one.textContent))
      .map((one) => one.parentNode.textContent.slice(one.textContent.length));
  assertEquals(told(/^not seen/), unseen);
  assertEquals(told(/unknown to the model$/), ["on"]);
  assertEquals(svg.querySelector("svg > desc").textContent, note);
  const shown = texts(svg.querySelectorAll("text")).join("\n").replaceAll(/[\u2068\u2069]/g, "");
  assertStringIncludes(shown.replaceAll(/\s+/g, " "), note);
  assert(shown.endsWith("not seen by the model\nunknown to the model\n?"));
});

Deno.test("the terminal greys just what is not seen, with a mark below", async () => {
  const { explanation } = await explained();
  const colored = await render("terminal", [explanation], { colors: 3, top: 0 });
  const line = colored.split("\n").find((line) => line.includes("£1000"))!;
  // deno-lint-ignore no-control-regex
  assertEquals([...line.matchAll(/\x1b\[2m(.*?)\x1b\[0m/gs)].map(([, grey]) => grey), unseen);
  const plain = await render("terminal", [{ ...explanation, relevance: [9, -9, 0, 0, 0, 0, 0] }]);
  const lines = plain.split("\n");
  const at = lines.indexOf(text);
  assertEquals(lines[at + 1]!.split(/\s+/).filter((mark) => /x|\?/.test(mark)), [
    ..."xxxxxxxxx",
    "?",
  ]);
  assertStringIncludes(plain, note);
  assertStringIncludes(plain, "x: not seen");
  assert(!(await render("terminal", [(await explained("moon")).explanation])).includes("x: not"));
});

Deno.test("a mark of punctuation gives way to that of the word before it", async () => {
  const { explanation } = await explained("a: moon: £5:a");
  const made = { ...explanation, relevance: [1, -0.1] };
  const lines = (await render("terminal", [made])).split("\n");
  assertEquals(lines[lines.indexOf("a: moon: £5:a") + 1], "+9 -1  x x");
});

Deno.test("CSV has a row for each part that is not seen, in its place in the text", async () => {
  const { document, explanation } = await explained();
  const rows = parseCsv(await render("csv", [explanation]), { skipFirstRow: true });
  const places = rows.map(({ start, end }) => text.slice(Number(start), Number(end)));
  assertEquals(rows.map(({ token }) => token), places);
  const order = rows.map(({ start }) => Number(start));
  assertEquals(order, order.toSorted((a, b) => a - b));
  const not = rows.filter(({ unseen }) => unseen !== "");
  assertEquals(not.map(({ token }) => token), unseen);
  for (const { position, relevance, unknown, unseen } of not) {
    assertEquals([position, relevance, unknown, unseen], ["", "", "", "filtered"]);
  }
  const seen = rows.filter(({ unseen }) => unseen === "");
  assertEquals(seen.map(({ relevance }) => Number(relevance)), explanation.relevance);
  assertEquals(seen.map(({ position }) => position), document.tokens.map((_, t) => `${t + 1}`));
});

Deno.test("formats take explanations that do not say what is not seen", async () => {
  const { unseen: _, ...old } = (await explained()).explanation;
  for (const format of ["terminal", "html", "json", "csv", "svg"] as const) {
    assert((await render(format, [old as Explanation])).length > 0);
  }
});

Deno.test("a word that is not known is shown as unknown, whatever stands for it", async () => {
  const { files } = await textModel({ length: 3 });
  const vocabulary = { good: 1, bad: 2 };
  const settings = [
    { vocabulary, unknown: null },
    { vocabulary, unknown: 5 },
    { vocabulary, unknown: "drop" as const },
    { vocabulary: { ...vocabulary, "<OOV>": 3 } },
    { vocabulary: { ...vocabulary, far: 90 } },
  ];
  for (const setting of settings) {
    const model = await loadTfjsModel(files, setting);
    const request = { explainers: [{ explainer: getExplainer("lrp"), options: {} }], targets: [] };
    const [found] = await explainDocument(model, model.read("good far bad"), request);
    const said = JSON.stringify(setting);
    assertEquals(found!.unknown, [1], said);
    const html = parse(await render("html", [found!]));
    assertEquals(texts(html.querySelectorAll(".hw-text .hw-unknown")), ["far"], said);
    assertMatch(await render("svg", [found!]), /, unknown to the model<\/title>far<\/text>/);
    const rows = parseCsv(await render("csv", [found!]), { skipFirstRow: true });
    assertEquals(rows.map(({ unknown }) => unknown), ["false", "true", "false"], said);
    const terminal = await render("terminal", [found!]);
    assertMatch(terminal, /1 of 3 words unknown to the model \(\?\).*: far \(2\)\n/);
    assertMatch(terminal, /^good far bad\n.{5}\S*\?/m);
  }
});
