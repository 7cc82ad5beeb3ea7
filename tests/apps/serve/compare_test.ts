import { getExplainer } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { TrainingRows } from "@heatword/datasets/corpus";
import { explainDocument } from "@heatword/eval/explanations";
import { Validator } from "@seriousme/openapi-schema-validator";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import { openData } from "../../../apps/serve/own_texts.ts";
import { inFolder } from "../../_in_folder.ts";
import { saidBy } from "../../_said.ts";
import { testPermitted } from "../../_skip.ts";
import { madeClasses } from "../_made_model.ts";
import { askWorker } from "../_page_worker.ts";
import { runProgram } from "../_run_program.ts";
import { otherClasses, twoModels } from "./_two_models.ts";
import { postBatch, postExplain, runServe, withServer } from "./_server.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const text = "The shuttle reached its orbit. A doctor went to space on a bike";

/** Runs something with a server of two models, and their folders. */
const withTwo = (
  act: (url: string, june: string, may: string) => Promise<void>,
): Promise<void> =>
  inFolder(async (folder) => {
    const { june, may } = await twoModels(folder);
    await withServer((url) => act(url, june, may), { model: june, compare: may, workers: 1 });
  });

const json = async (response: Response | Promise<Response>) => await (await response).json();

test("the API answers by the model that a request names, by the first if it names none", () =>
  withTwo(async (url, folder, may) => {
    const expected = async (model: Parameters<typeof explainDocument>[0], target: string) => {
      const [found] = await explainDocument(model, model.read(text), {
        explainers: [{ explainer: getExplainer("lrp"), options: {} }],
        targets: [target],
      });
      return JSON.parse(JSON.stringify(found));
    };
    const [june, other] = [await openModel(folder), await openModel(may)];
    assertEquals(await json(postExplain(url, { text })), await expected(june, "predicted"));
    assertEquals(
      await json(postExplain(url, { text, model: "june" })),
      await expected(june, "predicted"),
    );
    assertEquals(
      await json(postExplain(url, { text, model: "may", target: "health" })),
      await expected(other, "health"),
    );
    const lines = (await (await postBatch(url, {
      model: "may",
      texts: [text, { text, model: "june" }, { text, target: "sci.med" }],
    })).text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines[0].explanation, await expected(other, "predicted"));
    assertEquals(lines[1].explanation, await expected(june, "predicted"));
    assertMatch(lines[2].problem.detail, /Unknown class "sci.med"/);
    const unknown = await postExplain(url, { text, model: "mai" });
    assertEquals(unknown.status, 422);
    assertMatch(
      (await unknown.json()).detail,
      /^Unknown model "mai": did you mean "may"\? Known: june, may$/,
    );
    const wrong = await postExplain(url, { text, model: 1 });
    assertEquals([wrong.status, (await wrong.json()).detail], [
      400,
      'The field "model" takes a string, not 1',
    ]);
  }));

test("the API lists the models and their classes, and describes them", () =>
  withTwo(async (url) => {
    const get = (path: string) => json(fetch(url + path));
    assertEquals(await get("/api/models"), {
      models: [
        { name: "june", classes: madeClasses, explainer: "lrp" },
        { name: "may", classes: otherClasses, explainer: "lrp" },
      ],
    });
    assertEquals(await get("/api/classes"), { classes: madeClasses });
    assertEquals(await get("/api/classes?model=may"), { classes: otherClasses });
    const unknown = await fetch(`${url}/api/classes?model=x`);
    assertEquals(unknown.status, 422);
    await unknown.body?.cancel();
    const description = await get("/openapi.json");
    const { valid, errors } = await new Validator().validate(structuredClone(description));
    assert(valid, JSON.stringify(errors, null, 1));
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(description, "api");
    const request = ajv.compile({
      $ref: "api#/paths/~1api~1explain/post/requestBody/content/application~1json/schema",
    });
    assertEquals(
      [{ text }, { text, model: "may" }, { text, model: "mai" }].map((body) => request(body)),
      [true, true, false],
    );
    const models = ajv.compile({
      $ref: "api#/paths/~1api~1models/get/responses/200/content/application~1json/schema",
    });
    assert(models(await get("/api/models")), JSON.stringify(models.errors));
  }));

test("the answers of a server with one model are what they are with two", () =>
  inFolder(async (folder) => {
    const { june, may } = await twoModels(folder);
    const bodies = [
      { text },
      { text, explainer: "sa", target: "runner-up", unit: "word" },
      { text, target: "x" },
      { text: "" },
      { text, explainr: "sa" },
    ];
    const answers: string[][] = [];
    for (const compare of [undefined, may]) {
      await withServer(async (url) => {
        const found: string[] = [];
        for (const body of bodies) found.push(await (await postExplain(url, body)).text());
        found.push(await (await postBatch(url, { texts: [text, ""] })).text());
        for (const path of ["/api/classes", "/api/explainers", "/api/corpora", "/model"]) {
          found.push(await (await fetch(url + path)).text());
        }
        answers.push(found);
      }, { model: june, workers: 1, ...(compare && { compare }) });
    }
    assertEquals(answers[0], answers[1]);
  }));

test("the page gets the script and the files of each model from places of their own", () =>
  withTwo(async (url, june, may) => {
    const names = async (root: string): Promise<string[]> =>
      (await json(fetch(`${url}${root}/model`))).map(({ name }: { name: string }) => name);
    for (const [root, folder] of [["", june], ["/compare", may]] as const) {
      const files = new Map<string, Uint8Array>();
      for (const name of await names(root)) {
        const response = await fetch(`${url}${root}/model/${name}`);
        const isFixed = name !== "model.json";
        assertEquals(
          response.headers.get("cache-control"),
          isFixed ? "max-age=31536000, immutable" : "no-cache",
        );
        files.set(name, await response.bytes());
        assertEquals(files.get(name), await Deno.readFile(`${folder}/${name}`));
      }
      const script = await (await fetch(`${url}${root}/worker.js`)).text();
      const [info] = await askWorker(script, [
        { call: "open", ask: { files, punkt: null, base: url + root } },
      ]);
      assertEquals(info.classes, (await openModel(folder)).classes);
    }
    for (const name of await names("/compare")) {
      const packed = await fetch(`${url}/compare/model/${name}`, {
        method: "HEAD",
        headers: { "accept-encoding": "gzip" },
      });
      assertEquals([packed.status, packed.headers.get("vary")], [200, "accept-encoding"]);
    }
    const first = await fetch(`${url}/compare/worker.js`);
    await first.body?.cancel();
    const etag = first.headers.get("etag")!;
    const again = await fetch(`${url}/compare/worker.js`, { headers: { "if-none-match": etag } });
    assertEquals(again.status, 304);
    // Each has its own files alone, and both are guarded alike.
    const others = await names("/compare");
    const foreign = (await names("")).find((name) => !others.includes(name));
    assert(foreign !== undefined);
    for (const path of [`/compare/model/${foreign}`, "/compare/model/about", "/compare"]) {
      const response = await fetch(url + path);
      await response.body?.cancel();
      assertEquals(response.status, 404, path);
    }
    const post = await fetch(`${url}/compare/model`, { method: "POST" });
    assertEquals([post.status, post.headers.get("allow")], [405, "GET"]);
    const cross = await fetch(`${url}/compare/model`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    assertEquals(cross.status, 403);
    await Promise.all([post, cross].map((response) => response.body?.cancel()));
  }));

test("a server of one model has no second one", () =>
  withServer(async (url) => {
    for (const path of ["/compare/model", "/compare/worker.js"]) {
      const response = await fetch(url + path);
      assertEquals(response.status, 404, path);
      await response.body?.cancel();
    }
    const { models } = await json(fetch(`${url}/api/models`));
    assertEquals(models.length, 1);
  }, { workers: 1 }));

/** A model behind an address whose scores tell it from others. */
async function withModel(factor: number, work: (url: string, asked: string[]) => Promise<void>) {
  const asked: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      asked.push(...texts);
      const scores = texts.map((text) => [factor * (text.split("good").length - 1), 1]);
      return Response.json({ classes: [`good ${factor}`, "so"], scores });
    },
  );
  try {
    await work(`http://127.0.0.1:${server.addr.port}/`, asked);
  } finally {
    await server.shutdown();
  }
}

test("two models that run in no browser are not mixed up", () =>
  withModel(
    3,
    (model, askedFirst) =>
      withModel(5, (compare, askedSecond) =>
        withServer(async (url) => {
          const { models } = await json(fetch(`${url}/api/models`));
          // Their addresses are told to nobody.
          assertEquals(
            models.map(({ name, classes }: { name: string; classes: string[] }) => [name, classes]),
            [["server 1", ["good 3", "so"]], ["server 2", ["good 5", "so"]]],
          );
          const state = { text: "a good film", deleted: [] };
          const question = { explainer: "occlusion", target: "predicted", options: {} };
          for (const [root, factor] of [["", 3], ["/compare", 5]] as const) {
            const script = await (await fetch(`${url}${root}/worker.js`)).text();
            const [info, { scores }, { relevance }] = await askWorker(script, [
              { call: "open", ask: { files: new Map(), punkt: null, base: url + root } },
              { call: "classify", ask: state },
              { call: "explain", ask: { ...state, question } },
            ]);
            assertEquals(info.classes[0], `good ${factor}`);
            assertEquals([...scores], [factor, 1]);
            assertEquals([...relevance], [0, factor, 0]);
            const wrong = await fetch(`${url}${root}/model/scores`, {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: JSON.stringify({ text: "a".repeat(100_001), deleted: [[]] }),
            });
            assertEquals(wrong.status, 413);
            await wrong.body?.cancel();
          }
          const seen = [askedFirst, askedSecond].map((asked) => asked.length);
          // All at once, by both: each is asked of its own.
          const answers = await Promise.all(
            Array.from({ length: 12 }, (_, i) =>
              json(postExplain(url, {
                text: `${"good ".repeat(1 + i)}film ${i}`,
                model: `server ${1 + i % 2}`,
              }))),
          );
          answers.forEach(({ target, score }, i) => {
            const factor = i % 2 ? 5 : 3;
            assertEquals([target, score], [`good ${factor}`, factor * (1 + i)]);
          });
          const rest = [askedFirst, askedSecond].map((asked, i) => asked.slice(seen[i]));
          rest.forEach((texts, i) =>
            assert(
              texts.length > 0 &&
                texts.every((text) => Number(/\d+$/.exec(text)?.[0] ?? i) % 2 === i),
              texts.join(),
            )
          );
        }, { model, compare, workers: 2 })),
  ));

test("of own texts those are left out that either model was trained on", () =>
  inFolder(async (folder) => {
    const { june, may } = await twoModels(folder);
    const data = `${folder}/posts.csv`;
    const rows = Array.from({ length: 9 }, (_, i) => ({
      text: `moon ${i}`,
      label: i % 2 ? "sci.space" : "sci.med",
    }));
    await Deno.writeTextFile(
      data,
      ["body,group", ...rows.map(({ text, label }) => `${text},${label}`)].join("\n"),
    );
    await TrainingRows.of(rows.slice(0, 3)).save(june);
    await TrainingRows.of(rows.slice(2, 5)).save(may);
    const columns = { text: "body", label: "group" };
    const notes: string[] = [];
    const { error } = console;
    console.error = (line: string) => notes.push(line);
    try {
      const left = async (...models: string[]) =>
        (await openData({ data, columns }, ...models)).own!.texts.map(({ text }) => text);
      assertEquals(await left(june, may), rows.slice(5).map(({ text }) => text));
      assertEquals(await left(may), [...rows.slice(0, 2), ...rows.slice(5)].map((r) => r.text));
      await TrainingRows.of(rows.slice(2)).save(may);
      assertEquals((await left(june, may)).length, 9);
    } finally {
      console.error = error;
    }
    assertEquals(notes.map((note) => note.replace(/^note: /, "")), [
      "the page offers 4 of these 9 texts: those that neither model was trained on",
      "the page offers 6 of these 9 texts: those that the model was not trained on",
      "on each of these texts one of the models was trained: what both make of others they do not tell",
    ]);
  }));

test("serve and report say in one line why two models cannot be compared", () =>
  inFolder(async (folder) => {
    const { june, may } = await twoModels(folder);
    await Deno.symlink(june, `${folder}/alias`);
    const cases: [args: string[], message: RegExp][] = [
      [
        ["--compare-model", june],
        /^error: Cannot compare the model "[^"]+" with itself: name another wi/,
      ],
      [["--compare-model", `${june}/`], /with itself/],
      [["--compare-model", `${folder}/alias`], /with itself/],
      [["--compare-model", "/nowhere"], /^error: Cannot find a model in "\/nowhere"/],
    ];
    for (const [args, message] of cases) {
      const served = await (await runServe(["--port", "0", "--model", june, ...args])).output();
      const out = ["--out", `${folder}/page.html`];
      const reported = await runProgram("report", [
        "--single-file",
        "--model",
        june,
        ...args,
        ...out,
      ]);
      for (const said of [saidBy(served.stderr), reported.stderr]) {
        assertMatch(said, message);
        assertEquals(said.trim().split("\n").length, 1);
      }
      assertEquals([served.code, reported.code], [1, 1]);
    }
    // What no browser runs cannot be in a file, whichever of the two it is.
    const { code, stderr } = await runProgram("report", [
      ...[
        "--single-file",
        "--model",
        may,
        "--compare-model",
        "command: cat",
        "--out",
        `${folder}/p.html`,
      ],
    ], { permissions: ["-A"] });
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Cannot put the model "command: cat" into a file: [^\n]+\n$/);
    assertMatch(stderr, /"deno task serve --model \S+\/may --compare-model 'command: cat'"/);
  }));

test("a server whose second model does not open does not start, and lets the first go", () =>
  inFolder(async (folder) => {
    const { june } = await twoModels(folder);
    await assertRejects(
      () =>
        withServer(() => Promise.resolve(), {
          model: june,
          compare: "http://127.0.0.1:9/",
          limits: { maxRequests: 1 },
          workers: 1,
        }),
      Error,
      "1 request was made to http://127.0.0.1:9/",
    );
  }));
