import { assert, assertEquals } from "@std/assert";
import { testWith } from "../../_skip.ts";
import { madeModelFolder } from "../_made_model.ts";
import { childrenOf, descriptorsOf, lacksProc } from "./_process.ts";
import { postExplain, spawnServer } from "./_server.ts";

const text = "The shuttle reached its orbit and a doctor took the bike to space.";

/** A server in a process of its own; a test of what its system sees. */
function serverTest(
  name: string,
  test: (url: string, id: number) => Promise<void>,
  limits: { descriptors?: number; args?: string[] } = {},
): void {
  testWith(lacksProc, name, async () => {
    const model = await madeModelFolder();
    const args = ["--port", "0", "--model", model, ...limits.args ?? []];
    const [server, url] = await spawnServer(args, limits);
    try {
      await test(url, server.pid);
    } finally {
      server.kill("SIGINT");
      const { code } = await server.status;
      await Deno.remove(model, { recursive: true });
      assertEquals(code, 0);
    }
  });
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const explains = async (url: string, explainer = "lrp") => {
  const response = await postExplain(url, { text, explainer });
  assertEquals([response.status, (await response.json()).tokens?.length], [200, 13]);
};

serverTest("HEAD opens nothing, whatever it asks for", async (url, id) => {
  const model: { name: string }[] = await (await fetch(`${url}/model`)).json();
  const paths = ["/", "/page.css", "/main.js", "/worker.js", "/model", "/punkt.json"].concat(
    ["/miniature.json", "/openapi.json", "/api/classes", "/api/explainers", "/api/corpora"],
    ["/api/corpora/miniature", "/api/corpora/miniature/sci.med/001", "/api/explain", "/nothing"],
    model.map(({ name }) => `/model/${name}`),
  );
  const head = async (path: string) => (await fetch(url + path, { method: "HEAD" })).headers;
  await Promise.all(paths.map(head));
  const before = descriptorsOf(id);
  for (let i = 0; i < 20; i++) await Promise.all(paths.map(head));
  // Connections come and go; a file that stays open for each request would be 20 or more.
  const grown = descriptorsOf(id) - before;
  assert(grown <= 5, `${grown} more descriptors are open`);
  // Compressed answers have weak versions, and no length that is known before.
  const plain = { "accept-encoding": "identity" };
  for (const path of paths) {
    const get = await fetch(url + path, { headers: plain });
    const length = (await get.bytes()).length;
    const { headers } = await fetch(url + path, { method: "HEAD", headers: plain });
    for (const name of ["content-type", "etag", "cache-control"]) {
      assertEquals(headers.get(name), get.headers.get(name), `${path} ${name}`);
    }
    if (path.startsWith("/model/")) assertEquals(headers.get("content-length"), String(length));
  }
});

serverTest("a download that is broken off leaves no file open", async (url, id) => {
  const [file] = await (await fetch(`${url}/model`)).json();
  await (await fetch(`${url}/model/${file.name}`)).bytes();
  const before = descriptorsOf(id);
  for (let i = 0; i < 40; i++) {
    const leave = new AbortController();
    const asked = fetch(`${url}/model/${file.name}`, { signal: leave.signal });
    if (i % 2 === 0) await asked;
    leave.abort();
    await asked.then((response) => response.body?.cancel()).catch(() => {});
  }
  await later(500);
  const grown = descriptorsOf(id) - before;
  assert(grown <= 5, `${grown} more descriptors are open`);
});

serverTest("running out of file descriptors does not end the server", async (url, id) => {
  const { hostname, port } = new URL(url);
  const connections: Deno.Conn[] = [];
  for (let i = 0; i < 200; i++) {
    // While nobody listens, connections are refused.
    await Deno.connect({ hostname, port: Number(port) }).then(
      (connection) => connections.push(connection),
      () => later(20),
    );
  }
  assert(connections.length > 40, `only ${connections.length} connections`);
  for (const connection of connections) connection.close();
  // Until the server has seen that they are closed, it may have to refuse others.
  const answers = () => fetch(`${url}/api/classes`).then((got) => got.bytes(), () => undefined);
  for (let tries = 0; tries < 50 && await answers() === undefined; tries++) await later(200);
  await later(1000);
  await explains(url);
  // How soon the connections end that were closed depends on the machine.
  for (let tries = 0; tries < 50 && descriptorsOf(id) >= 60; tries++) await later(200);
  assert(descriptorsOf(id) < 60, `${descriptorsOf(id)} descriptors are open`);
}, { descriptors: 80 });

serverTest("an idle process that is killed costs no request anything", async (url, id) => {
  for (let i = 0; i < 3; i++) {
    // How soon others are hired depends on the machine.
    for (let tries = 0; tries < 50 && childrenOf(id).length < 2; tries++) await later(200);
    const children = childrenOf(id);
    assert(children.length >= 2, `${children.length} processes`);
    for (const child of children) {
      try {
        Deno.kill(child, "SIGKILL");
      } catch (error) {
        // It has ended by itself.
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    // Before the server can know, and while others are hired.
    await Promise.all([1, 2, 3].map(() => explains(url)));
    await later(1200);
  }
});

serverTest("after 50 requests that were given up, the next is answered within 2 s", async (url) => {
  const body = { text, explainer: "sampled-shapley", options: { permutations: 10_000_000 } };
  const leave = new AbortController();
  const given = Array.from({ length: 50 }, () =>
    fetch(`${url}/api/explain`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: leave.signal,
    }).then(() => "answered", () => "given up"));
  await later(700);
  leave.abort();
  assertEquals(new Set(await Promise.all(given)), new Set(["given up"]));
  const began = performance.now();
  await explains(url);
  const took = performance.now() - began;
  // The machine that tests may be busy with others.
  assert(took < 8000, `took ${took.toFixed(0)} ms`);
}, { args: ["--time-limit", "600", "--wait-limit", "600"] });
