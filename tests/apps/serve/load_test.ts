import { assert, assertEquals, assertMatch } from "@std/assert";
import { postExplain, rawRequest, withServer } from "./_server.ts";

const text = "The shuttle reached its orbit and a doctor took the bike to space.";

/** The memory of this process and of those it started, in MiB; the latter on Linux alone. */
function memory(): number {
  (globalThis as { gc?: () => void }).gc?.();
  let kibibytes = Deno.memoryUsage().rss / 1024;
  if (Deno.build.os !== "linux") return kibibytes / 1024;
  for (const { name } of Deno.readDirSync("/proc/self/task")) {
    const children = Deno.readTextFileSync(`/proc/self/task/${name}/children`).trim();
    for (const id of children === "" ? [] : children.split(" ")) {
      const status = Deno.readTextFileSync(`/proc/${id}/status`);
      kibibytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    }
  }
  return kibibytes / 1024;
}

Deno.test("the server answers a thousand requests in a row, and its memory stays flat", async () => {
  await withServer(async (url) => {
    const ask = async (i: number) => {
      const response = await postExplain(url, { text: `${text} ${i}` });
      assertEquals(response.status, 200);
      assertEquals((await response.json()).tokens.length, 13);
    };
    for (let i = 0; i < 300; i++) await ask(i);
    const before = memory();
    for (let i = 0; i < 1000; i++) await ask(i);
    const grown = memory() - before;
    assert(grown < 64, `grew by ${grown.toFixed(1)} MiB`);
  });
});

Deno.test("the server answers fifty requests at once", async () => {
  await withServer(async (url) => {
    const all = Array.from({ length: 50 }, (_, i) => postExplain(url, { text: `${text} ${i}` }));
    for (const response of await Promise.all(all)) {
      assertEquals(response.status, 200);
      await response.json();
    }
  });
});

Deno.test("an explanation that takes too long is ended, while others are answered", async () => {
  await withServer(async (url) => {
    const options = { permutations: 10_000_000 };
    const long = postExplain(url, { text, explainer: "sampled-shapley", options });
    const other = await postExplain(url, { text });
    assertEquals(other.status, 200);
    await other.json();
    const response = await long;
    assertEquals(response.status, 422);
    assertMatch((await response.json()).detail, /"sampled-shapley" took longer than 0.7 s/);
    // The worker that was ended has a successor.
    const after = await Promise.all([1, 2, 3, 4].map(() => postExplain(url, { text })));
    assertEquals(after.map(({ status }) => status), [200, 200, 200, 200]);
    await Promise.all(after.map((answer) => answer.json()));
  }, { timeLimit: 700 });
});

Deno.test("clients that send too slowly get a 408, while others are answered", async () => {
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

Deno.test("a client that gives up in the middle of its request does no harm", async () => {
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

Deno.test("a body without a length is cut off at the limit", async () => {
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
