/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { packState, unpackState } from "../../../apps/serve/page/link.ts";
import { firstState, namedQuestion, type State, Store } from "../../../apps/serve/page/state.ts";
import { browserTest, openAt, openPage, point, settle, visit, write } from "./_browser.ts";
import { withServer } from "./_server.ts";

const text = "A ride to the moon in space: the doctor had a cure, and the engine an orbit.";

/** A link whose text is a letter, again and again. */
async function bomb(characters: number): Promise<string> {
  const chunk = new Uint8Array(1e6).fill(97);
  const letters = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let left = characters; left > 0; left -= chunk.length) {
        controller.enqueue(chunk.subarray(0, Math.min(left, chunk.length)));
      }
      controller.close();
    },
  });
  const packed = letters.pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return `left=lrp+predicted&text=${bytes.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

Deno.test("a link that inflates to a huge text is not unpacked", async () => {
  const link = await bomb(50e6);
  assert(link.length < 100_000, `${link.length} characters`);
  const began = performance.now();
  const linked = await unpackState(link);
  // Unpacking all of it takes many times as long.
  assert(performance.now() - began < 5000);
  assertEquals(linked?.state.text, "");
  assertMatch(linked!.problem!, /^The text of this link has more than 20,000 characters/);
  const longest = await unpackState(await bomb(20_000));
  assertEquals([longest?.state.text, longest?.problem], ["a".repeat(20_000), undefined]);
});

Deno.test("a link that is damaged says so", async () => {
  const packed = await packState({ ...firstState, text: "the orbit of the moon" });
  const cut = new URLSearchParams(packed);
  cut.set("text", cut.get("text")!.slice(0, 9));
  for (const link of [cut.toString(), "left=lrp+predicted&text=%%%"]) {
    const linked = await unpackState(link);
    assertEquals(linked?.state.questions[0]?.explainer, "lrp");
    assertMatch(linked!.problem!, /^The text of this link is damaged/);
  }
});

const slid: State = { ...firstState, text: "x", deleted: [0], meant: [["sci.med", "a-vs-b"]] };

Deno.test("Store keeps what targets mean until the text or a target is another", () => {
  const after = (change: (store: Store) => void) => {
    const store = new Store(slid);
    change(store);
    return store.state.meant;
  };
  assertEquals(after((store) => store.set({ deleted: [0, 4] })), slid.meant);
  assertEquals(after((store) => store.toggle([4])), slid.meant);
  assertEquals(after((store) => store.ask(0, { explainer: "sa" })), slid.meant);
  assertEquals(after((store) => store.ask(1, { target: "runner-up" })), undefined);
  assertEquals(after((store) => store.set({ deleted: [] })), undefined);
  assertEquals(after((store) => store.set({ text: "y" })), undefined);
  assertEquals(after((store) => store.edit("x y")), undefined);
});

Deno.test("a link keeps what targets mean", async () => {
  assertEquals((await unpackState(await packState(slid)))?.state, slid);
  for (const meant of ["{", "[1]", '["a","b","c"]', "[]", "null"]) {
    const linked = await unpackState(
      `left=lrp+predicted&deleted=0&${new URLSearchParams({ meant })}`,
    );
    assertEquals(linked?.state.meant, undefined);
  }
});

Deno.test("namedQuestion() puts classes in place of what is relative", () => {
  const classes = ["sci.med", "a-vs-b", "runner-up"];
  const named = (target: string, meant?: string[]) =>
    namedQuestion({ explainer: "lrp", target, options: {} }, meant, classes).target;
  assertEquals(named("predicted", ["sci.med", "x"]), "sci.med");
  assertEquals(named("predicted"), "predicted");
  assertEquals(named("predicted-vs-sci.space", ["sci.med", "x"]), "sci.med-vs-sci.space");
  // A class of that name is meant itself.
  assertEquals(named("runner-up", ["sci.med", "x"]), "runner-up");
  assertEquals(named("a-vs-b", ["sci.med", "x"]), "a-vs-b");
});

browserTest("a huge link leaves the page at work and says what is wrong", async (browser) => {
  const link = await bomb(50e6);
  await withServer(async (url) => {
    const { page } = await openPage(browser);
    const began = performance.now();
    await visit(page, `${url}/#${link}`);
    assert(performance.now() - began < 20_000);
    assertMatch((await page.locator("#notice").textContent())!, /more than 20,000 characters/);
    await write(page, text);
    assertEquals(await page.locator(".panel").first().locator(".w").count(), 17);
  });
});

for (const path of ["/worker.js", "/model", "/model/model.json", "/api/corpora", "/punkt.json"]) {
  browserTest(`the page says that ${path} failed, and tries again`, async (browser) => {
    await withServer(async (url) => {
      const { page } = await openPage(browser);
      let tries = 0;
      await page.route(
        url + path,
        (route) =>
          tries++ === 0
            ? route.abort()
            : tries === 2
            ? route.fulfill({ status: 503, body: "no" })
            : route.continue(),
      );
      await page.goto(url);
      const said = page.locator("#loading-text");
      for (const expected of [/^Cannot start: The server does not answer/, /answers 503 for "\//]) {
        await page.getByRole("button", { name: "Try again" }).waitFor();
        assertMatch((await said.textContent())!, expected);
        assertEquals(await page.locator("#loading-bar").isVisible(), false);
        await page.getByRole("button", { name: "Try again" }).click();
      }
      await page.waitForSelector("body.ready");
      await write(page, text);
      assertEquals(await page.locator(".panel").first().locator(".error").textContent(), "");
    }, { workers: 1 });
  });
}

browserTest("the page says that a model or a worker is not what it should be", async (browser) => {
  await withServer(async (url) => {
    const broken: [path: string, body: string, said: RegExp][] = [
      ["/worker.js", "(", /^Cannot start: .*(SyntaxError|Unexpected)/],
      ["/worker.js", "onmessage = () => postMessage({ id: 0, error: 'no memory' })", /no memory$/],
      ["/model/model.json", "{}", /has 2 bytes in place of \d+/],
    ];
    for (const [path, body, expected] of broken) {
      const { page } = await openPage(browser);
      await page.route(url + path, (route) => route.fulfill({ body }));
      await page.goto(url);
      await page.getByRole("button", { name: "Try again" }).waitFor();
      assertMatch((await page.locator("#loading-text").textContent())!, expected);
      await page.unroute(url + path);
      await page.getByRole("button", { name: "Try again" }).click();
      await page.waitForSelector("body.ready");
    }
  }, { workers: 1 });
});

browserTest("the page does not pretend to load when its script does not come", async (browser) => {
  await withServer(async (url) => {
    const { page } = await openPage(browser);
    await page.route(`${url}/main.js`, (route) => route.abort());
    await page.goto(url);
    assertEquals(await page.locator("#loading-bar").isVisible(), false);
    assertMatch((await page.locator("#loading-text").textContent())!, /load the page again/);
  }, { workers: 1 });
});

browserTest("methods without sign are never said to speak against a class", async (browser) => {
  await withServer(async (url) => {
    const { page } = await openPage(browser);
    const said = () =>
      page.evaluate(() => {
        const panel = document.querySelector(".panel")!;
        const parts = [
          document.querySelector("#deletion .sentence"),
          document.querySelector("#inspector"),
          document.querySelector("#classes .note"),
          document.querySelector("#weights"),
          panel.querySelector(".legend"),
          ...panel.querySelectorAll(".w"),
        ];
        const labels = [...panel.querySelectorAll(".w")].map((one) =>
          one.getAttribute("aria-label")
        );
        return [...parts.map((part) => part?.textContent), ...labels].join("\n");
      });
    const cases: [question: string, signed: boolean][] = [
      ["lrp sci.med", true],
      ["sa sci.med", false],
      ["sa sci.med pooling=sum", true],
      ["lrp sci.med pooling=l2", false],
    ];
    for (const [question, signed] of cases) {
      await page.goto("about:blank");
      await visit(page, `${url}/#left=${encodeURIComponent(question)}`);
      await write(page, text);
      await point(page, "engine");
      await page.waitForTimeout(600);
      const all = await said();
      assertEquals([question, /against/.test(all)], [question, signed], all);
      assertEquals([question, /[+−]\d/.test(all)], [question, signed], all);
      const blue = await page.locator(".panel").first().locator(".w[class*=' n']").count();
      if (!signed) assertEquals(blue, 0);
    }
  }, { workers: 1 });
});

browserTest(
  "while the slider deletes words the heatmaps explain the same class",
  async (browser) => {
    await withServer(async (url) => {
      const { page } = await openAt(browser, `${url}/#left=lrp+predicted&right=lrp+runner-up`);
      await write(page, text);
      await page.waitForFunction(() =>
        !document.querySelector<HTMLInputElement>("#slider")!.disabled
      );
      await page.waitForTimeout(300);
      const target = async (panel: number) =>
        (await page.locator(".panel .status").nth(panel).textContent())!.split(":")[0];
      const decision = () => page.locator(".decision").textContent();
      const before = [await target(0), await target(1)];
      const first = await decision();
      assertEquals(before[0], first);
      const slider = page.locator("#slider");
      await slider.focus();
      let flipped = false;
      for (let i = 0; i < 17 && !flipped; i++) {
        await slider.press("ArrowRight");
        await settle(page);
        assertEquals([await target(0), await target(1)], before);
        flipped = await decision() !== first;
      }
      assert(flipped, "the decision changes on the way");
      assertEquals(await page.getByLabel("Why").first().inputValue(), "predicted");
      await page.getByRole("button", { name: "Restore all words" }).click();
      await settle(page);
      assertEquals([await target(0), await decision()], [first, first]);
    }, { workers: 1 });
  },
);
