import { assert, assertEquals, assertMatch } from "@std/assert";
import { saidBy } from "../../_said.ts";
import { madeModelFolder } from "../_made_model.ts";
import { postExplain, rawRequest, runServe, spawnServer, withServer } from "./_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const text = "The shuttle reached its orbit and a doctor took the bike to space.";
const words = text.slice(0, -1).split(" ");

/** The memory of a process and of those it started, in MiB; 0 where there is no `ps`. */
function memory(id: number): number {
  let output: Deno.CommandOutput;
  try {
    output = new Deno.Command("ps", { args: ["-eo", "pid=,ppid=,rss="] }).outputSync();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
  const lines = new TextDecoder().decode(output.stdout).trim().split("\n");
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const sum = (wanted: number): number =>
    processes.reduce((total, [pid, parent, kilobytes]) => {
      if (pid === wanted) return total + kilobytes! / 1024;
      return parent === wanted ? total + sum(pid!) : total;
    }, 0);
  return sum(id);
}

test("deno task serve answers a thousand requests in a row, and its memory stays flat", async () => {
  const model = await madeModelFolder();
  const [server, url] = await spawnServer(["--port", "0", "--model", model]);
  try {
    const ask = async (i: number) => {
      const response = await postExplain(url, { text: `${text} ${i}` });
      assertEquals(response.status, 200);
      const { tokens } = await response.json();
      assertEquals(tokens.map((token: { text: string }) => token.text), words);
    };
    const used = () => memory(server.pid);
    for (let i = 0; i < 300; i++) await ask(i);
    const before = used();
    for (let i = 0; i < 1000; i++) await ask(i);
    const grown = used() - before;
    assert(grown < 64, `grew by ${grown.toFixed(1)} MiB`);
  } finally {
    server.kill("SIGINT");
    assertEquals((await server.status).code, 0);
    await Deno.remove(model, { recursive: true });
  }
});

test("deno task serve says in one line what is wrong", async () => {
  const model = await madeModelFolder();
  const [server, url] = await spawnServer(["--port", "0", "--model", model]);
  const { port } = new URL(url);
  const cases: [args: string[], code: number, message: RegExp][] = [
    [["--port", port, "--model", model], 1, /^error: Cannot listen on 127.0.0.1:\d+: another/],
    [["--port", "x"], 2, /^error: Option --port takes a whole number from 0 to 65535, not "x"/],
    [["--prot", "1"], 2, /^error: Unknown option "--prot": did you mean "--port"\?/],
    [["--model", "/nowhere"], 1, /^error: Cannot find a model in "\/nowhere"/],
    [
      ["--time-limit", "0"],
      2,
      /^error: Option --time-limit takes seconds from 0.1 to 3600, not "0"/,
    ],
  ];
  for (const [args, code, message] of cases) {
    const found = await (await runServe(args)).output();
    const said = saidBy(found.stderr);
    assertMatch(said, message);
    assertEquals([said.trim().split("\n").length, found.code], [1, code]);
  }
  server.kill("SIGINT");
  await server.status;
  await Deno.remove(model, { recursive: true });
});

test("the server answers fifty requests at once", async () => {
  await withServer(async (url) => {
    const all = Array.from({ length: 50 }, (_, i) => postExplain(url, { text: `${text} ${i}` }));
    for (const response of await Promise.all(all)) {
      assertEquals(response.status, 200);
      await response.json();
    }
  });
});

test("an explanation that takes too long is ended, while others are answered", async () => {
  await withServer(async (url) => {
    const options = { permutations: 10_000_000 };
    const long = postExplain(url, { text, explainer: "sampled-shapley", options });
    const other = await postExplain(url, { text });
    assertEquals(other.status, 200);
    await other.json();
    const response = await long;
    assertEquals(response.status, 422);
    assertMatch((await response.json()).detail, /"sampled-shapley" took longer than 2 s/);
    // The worker that was ended has a successor.
    const after = await Promise.all([1, 2, 3, 4].map(() => postExplain(url, { text })));
    assertEquals(after.map(({ status }) => status), [200, 200, 200, 200]);
    await Promise.all(after.map((answer) => answer.json()));
  }, { timeLimit: 2000 });
});

test("clients that send too slowly get a 408, while others are answered", async () => {
  await withServer(async (url) => {
    const head = `POST /api/explain HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
      "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n";
    const slow = Array.from({ length: 20 }, () => rawRequest(url, head, '{"text"', 100, ': "a'));
    const other = await postExplain(url, { text });
    assertEquals(other.status, 200);
    await other.json();
    for (const answer of await Promise.all(slow)) {
      assertMatch(answer, /^HTTP\/1.1 408 .*did not arrive within 0.4 s/s);
    }
  }, { bodyTimeout: 400 });
});

test("a client that gives up in the middle of its request does no harm", async () => {
  await withServer(async (url) => {
    const { hostname, port } = new URL(url);
    for (let i = 0; i < 10; i++) {
      const connection = await Deno.connect({ hostname, port: Number(port) });
      const head = "POST /api/explain HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te';
      await connection.write(new TextEncoder().encode(head));
      connection.close();
    }
    const other = await postExplain(url, { text });
    assertEquals(other.status, 200);
    await other.json();
  });
});

test("a body without a length is cut off at the limit", async () => {
  await withServer(async (url) => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++;
        if (sent > 1000) controller.close();
        else controller.enqueue(new Uint8Array(65536).fill(32));
      },
    });
    const response = await fetch(`${url}/api/explain`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    assertEquals(response.status, 413);
    await response.json();
    assert(sent < 1000, `took ${sent} pieces`);
  });
});
