import { getExplainer, listExplainers } from "@heatword/core";
import { preprocess } from "@heatword/datasets";
import { loadMiniature } from "@heatword/datasets/miniature";
import { Validator } from "@seriousme/openapi-schema-validator";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import { explainDocument } from "@heatword/eval/explanations";
import { madeClasses, madeModel } from "../_made_model.ts";
import { postBatch, postExplain, rawRequest, withServer } from "./_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const text = "The shuttle reached its orbit. A doctor went to space & <b>the moon</b>!";

test("POST /api/explain gives what the explain program gives", async () => {
  await withServer(async (url) => {
    for (const explainer of ["lrp", "sa", "occlusion"]) {
      const response = await postExplain(url, { text, explainer, target: "sci.med" });
      assertEquals(response.status, 200);
      assertEquals(response.headers.get("content-type"), "application/json");
      const [expected] = await explainDocument(madeModel(), preprocess(text), {
        explainers: [{ explainer: getExplainer(explainer), options: {} }],
        targets: ["sci.med"],
      });
      assertEquals(await response.json(), JSON.parse(JSON.stringify(expected)));
    }
    const sentences = await (await postExplain(url, { text, unit: "sentence" })).json();
    assertEquals([sentences.unit, sentences.unitsAreSums], ["sentence", true]);
    assertEquals(
      sentences.units.map(({ start, end }: { start: number; end: number }) =>
        text.slice(start, end)
      ),
      ["The shuttle reached its orbit.", "A doctor went to space & <b>the moon</b>!"],
    );
  });
});

test("POST /api/explain explains the predicted class by lrp unless told otherwise", async () => {
  await withServer(async (url) => {
    const answer = await (await postExplain(url, { text })).json();
    assertEquals([answer.explainer, answer.target], ["lrp", answer.predicted]);
    const contrast = await (await postExplain(url, { text, target: "predicted-vs-runner-up" }))
      .json();
    assertEquals(contrast.target, `${answer.predicted}-vs-${answer.runnerUp}`);
    const options = { composite: "gamma", gamma: 0.5 };
    const other = await (await postExplain(url, { text, options })).json();
    assertEquals(other.options.gamma, 0.5);
  });
});

test("the API answers what it cannot do with a clear 4xx, and lives on", async (t) => {
  const cases: [name: string, body: unknown, status: number, detail: RegExp][] = [
    ["malformed JSON", '{"text": "a', 400, /^Cannot read the body as JSON: /],
    ["an empty body", "", 400, /^Cannot read the body as JSON: /],
    ["a list", [1], 400, /takes an object with a "text", not \[1\]/],
    ["null", null, 400, /not null/],
    ["no text", {}, 400, /The field "text" is missing/],
    ["a text that is a number", { text: 5 }, 400, /"text" takes a string, not 5/],
    ["an unknown field", { text, explainr: "sa" }, 400, /did you mean "explainer"\?/],
    ["options that are a list", { text, options: [] }, 400, /"options" takes an object, not \[\]/],
    ["options that are text", { text, options: "x" }, 400, /"options" takes an object/],
    ["an empty text", { text: " \n" }, 422, /The text is empty/],
    ["an unknown explainer", { text, explainer: "lpr" }, 422, /"lpr": did you mean "lrp"\?/],
    ["a prototype's name", { text, explainer: "constructor" }, 422, /Unknown explainer/],
    ["an unknown class", { text, target: "sci.medd" }, 422, /"sci.medd": did you mean "sci.med"\?/],
    ["all classes at once", { text, target: "all" }, 422, /one class at a time/],
    ["a class against itself", { text, target: "sci.med-vs-sci.med" }, 422, /with itself/],
    ["an unknown unit", { text, unit: "sentense" }, 422, /"sentense": did you mean "sentence"\?/],
    ["a unit that is a number", { text, unit: 3 }, 400, /"unit" takes a string, not 3/],
    [
      "an explainer without units",
      { text, unit: "phrase", explainer: "sa" },
      422,
      /"sa" gives no relevance to a phrase/,
    ],
    ["an unknown option", { text, options: { epsilom: 1 } }, 422, /did you mean "epsilon"\?/],
    ["an option out of range", { text, options: { epsilon: -1 } }, 422, /of at least 0, not "-1"/],
    ["an option of a wrong type", { text, options: { epsilon: {} } }, 422, /takes a number/],
    ["a long text", { text: "a ".repeat(60_000) }, 413, /at most 100000/],
    ["a huge body", { text: "x".repeat(10_000_000) }, 413, /more than 1048576 bytes/],
  ];
  await withServer(async (url) => {
    for (const [name, body, status, detail] of cases) {
      await t.step(name, async () => {
        const response = await postExplain(url, body);
        assertEquals(response.status, status);
        assertEquals(response.headers.get("content-type"), "application/problem+json");
        const problem = await response.json();
        assertEquals(problem.status, status);
        assertMatch(problem.detail, detail);
      });
    }
    assertEquals((await postExplain(url, { text })).status, 200);
  });
});

test("the API refuses other media types, methods and paths", async () => {
  await withServer(async (url) => {
    const body = JSON.stringify({ text });
    const plain = await fetch(`${url}/api/explain`, { method: "POST", body });
    assertEquals(plain.status, 415);
    assertMatch((await plain.json()).detail, /not as "text\/plain/);
    const get = await fetch(`${url}/api/explain`);
    assertEquals([get.status, get.headers.get("allow")], [405, "POST"]);
    const post = await fetch(`${url}/api/classes`, { method: "POST" });
    assertEquals([post.status, post.headers.get("allow")], [405, "GET"]);
    for (const path of ["/nothing", "/model/..%2fmodel.json", "/model/x.bin", "/etc/passwd"]) {
      const response = await fetch(url + path);
      assertEquals(response.status, 404, path);
      assertEquals((await response.json()).title, "Not Found");
    }
    await Promise.all([get, post].map((response) => response.body?.cancel()));
  });
});

test("the API refuses a body that is not UTF-8", async () => {
  await withServer(async (url) => {
    const response = await fetch(`${url}/api/explain`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    assertEquals(response.status, 400);
    assertStringIncludes((await response.json()).detail, "it is not UTF-8");
  });
});

test("the API lists classes, explainers and articles", async () => {
  await withServer(async (url) => {
    const get = async (path: string) => await (await fetch(url + path)).json();
    assertEquals(await get("/api/classes"), { classes: madeClasses });
    const { explainers } = await get("/api/explainers");
    assertEquals(
      explainers.map(({ name }: { name: string }) => name),
      listExplainers().map(({ name }) => name),
    );
    assertEquals((await get("/api/corpora")).corpora.map((c: { name: string }) => c.name), [
      "miniature",
    ]);
    const { ids } = await get("/api/corpora/miniature");
    assertEquals(ids, (await loadMiniature()).test.map(({ id }) => id));
    const article = await get("/api/corpora/miniature/alt.atheism/001");
    assertEquals([article.id, article.label], ["alt.atheism/001", "alt.atheism"]);
    assertMatch((await get("/api/corpora/miniature/alt.atheism/999")).detail, /has no article/);
    assertMatch((await get("/api/corpora/test")).detail, /Unknown corpus "test"/);
    const some = await get("/api/corpora/miniature/texts?from=139&count=5");
    assertEquals([some.total, some.texts.map(({ id }: { id: string }) => id)], [140, [ids[139]]]);
    assertEquals(
      await get("/api/corpora/miniature/text?id=alt.atheism%2F001"),
      await get("/api/corpora/miniature/alt.atheism/001"),
    );
    for (const wrong of ["count=1001", "count=-1", "from=x", "count=1e3"]) {
      const { status, detail } = await get(`/api/corpora/miniature/texts?${wrong}`);
      assertEquals(status, 422);
      assertMatch(detail, /whole number/);
    }
  });
});

test("/openapi.json is a valid description that the answers keep to", async () => {
  await withServer(async (url) => {
    const description = await (await fetch(`${url}/openapi.json`)).json();
    const { valid, errors } = await new Validator().validate(structuredClone(description));
    assert(valid, JSON.stringify(errors, null, 1));
    assertStringIncludes(
      description.paths["/api/explain/batch"].post.responses[200].description,
      "A text waits for its turn, however busy the server is, and may then take 10 s",
    );
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(description, "api");
    const conforms = (pointer: string, value: unknown) => {
      const validate = ajv.compile({ $ref: `api#${pointer}` });
      assert(validate(value), `${pointer}: ${JSON.stringify(validate.errors)}`);
    };
    const schema = (path: string, verb: string) =>
      `/paths/${path.replaceAll("/", "~1")}/${verb}/responses/200/content/application~1json/schema`;
    for (const { name } of listExplainers()) {
      const body = { text, explainer: name, target: "runner-up" };
      conforms("/paths/~1api~1explain/post/requestBody/content/application~1json/schema", body);
      conforms(schema("/api/explain", "post"), await (await postExplain(url, body)).json());
    }
    const grouped = await postExplain(url, { text, explainer: "occlusion", unit: "phrase" });
    conforms(schema("/api/explain", "post"), await grouped.json());
    const asked = { texts: [text, { text: " ", target: "sci.med" }, 5], unit: "word" };
    conforms(
      "/paths/~1api~1explain~1batch/post/requestBody/content/application~1json/schema",
      { ...asked, texts: asked.texts.slice(0, 2) },
    );
    const lines = (await (await postBatch(url, asked)).text()).trimEnd().split("\n");
    assertEquals(lines.length, 3);
    for (const line of lines) conforms("/components/schemas/BatchLine", JSON.parse(line));
    const read = Object.keys(description.paths).filter((path) => !path.includes("/explain"));
    for (const path of [...read, "/api/explainers"]) {
      const real = path.replace("{corpus}", "miniature").replace("{group}", "sci.med")
        .replace("{number}", "001").replace(/\/text$/, "/text?id=sci.med%2F001");
      conforms(schema(path, "get"), await (await fetch(url + real)).json());
    }
    conforms("/components/schemas/Problem", await (await fetch(`${url}/no`)).json());
  });
});

test("the server answers a request without Host or with another's by a 4xx", async () => {
  await withServer(async (url) => {
    const { port } = new URL(url);
    const ask = (host: string) => rawRequest(url, `GET /api/classes HTTP/1.1\r\n${host}\r\n`);
    assertMatch(await ask("Host: evil.example\r\n"), /^HTTP\/1.1 421 .*\\"evil.example\\"/s);
    assertMatch(await ask(`Host: evil.example:${port}\r\n`), /^HTTP\/1.1 421 /);
    assertMatch(await ask(""), /^HTTP\/1.1 400 /);
    for (const host of ["localhost", "LOCALHOST:1", `127.0.0.1:${port}`, `[::1]:${port}`]) {
      assertMatch(await ask(`Host: ${host}\r\n`), /^HTTP\/1.1 200 /);
    }
  });
});

test("the server goes by other names when it is told to", async () => {
  await withServer(async (url) => {
    const answer = await rawRequest(url, "GET /api/classes HTTP/1.1\r\nHost: heat.lan\r\n\r\n");
    assertMatch(answer, /^HTTP\/1.1 200 /);
  }, { allowedHosts: ["heat.lan"] });
});

test("the server refuses what pages of other sites send", async () => {
  await withServer(async (url) => {
    const origin = await postExplain(url, { text }, { origin: "https://evil.example" });
    assertEquals(origin.status, 403);
    assertEquals((await postExplain(url, { text }, { origin: "null" })).status, 403);
    const cross = await fetch(`${url}/api/classes`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    assertEquals(cross.status, 403);
    const link = await fetch(url, {
      headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    });
    assertEquals(link.status, 200);
    assertEquals((await postExplain(url, { text }, { origin: url })).status, 200);
    await Promise.all([cross, link].map((response) => response.body?.cancel()));
  });
});

test("every response carries safe headers", async () => {
  await withServer(async (url) => {
    const responses = await Promise.all([
      fetch(url),
      fetch(`${url}/main.js`),
      fetch(`${url}/model/model.json`),
      fetch(`${url}/nothing`),
      postExplain(url, "{"),
    ]);
    for (const { headers, body } of responses) {
      const policy = headers.get("content-security-policy")!;
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
        assertStringIncludes(policy, part);
      }
      assert(!policy.includes("unsafe-inline") && !policy.includes("'unsafe-eval'"), policy);
      assertEquals(headers.get("x-content-type-options"), "nosniff");
      assertEquals(headers.get("referrer-policy"), "no-referrer");
      await body?.cancel();
    }
    const page = await fetch(url);
    const etag = page.headers.get("etag")!;
    const again = await fetch(url, { headers: { "if-none-match": etag } });
    assertEquals(again.status, 304);
    await page.body?.cancel();
  });
});
