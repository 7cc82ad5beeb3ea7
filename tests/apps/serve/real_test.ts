/// <reference lib="dom" />
import { assertEquals, assertMatch } from "@std/assert";
import { dataFolder as data, lacksCorpus, testWith } from "../../_skip.ts";
import { assertQuiet, browserTest, openAt, openPage, settle, visit, word } from "./_browser.ts";
import { withServer } from "./_server.ts";

const model = decodeURIComponent(
  new URL("../../../datasets/newsgroups/pretrained", import.meta.url).pathname,
);

browserTest("the pretrained model explains a post of the miniature corpus", async (browser) => {
  await withServer(async (url) => {
    const seen = await openAt(
      browser,
      `${url}/#left=lrp+predicted&article=miniature/sci.space/001`,
    );
    const { page } = seen;
    assertEquals(await page.locator(".decision").textContent(), "sci.space");
    const strongest = page.locator(".panel").first().locator(".w.p20");
    assertEquals(await strongest.allTextContents(), ["Soyuz"]);
    assertMatch((await page.locator("#deletion .note").textContent())!, /at \d+ deletions?\.$/);
    assertQuiet(seen);
  }, { model });
});

testWith(lacksCorpus, "the server offers the articles of the real corpus", async () => {
  await withServer(async (url) => {
    const get = async (path: string) => await (await fetch(url + path)).json();
    const { corpora } = await get("/api/corpora");
    assertEquals(corpora.map(({ name }: { name: string }) => name), [
      "miniature",
      "test",
      "train",
    ]);
    assertEquals((await get("/api/corpora/test")).ids.length, 7532);
    assertEquals((await get("/api/corpora/train")).ids.length, 11314);
    const article = await get("/api/corpora/test/sci.space/61393");
    assertEquals(article.label, "sci.space");
  }, { model, data });
});

browserTest('"ride" speaks against sci.space, and SA does not tell', async (browser) => {
  await withServer(async (url) => {
    const seen = await openPage(browser);
    const { page } = seen;
    const article = "article=test/sci.space/61393";
    await visit(page, `${url}/#left=lrp+sci.space&right=sa+sci.space&${article}`);
    await settle(page);
    assertMatch((await word(page, "ride").getAttribute("aria-label"))!, /^ride, −/);
    assertMatch((await word(page, "ride", 1).getAttribute("aria-label"))!, /^ride, [\d.]+/);
    await page.locator(".panel").first().getByLabel("Why").selectOption("rec.motorcycles");
    await settle(page);
    assertMatch((await word(page, "ride").getAttribute("class"))!, /\bp\d+/);
    assertMatch((await page.locator(".details").textContent())!, /true class/);
    assertQuiet(seen);
  }, { model, data });
}, { lacks: lacksCorpus });
