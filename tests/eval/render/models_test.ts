import { type Explanation, render } from "@heatword/eval/render";
import { rowsOf } from "@heatword/eval/rows";
import { assert, assertEquals, assertThrows } from "@std/assert";

const of = (model: string | undefined, classes: readonly string[]): Explanation => ({
  ...(model !== undefined && { model }),
  text: "a moon",
  explainer: "lrp",
  target: classes[0]!,
  score: 2,
  scores: { [classes[0]!]: 2, [classes[1]!]: 1 },
  relevance: [0.5, 1.5],
  tokens: [{ text: "a", start: 0, end: 1 }, { text: "moon", start: 2, end: 6 }],
  predicted: classes[0]!,
  signed: true,
  truncated: 0,
  unknown: [],
  options: {},
});

const two = [of("june", ["up", "down"]), of("<may>", ["good", "bad"])];

/** What stands in an element of HTML, by its tag. */
const inside = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, content]) => content!);

Deno.test("explanations of two models are told apart in every format", async () => {
  const html = await render("html", two);
  assertEquals(inside(html, "h2"), ["june, lrp: why up", "&lt;may&gt;, lrp: why good"]);
  assertEquals(inside(html, "summary"), [
    "Scores of all classes by june",
    "Scores of all classes by &lt;may&gt;",
  ]);
  const scored = [...html.matchAll(/<th scope="row">(.*?)<\/th>/g)].map(([, name]) => name);
  assertEquals(scored, ["up", "down", "good", "bad"]);
  const json: Explanation[] = JSON.parse(await render("json", two));
  assertEquals(json.map(({ model }) => model), ["june", "<may>"]);
  const terminal = (await render("terminal", two)).split("\n");
  assert(terminal[0]!.startsWith("june, lrp: why up"), terminal[0]);
  assert((await render("svg", two)).includes("june, lrp: why up"));
  const lines = (await render("jsonl", two)).trimEnd().split("\n");
  assertEquals(lines.map((line) => JSON.parse(line).model), ["june", "<may>"]);
  const table = (await render("csv", two)).trimEnd().split("\r\n");
  assertEquals(table, [
    "id,model,explainer,target,position,token,start,end,relevance,standardError,unknown,unseen",
    ",june,lrp,up,1,a,0,1,0.5,,false,",
    ",june,lrp,up,2,moon,2,6,1.5,,false,",
    ",<may>,lrp,good,1,a,0,1,0.5,,false,",
    ",<may>,lrp,good,2,moon,2,6,1.5,,false,",
  ]);
  const alone = await render("csv", [of(undefined, ["up", "down"])]);
  assert(alone.startsWith("id,explainer,target,"), alone);
});

Deno.test("a file of many texts is of one model", () => {
  const line = JSON.parse(rowsOf("jsonl", [two[0]!, two[0]!], 1));
  assertEquals([line.model, line.scores, line.explanations.length], ["june", two[0]!.scores, 2]);
  for (const format of ["jsonl", "csv", "parquet"] as const) {
    assertThrows(
      () => rowsOf(format, two, 1),
      Error,
      'The lines of a file are of one model, but these explanations are of several: "june", "<may>"; write a file for each',
    );
    assertThrows(
      () => rowsOf(format, [two[0]!, of(undefined, ["a", "b"])], 1),
      Error,
      '"june", one',
    );
  }
});

Deno.test("several explanations of one model have its scores once, and no name", async () => {
  const html = await render("html", [of(undefined, ["up", "down"]), of(undefined, ["up", "down"])]);
  assertEquals(inside(html, "summary"), ["Scores of all classes"]);
  assertEquals(inside(html, "h2"), ["lrp: why up", "lrp: why up"]);
});
