import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  answerBatch,
  type BatchItem,
  BatchPlaces,
  MAX_BATCH,
  MAX_BATCHES,
  readBatch,
} from "../../../apps/serve/_batch.ts";
import type { ExplainRequest } from "../../../apps/serve/_explain_request.ts";
import { Problem } from "../../../apps/serve/_problem.ts";
import "@heatword/explainers";
import { testPermitted } from "../../_skip.ts";
import { postBatch, postExplain, withServer } from "./_server.ts";

const facts = {
  models: [
    { name: "june", classes: ["road", "space"], explainer: "lrp" },
    { name: "may", classes: ["good", "bad"], explainer: "occlusion" },
  ],
  maxCharacters: 50,
};

/** The status and the message of what is thrown. */
function refused(body: unknown): [number, string] {
  try {
    readBatch(body, facts);
  } catch (error) {
    if (error instanceof Problem) return [error.status, error.message];
    throw error;
  }
  throw new Error("Nothing was refused");
}

Deno.test("readBatch() refuses what is wrong with all texts of a batch", () => {
  const cases: [body: unknown, status: number, detail: RegExp][] = [
    [null, 400, /takes an object with "texts", not null/],
    [["a"], 400, /takes an object with "texts", not \["a"\]/],
    [{}, 400, /The field "texts" is missing/],
    [{ texts: "a" }, 400, /"texts" takes a list, not "a"/],
    [{ texts: { 0: "a" } }, 400, /"texts" takes a list/],
    [{ texts: [] }, 422, /There are no texts/],
    [{ texts: Array(MAX_BATCH + 1).fill("a") }, 413, /There are 1001 texts: give at most 1000/],
    [{ text: "a", texts: ["a"] }, 400, /"text": did you mean "texts"\?/],
    [{ texts: ["a"], explainer: "lpr" }, 422, /"lpr": did you mean "lrp"\?/],
    [{ texts: ["a"], target: "spac" }, 422, /"spac": did you mean "space"\?/],
    [{ texts: ["a"], options: [] }, 400, /"options" takes an object/],
    [{ texts: ["a"], model: "mai" }, 422, /"mai": did you mean "may"\?/],
    [{ texts: ["a"], model: 2 }, 400, /"model" takes a string, not 2/],
    [{ texts: ["a"], model: "may", target: "space" }, 422, /"space"/],
    [{ texts: [{ text: "a", model: "may" }], target: "space" }, 422, /"space"/],
    [{ texts: [{ text: "a", model: "may" }, "b"], target: "spac" }, 422, /did you mean "space"/],
    [{ texts: [{ text: "a", model: "may" }], model: "mai" }, 422, /"mai": did you mean "may"\?/],
    [{ texts: [{ text: "a", model: "nil" }], target: "spac" }, 422, /did you mean "space"/],
  ];
  for (const [body, status, detail] of cases) {
    const [now, message] = refused(body);
    assertEquals(now, status, JSON.stringify(body)?.slice(0, 80));
    assertMatch(message, detail);
  }
});

Deno.test("readBatch() asks each text of the model that is named, the first if none is", () => {
  const texts = ["a", { text: "b", model: "june" }, { text: "c", model: null }];
  const asked = (body: Record<string, unknown>) =>
    readBatch({ texts, ...body }, facts).map((item) => {
      const { model, explainer } = item as ExplainRequest;
      return [model, explainer];
    });
  assertEquals(asked({}), [[undefined, "lrp"], ["june", "lrp"], [undefined, "lrp"]]);
  assertEquals(asked({ model: "may" }), [
    ["may", "occlusion"],
    ["june", "lrp"],
    [undefined, "lrp"],
  ]);
});

Deno.test("readBatch() checks what is asked of all texts by the models that they are asked of", () => {
  const target = "good";
  const read = (texts: unknown[], more = {}) =>
    readBatch({ texts, target, ...more }, facts).map((item) =>
      item instanceof Problem ? [item.status, /"good"/.test(item.message)] : item.model
    );
  const [may, june] = ["may", "june"].map((model) => ({ text: "a", model }));
  assertEquals(read([may, may]), ["may", "may"]);
  // The first model has no such class: the fault of the text that is asked of it.
  assertEquals(read([may, "b", june]), ["may", [422, true], [422, true]]);
  assertEquals(read([june, "b"], { model: "may" }), [[422, true], "may"]);
});

Deno.test("readBatch() keeps a fault with its text", () => {
  const texts = [
    "a moon",
    "",
    7,
    null,
    ["x"],
    "x".repeat(51),
    { text: "b" },
    {
      text: "c",
      explainer: "sa",
      target: "road",
    },
    { text: "d", target: "rod" },
    { txt: "e" },
  ];
  const items = readBatch({ texts, target: "space" }, facts);
  assertEquals(
    items.map((item) => item instanceof Problem ? item.status : [item.explainer, item.target]),
    [["lrp", "space"], 422, 400, 400, 400, 413, ["lrp", "space"], ["sa", "road"], 422, 400],
  );
});

const asked = (text: string): ExplainRequest => ({ text, explainer: "lrp", options: {} });

/** The lines of a batch. */
async function linesOf(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const text = await new Response(stream).text();
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

const nobodyGone = new AbortController().signal;

Deno.test("answerBatch() answers in order, a few at once, and tells of each fault at its place", async () => {
  const items: BatchItem[] = [
    asked("slow"),
    asked("quick"),
    new Problem(413, "too long"),
    asked("fails"),
    asked("last"),
  ];
  let running = 0;
  let most = 0;
  const explain = async ({ text }: ExplainRequest) => {
    most = Math.max(most, ++running);
    // Those that came later are there first.
    for (let i = 0; i < (text === "slow" ? 20 : 2); i++) await Promise.resolve();
    running--;
    if (text === "fails") throw new Problem(422, "cannot");
    return `{\n "text": "${text}"\n}`;
  };
  const problem = (status: number, title: string, detail: string) => ({
    type: "about:blank",
    title,
    status,
    detail,
  });
  assertEquals(await linesOf(answerBatch(items, explain, 2, nobodyGone)), [
    { index: 0, explanation: { text: "slow" } },
    { index: 1, explanation: { text: "quick" } },
    { index: 2, problem: problem(413, "Content Too Large", "too long") },
    { index: 3, problem: problem(422, "Unprocessable Content", "cannot") },
    { index: 4, explanation: { text: "last" } },
  ]);
  assertEquals(most, 2);
});

Deno.test("answerBatch() computes nothing for who reads no more", async () => {
  for (const leave of ["cancel", "gone"]) {
    const begun: string[] = [];
    const signals: AbortSignal[] = [];
    const gone = new AbortController();
    const explain = ({ text }: ExplainRequest, signal: AbortSignal) => {
      begun.push(text);
      signals.push(signal);
      return Promise.resolve("{}");
    };
    const items = Array.from({ length: 100 }, (_, i) => asked(`${i}`));
    const reader = answerBatch(items, explain, 2, gone.signal).getReader();
    await reader.read();
    if (leave === "gone") gone.abort();
    else await reader.cancel();
    assert(begun.length < 10, `${begun.length} were begun`);
    assertEquals(signals.map(({ aborted }) => aborted), signals.map(() => true));
    if (leave === "gone") { while (!(await reader.read()).done); }
    assert(begun.length < 10);
  }
});

Deno.test("a batch gives its place back once, when it is answered or left", async () => {
  const items = ["a", "b", "c"].map(asked);
  const explain = () => Promise.resolve("{}");
  for (const how of ["answered", "cancelled", "gone", "gone before"]) {
    let ended = 0;
    const gone = new AbortController();
    if (how === "gone before") gone.abort();
    const batch = answerBatch(items, explain, 1, gone.signal, () => ended++);
    if (how === "answered") await linesOf(batch);
    else if (how === "cancelled") await batch.cancel();
    else if (how === "gone") {
      assertEquals(ended, 0);
      gone.abort();
    }
    assert(ended > 0, how);
  }
  const places = new BatchPlaces();
  const taken = Array.from({ length: MAX_BATCHES }, () => places.take());
  const refusal = assertThrows(() => places.take(), Problem, "32 batches are being answered");
  assertEquals(refusal.status, 503);
  taken[0]!();
  taken[0]!();
  places.take();
  assertThrows(() => places.take(), Problem);
});

const test = testPermitted("read", "write", "env", "run", "net");

test("a server answers a batch text by text, and compresses what is worth it", async () => {
  await withServer(async (url) => {
    const first = "The shuttle reached its orbit";
    const texts = [first, " ", "a ride", first];
    const response = await postBatch(url, { texts, explainer: "sa", target: "sci.med" });
    assertEquals(
      [response.status, response.headers.get("content-type")],
      [200, "application/x-ndjson"],
    );
    const lines = (await response.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    const alone = async (text: string) =>
      await (await postExplain(url, { text, explainer: "sa", target: "sci.med" })).json();
    assertEquals(lines.map(({ index }) => index), [0, 1, 2, 3]);
    assertEquals(lines[0].explanation, await alone(first));
    assertEquals(lines[1].problem, await alone(" "));
    assertEquals(lines[2].explanation, await alone("a ride"));
    assertEquals(lines[3], { ...lines[0], index: 3 });
    const large = await postBatch(url, { texts: ["x".repeat(2 ** 24)] });
    assertEquals(large.status, 413);
    await large.body?.cancel();
    const wrong = await fetch(`${url}/api/explain/batch`);
    assertEquals([wrong.status, wrong.headers.get("allow")], [405, "POST"]);
    await wrong.body?.cancel();

    // Those that are still being sent have their places, until their clients are gone.
    const { hostname, port } = new URL(url);
    const statusUntil = async (wanted: number) => {
      for (let tries = 0;; tries++) {
        const { status, body, headers } = await postBatch(url, { texts: [" "] });
        await body?.cancel();
        if (status === wanted) return headers.get("retry-after");
        assert(tries < 1000, `${status} in place of ${wanted}`);
      }
    };
    const sending: Deno.Conn[] = [];
    for (let i = 0; i < MAX_BATCHES; i++) {
      const connection = await Deno.connect({ hostname, port: Number(port) });
      sending.push(connection);
      await connection.write(new TextEncoder().encode(
        `POST /api/explain/batch HTTP/1.1\r\nHost: ${hostname}\r\n` +
          "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
      ));
    }
    assertEquals(await statusUntil(503), "1");
    sending.forEach((connection) => connection.close());
    await statusUntil(200);

    // As the server sends it: fetch() would undo the compression.
    const sent = async (path: string, ...headers: string[]) => {
      const connection = await Deno.connect({ hostname, port: Number(port) });
      const lines = [`GET ${path} HTTP/1.1`, `Host: ${hostname}`, "Connection: close", ...headers];
      await connection.write(new TextEncoder().encode(lines.join("\r\n") + "\r\n\r\n"));
      const all = await new Response(connection.readable).bytes();
      const text = new TextDecoder("latin1").decode(all);
      const [head] = text.split("\r\n\r\n", 1) as [string];
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
      return {
        status: Number(head.split(" ")[1]),
        size: all.length - head.length,
        encoding: field("content-encoding"),
        vary: field("vary")?.toLowerCase(),
        etag: field("etag"),
      };
    };
    const plain = await sent("/main.js");
    const packed = await sent("/main.js", "Accept-Encoding: gzip, br");
    assertEquals([plain.encoding, packed.encoding], [undefined, "br"]);
    assert(packed.size < plain.size / 2, `${packed.size} of ${plain.size} bytes`);
    for (const { vary } of [plain, packed]) assertMatch(vary!, /accept-encoding/);
    assertEquals((await sent("/main.js", "Accept-Encoding: gzip;q=0")).encoding, undefined);
    assertEquals((await sent("/openapi.json", "Accept-Encoding: gzip")).encoding, "gzip");
    // A version is the same compressed or not.
    for (const { etag } of [plain, packed]) {
      const again = await sent("/main.js", "Accept-Encoding: br", `If-None-Match: "x", ${etag}`);
      assertEquals([again.status, again.encoding], [304, undefined]);
    }
    // What is short would be longer.
    const list: { name: string }[] = await (await fetch(`${url}/model`)).json();
    const file = (part: string) => list.find(({ name }) => name.startsWith(part))!.name;
    const encodings: Record<string, string | undefined> = {
      [file("vectors")]: undefined,
      [file("network")]: "gzip",
      [file("vocabulary")]: "gzip",
      "model.json": "gzip",
    };
    for (const [name, encoding] of Object.entries(encodings)) {
      const { encoding: now } = await sent(`/model/${name}`, "Accept-Encoding: gzip");
      assertEquals(now, encoding, name);
      // Unpacked it is what it is without.
      const bytes = async (headers: HeadersInit) =>
        await (await fetch(`${url}/model/${name}`, { headers })).bytes();
      assertEquals(
        await bytes({ "accept-encoding": "gzip" }),
        await bytes({ "accept-encoding": "identity" }),
      );
    }
    assertEquals((await sent("/punkt.json", "Accept-Encoding: gzip")).encoding, undefined);
  }, { workers: 1 });
});

test("a busy server explains every text of the batches that it has taken", async () => {
  await withServer(async (url) => {
    // Each takes longer than a request for one text may wait.
    const options = { permutations: 5_000 };
    const text = "The shuttle reached its orbit and a doctor took the bike to space.";
    const batch = { texts: [text, text, text], explainer: "sampled-shapley", options };
    const single = { text, explainer: "sampled-shapley", options };
    const batches = Array.from({ length: 4 }, () => postBatch(url, batch));
    const singles = Array.from({ length: 4 }, () => postExplain(url, single));
    const refused = await Promise.all(singles.map(async (response) => {
      const { status, body } = await response;
      await body?.cancel();
      return status;
    }));
    assert(refused.includes(503), refused.join(", "));
    for (const response of await Promise.all(batches)) {
      const lines = (await response.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
      assertEquals(lines.map(({ problem }) => problem), [undefined, undefined, undefined]);
      assertEquals(
        lines.map(({ index, explanation }) => [index, explanation.text]),
        [0, 1, 2].map((index) => [index, text]),
      );
    }
  }, { workers: 1, waitLimit: 100, timeLimit: 60_000 });
});
