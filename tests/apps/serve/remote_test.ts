import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { testPermitted } from "../../_skip.ts";
import { askWorker } from "../_page_worker.ts";
import { assertQuiet, browserTest, openAt, scores, settle, toggle, write } from "./_browser.ts";
import { postExplain, withServer } from "./_server.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const count = (text: string, word: string) => text.split(word).length - 1;

/** A model behind an address: what it was asked, and whether it answers. */
async function withModel(
  work: (url: string, asked: string[][], refuse: (now: boolean) => void) => Promise<void>,
): Promise<void> {
  const asked: string[][] = [];
  let refuses = false;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      if (refuses) return new Response("", { status: 401 });
      asked.push(texts);
      const scores = texts.map((text) => [count(text, "good"), 2 * count(text, "bad"), 0.5]);
      return Response.json({ classes: ["good", "bad", "so"], scores });
    },
  );
  try {
    await work(`http://127.0.0.1:${server.addr.port}/`, asked, (now) => refuses = now);
  } finally {
    await server.shutdown();
  }
}

test("a page asks its server for a model that runs in no browser, which is opened once", () =>
  withModel((model, asked, refuse) =>
    withServer(async (url) => {
      assertEquals(await (await fetch(`${url}/model`)).json(), []);
      // The trial text alone, whatever processes there are for the API.
      assertEquals(asked.length, 1);
      const script = await (await fetch(`${url}/worker.js`)).text();
      const state = { text: "A good film, not bad: so good", deleted: [] };
      const question = { explainer: "occlusion", target: "good", options: {} };
      const [info, whole, less, { relevance, score }, deletion] = await askWorker(script, [
        { call: "open", ask: { files: new Map(), punkt: null, base: url } },
        { call: "classify", ask: state },
        { call: "classify", ask: { ...state, deleted: [2] } },
        { call: "explain", ask: { ...state, question } },
        { call: "deletion", ask: { text: state.text, question, direction: 1, max: 2 } },
      ]);
      assertEquals([info.classes, info.remote], [["good", "bad", "so"], true]);
      assertEquals(info.usual, ["occlusion", "lime"]);
      assertEquals([[...whole.starts], [...whole.scores]], [
        [0, 2, 7, 13, 17, 22, 25],
        [2, 2, 0.5],
      ]);
      assertEquals([[...less.scores], [...less.whole]], [[1, 2, 0.5], [2, 2, 0.5]]);
      assertEquals([[...relevance], score], [[0, 1, 0, 0, 0, 0, 1], 2]);
      assertEquals([deletion.steps, [...deletion.scores]], [
        [[2], [25]],
        [2, 2, 0.5, 1, 2, 0.5, 0, 2, 0.5],
      ]);
      const before = asked.flat().length;
      const response = await postExplain(url, { text: state.text, target: "good" });
      const answer = await response.json();
      assertEquals([response.status, answer.explainer], [200, "occlusion"], JSON.stringify(answer));
      assertEquals(answer.relevance, [0, 1, 0, 0, 0, 0, 1]);
      // What the page asked for, the API does not ask for again.
      assertEquals(asked.flat().length, before);
      assertEquals(new Set(asked.flat()).size, before);

      const ask = async (call: string, body: unknown, type = "application/json") => {
        const given = await fetch(`${url}/model/${call}`, {
          method: "POST",
          headers: { "content-type": type },
          body: JSON.stringify(body),
        });
        return [given.status, (await given.json()).detail];
      };
      assertEquals(await ask("scores", { text: "a b", deleted: [[2]] }), [
        422,
        "Cannot delete word 2: the text has 2 words",
      ]);
      assertEquals((await ask("scores", null))[0], 422);
      assertEquals((await ask("read", {}))[0], 422);
      assertEquals((await ask("read", { text: "a" }, "text/plain"))[0], 415);
      assertEquals((await ask("read", { text: "a".repeat(100_001) }))[0], 413);

      refuse(true);
      const [status, detail] = await ask("scores", { text: "never seen", deleted: [[]] });
      assertEquals(status, 503);
      assertEquals(detail, 'The model "server" answers 401: the server\'s terminal says more');
      const refused = await postExplain(url, { text: "never seen" });
      assertEquals([refused.status, (await refused.json()).detail], [503, detail]);
      refuse(false);
      assertEquals((await ask("scores", { text: "never seen", deleted: [[]] }))[0], 200);
    }, { model, workers: 2 })
  ));

browserTest(
  "the page shows a model that its server asks",
  (browser) =>
    withModel((model) =>
      withServer(async (url) => {
        const seen = await openAt(browser, url);
        const { page, requests } = seen;
        await write(page, "A good film, not bad");
        assertEquals(await scores(page), { good: "1", bad: "2", so: "0.5000" });
        await toggle(page, "bad");
        await settle(page);
        assertEquals((await scores(page)).bad, "0");
        assertMatch(
          await page.locator("#about").textContent() ?? "",
          /^The model is asked by this page's server: 3 classes, .* What you type goes there\.$/,
        );
        // Of the model's own server the browser knows nothing.
        assertEquals(requests.filter((address) => !address.includes(new URL(url).host)), []);
        assertQuiet(seen);
      }, { model, workers: 1 })
    ),
);

test("a page whose model the browser runs has nothing to ask", () =>
  withServer(async (url) => {
    for (const path of ["about", "read", "scores"]) {
      const response = await fetch(`${url}/model/${path}`);
      await response.body?.cancel();
      assertEquals(response.status, 404, path);
    }
  }, { workers: 1 }));

test("a server whose model does not open does not start", async () => {
  const gone = "http://127.0.0.1:9/";
  const error = await assertRejects(
    () => withServer(() => Promise.resolve(), { model: gone, limits: { maxRequests: 1 } }),
    Error,
  );
  assert(error.message.startsWith("1 request was made to http://127.0.0.1:9/"), error.message);
});
