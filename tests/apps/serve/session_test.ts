import { explain, getExplainer, registerExplainer } from "@heatword/core";
import { wordCnnFiles } from "@heatword/core/word-cnn";
import { preprocess } from "@heatword/datasets";
import { englishParameters, PunktParameters } from "@heatword/datasets/nltk";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { punktTables } from "../../../apps/serve/_model_files.ts";
import { readOwnModel } from "../../../apps/serve/page/read_own_model.ts";
import { Session } from "../../../apps/serve/page/session.ts";
import { madeClasses, madeModel } from "../_made_model.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const text = "A ride to the moon in space, the doctor said; a cure! Then again a ride.";
const question = { explainer: "lrp", target: "sci.space", options: {} };

async function open(): Promise<Session> {
  const { files } = await wordCnnFiles(madeModel());
  return await Session.open(readOwnModel, files, null);
}

/** Where a word starts. */
const at = (word: string, nth = 0) =>
  [...text.matchAll(new RegExp(`\\b${word}\\b`, "g"))][nth]!.index;

Deno.test("Session classifies a text with and without its deleted words", async () => {
  const session = await open();
  const model = madeModel();
  const input = model.encode(preprocess(text));
  const found = await session.classify({ text, deleted: [at("moon")] });
  const t = found.starts.indexOf(at("moon"));
  const expected = model.scores(model.withoutWords(input, [t]));
  found.scores.forEach((score, c) => assertAlmostEquals(score, expected[c]!, 1e-5));
  found.whole.forEach((score, c) => assertAlmostEquals(score, model.scores(input)[c]!, 1e-5));
  assertEquals(text.slice(found.starts[t], found.ends[t]), "moon");
  assertEquals(found.unknown[found.starts.indexOf(at("said"))], 1);
});

Deno.test("Session explains as core does", async () => {
  const session = await open();
  const model = madeModel();
  const whole = model.encode(preprocess(text));
  const found = await session.explain({ text, deleted: [at("ride", 1)], question });
  const t = found.starts.indexOf(at("ride", 1));
  const expected = await explain("lrp", model, model.withoutWords(whole, [t]), 2);
  assertEquals(found.relevance.length, found.starts.length);
  found.relevance.forEach((value, i) => assertAlmostEquals(value, expected.words[i]!, 1e-5));
  assertAlmostEquals(found.conservation!.sum, found.score, 1e-5);
  const target = await session.explain({
    text,
    deleted: [],
    question: { ...question, target: "predicted" },
  });
  assertEquals(madeClasses.includes(target.target), true);
});

Deno.test("Session tells what a word adds to every class, a deleted one too", async () => {
  const session = await open();
  const { starts } = await session.classify({ text, deleted: [] });
  const position = starts.indexOf(at("moon"));
  const present = await session.word({ text, deleted: [], question, position });
  const gone = await session.word({ text, deleted: [at("moon")], question, position });
  assertEquals(gone.relevance, present.relevance);
  for (const [c, target] of madeClasses.entries()) {
    const { relevance } = await session.explain({
      text,
      deleted: [],
      question: { ...question, target },
    });
    assertAlmostEquals(present.relevance[c]!, relevance[position]!, 1e-6);
  }
});

Deno.test("Session deletes the most relevant words one after the other", async () => {
  const session = await open();
  for (const direction of [1, -1] as const) {
    const { steps, scores, target } = await session.deletion({
      text,
      question,
      direction,
      max: 5,
    });
    const order = steps.flat();
    assertEquals([order.length, scores.length, target], [5, 6 * madeClasses.length, "sci.space"]);
    const { relevance, starts } = await session.explain({ text, deleted: [], question });
    const ranked = [...order].map((start) => direction * relevance[starts.indexOf(start)]!);
    assertEquals(ranked, ranked.toSorted((a, b) => b - a));
    assertEquals(ranked[0], Math.max(...relevance.map((value) => direction * value)));
    for (let k = 0; k <= 5; k++) {
      const now = await session.classify({ text, deleted: [...order.slice(0, k)] });
      now.scores.forEach((score, c) =>
        assertAlmostEquals(scores[k * madeClasses.length + c]!, score, 1e-5)
      );
    }
  }
});

Deno.test("Session keeps answers, and asks the explainer again when something changes", async () => {
  let calls = 0;
  const counting = registerExplainer({
    ...getExplainer("occlusion"),
    name: "counting",
    explain(asked) {
      calls += asked.targets.length;
      return getExplainer("occlusion").explain(asked);
    },
  });
  const session = await open();
  const asked = { explainer: counting.name, target: "sci.med", options: {} };
  await session.explain({ text, deleted: [], question: asked });
  await session.explain({ text, deleted: [], question: { ...asked, target: "sci.med" } });
  await session.deletion({ text, question: asked, direction: 1, max: 5 });
  assertEquals(calls, 1);
  await session.word({ text, deleted: [], question: asked, position: 0 });
  await session.word({ text, deleted: [], question: asked, position: 3 });
  assertEquals(calls, 1 + madeClasses.length);
  await session.explain({ text, deleted: [at("moon")], question: asked });
  await session.explain({ text: `${text} ride`, deleted: [], question: asked });
  await session.explain({ text, deleted: [], question: { ...asked, target: "sci.space" } });
  assertEquals(calls, 4 + madeClasses.length);
});

Deno.test("Session renders what the page shows", async () => {
  const session = await open();
  const ask = { text: "<b>moon</b> ride", deleted: [3], questions: [question], id: "a/1" };
  const html = await session.render({ ...ask, format: "html" });
  assertStringIncludes(html, "&lt;/b&gt;");
  assertStringIncludes(html, "1 word deleted: ");
  const json = JSON.parse(await session.render({ ...ask, format: "json" }));
  assertEquals([json.id, json.deleted.length, json.target], ["a/1", 1, "sci.space"]);
  assertStringIncludes(await session.render({ ...ask, format: "svg" }), "<svg ");
});

Deno.test("Session manages texts without words", async () => {
  const session = await open();
  for (const empty of ["", "   ", "!?", "12 34"]) {
    const { starts, scores } = await session.classify({ text: empty, deleted: [] });
    assertEquals([...starts], []);
    const model = madeModel();
    [...model.scores(model.encode(preprocess(empty)))]
      .forEach((score, c) => assertAlmostEquals(scores[c]!, score, 1e-5));
    const { relevance } = await session.explain({ text: empty, deleted: [], question });
    assertEquals([...relevance], []);
    const { steps } = await session.deletion({ text: empty, question, direction: 1, max: 50 });
    assertEquals(steps, []);
    const word = await session.word({ text: empty, deleted: [], question, position: 0 });
    for (const c of madeClasses.keys()) {
      const { words } = await explain("lrp", model, model.encode(preprocess(empty)), c);
      assertAlmostEquals(word.relevance[c]!, words[0]!, 1e-5);
    }
  }
});

test("Session cuts texts by the Punkt parameters that the server found", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(await punktTables(folder), null);
    const { writePunktTab } = await import("@heatword/datasets/nltk");
    const own = new PunktParameters();
    own.abbrevTypes.add("approx");
    own.addCollocation("##number##", "kg");
    own.sentStarters.add("then");
    own.addOrthoContext("moon", 2);
    await Deno.mkdir(`${folder}/punkt`);
    await writePunktTab(`${folder}/punkt/english`, own);
    const tables = JSON.parse(JSON.stringify(await punktTables(folder)));
    const { files } = await wordCnnFiles(madeModel());
    const session = await Session.open(readOwnModel, files, tables);
    const sample = "It is approx. Moon size. Then a ride etc. Space.";
    const words = (parameters: PunktParameters) =>
      preprocess(sample, { parameters }).tokens.map(({ end }) => end);
    const ownEnds = (await session.classify({ text: sample, deleted: [] })).ends;
    assertEquals([...ownEnds], words(own));
    const builtIn = await Session.open(readOwnModel, files, null);
    assertEquals(
      [...(await builtIn.classify({ text: sample, deleted: [] })).ends],
      words(englishParameters()),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Session refuses a model that is not whole", async () => {
  const { files } = await wordCnnFiles(madeModel());
  const [, [name]] = [...files] as [unknown, [string, Uint8Array]];
  const rest = new Map([...files].filter(([other]) => other !== name));
  await assertRejects(
    () => Session.open(readOwnModel, rest, null),
    SyntaxError,
    `"${name}" is missing`,
  );
});
