import { type Explanation, render } from "@heatword/eval/render";
import { rowsHead, rowsOf } from "@heatword/eval/rows";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";

const text = "Red sky, late. <Zork> went home.";
const words = ["Red", "sky", "late", "Zork", "went", "home"];

/** Two sentences: the first speaks for the class, the second against it. */
const made: Explanation = {
  text,
  explainer: "occlusion",
  target: "up",
  score: 3,
  scores: { up: 3, down: 1 },
  relevance: [0.5, -0.25],
  tokens: words.map((word) => {
    const start = text.indexOf(word);
    return { text: word, start, end: start + word.length };
  }),
  unit: "sentence",
  units: [{ start: 0, end: 14, relevance: 0.5 }, { start: 15, end: 32, relevance: -0.25 }],
  predicted: "up",
  runnerUp: "down",
  signed: true,
  truncated: 0,
  unseen: [7, 13, 15, 20, 31].map((start) => ({
    start,
    end: start + 1,
    reason: "filtered" as const,
  })),
  unknown: [3],
  standardErrors: [0.01, 0.02],
  options: {},
  id: "a",
};

Deno.test("on a terminal a sentence has one mark, and the words of it that are unknown have theirs", async () => {
  const lines = (await render("terminal", [made])).split("\n");
  assertEquals(lines[0], "occlusion by sentence: why up (a)");
  assertEquals(lines.slice(2, 4), [text, "+9     x     x x-4? x          x"]);
  assertStringIncludes(lines[5]!, "for");
  assertEquals(
    lines[6]!.replaceAll(/ +/g, " "),
    "+0.5000 Red sky, late. sentence 1 −0.2500 <Zork> went home. sentence 2",
  );
  assertEquals(
    lines.includes(
      "2 sentences: each has its relevance as a whole, and no word has one of its own",
    ),
    true,
  );
  const sums = await render("terminal", [{ ...made, unitsAreSums: true }]);
  assertStringIncludes(sums, "2 sentences: the relevance of each is the sum of those of its words");
});

Deno.test("in HTML and SVG a sentence has one colour, says whose relevance it is, and shows what is unseen", async () => {
  const html = await render("html", [made]);
  assertStringIncludes(html, '<span class="hw-p20" title="sentence 1: +0.5000">Red sky</span>');
  assertStringIncludes(html, '<span class="hw-p20" title="sentence 1: +0.5000">late</span>');
  assertStringIncludes(html, 'title="sentence 2: −0.2500, unknown to the model" role="img"');
  assertStringIncludes(html, '<span class="hw-n10" title="sentence 2: −0.2500">went home</span>');
  assertEquals(html.match(/title="not seen by the model"/g)?.length, 5);
  assertStringIncludes(html, "<caption>Sentences for</caption><thead><tr><th>Sentence</th>");
  assertStringIncludes(html, "<bdi>&lt;Zork&gt; went home.</bdi>");
  const svg = await render("svg", [made]);
  assertEquals(svg.match(/<title>sentence 1: \+0\.5000<\/title>/g)?.length, 2);
  assertEquals(svg.match(/<title>sentence 2: −0\.2500/g)?.length, 2);
});

Deno.test("a long sentence is shortened in lists, on one line", async () => {
  const long = `Go ${"on ".repeat(40)}\nand\ton.`;
  const one = {
    ...made,
    text: long,
    tokens: [{ text: "Go", start: 0, end: 2 }],
    units: [{ start: 0, end: long.length, relevance: 1 }],
    relevance: [1],
    unseen: [],
    unknown: [],
  };
  const terminal = await render("terminal", [one]);
  assertStringIncludes(terminal, "+1 Go on on on on on on on… sentence 1");
  assertStringIncludes(await render("html", [one]), `<bdi>Go ${"on ".repeat(19).trimEnd()}…</bdi>`);
});

Deno.test("JSON has the sentences with their relevance, and words without any", async () => {
  assertEquals(JSON.parse(await render("json", [made])), made);
  const [line, two] = [[made], [made, { ...made, explainer: "lrp", unitsAreSums: true as const }]]
    .map((list) => JSON.parse(rowsOf("jsonl", list, 7)));
  assertEquals(line, { ...made, id: 7 });
  assertEquals(two.units, made.units!.map(({ start, end }) => ({ start, end })));
  assertEquals(two.unit, "sentence");
  assertEquals(
    two.explanations.map(({ relevance, unitsAreSums }: Explanation) => [relevance, unitsAreSums]),
    [
      [[0.5, -0.25], undefined],
      [[0.5, -0.25], true],
    ],
  );
});

Deno.test("CSV has a row for each sentence, or its places where a row is a text", async () => {
  const rows = parse(await render("csv", [made]), { skipFirstRow: true });
  const sentences = rows.filter(({ unseen }) => unseen === "");
  assertEquals(
    sentences.map(({ unit, position, token, start, end, relevance, standardError, unknown }) =>
      [unit, position, token, start, end, relevance, standardError, unknown].join("|")
    ),
    [
      "sentence|1|Red sky, late.|0|14|0.5|0.01|false",
      "sentence|2|<Zork> went home.|15|32|-0.25|0.02|false",
    ],
  );
  assertEquals(rows.length, 7);
  const [row] = parse(rowsHead("csv", true) + rowsOf("csv", [made], "a"), { skipFirstRow: true });
  const { unit, unit_starts, unit_ends, relevance, tokens } = row!;
  assertEquals([unit, unit_starts, unit_ends, relevance], [
    "sentence",
    "[0,15]",
    "[14,32]",
    "[0.5,-0.25]",
  ]);
  assertEquals(JSON.parse(tokens!), words);
});
