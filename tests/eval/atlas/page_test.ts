/// <reference lib="dom" />
import { atlasHtml, makeAtlas } from "@heatword/eval/atlas";
import "@heatword/explainers/lrp";
import { assert, assertEquals } from "@std/assert";
import { assertQuiet, browserTest, openPage, violations } from "../../apps/serve/_browser.ts";
import { inFolder } from "../../_in_folder.ts";
import { atlasCorpus, atlasModel } from "./_corpus.ts";

browserTest(
  "the page of an atlas is closed at first, is sorted, and is searched",
  (browser) =>
    inFolder(async (folder) => {
      const corpus = atlasCorpus();
      const atlas = await makeAtlas(atlasModel(), () => corpus, { minDocuments: 1 });
      await Deno.writeTextFile(`${folder}/index.html`, await atlasHtml(atlas));
      for (const colorScheme of ["light", "dark"] as const) {
        const seen = await openPage(browser, { colorScheme });
        const { page } = seen;
        await page.goto(`file://${folder}/index.html`);
        assertEquals(await page.locator("details.class[open]").count(), 0);
        assert(await page.evaluate(() => document.documentElement.scrollHeight) <= 900);
        assertEquals(await violations(page), []);
        // A link to a class opens it.
        await page.getByRole("link", { name: "space" }).click();
        await page.waitForSelector("#class-2", { state: "visible" });
        const table = page.locator("#class-2 table.words").first();
        for (const [name, column] of [["Mean", 1], ["Total", 2], ["Documents", 4]] as const) {
          await table.getByRole("button", { name }).click();
          const values = await table.locator(`tbody tr td:nth-child(${column + 1})`)
            .evaluateAll((cells) =>
              cells.map((cell) => Number((cell as HTMLElement).dataset.value))
            );
          assert(values.length > 1 && values.every(Number.isFinite), `${name}: ${values}`);
          assertEquals(values, values.toSorted((a, b) => b - a), name);
        }
        await table.getByRole("button", { name: "Documents" }).click();
        assertEquals(await table.locator("[aria-sort]").getAttribute("aria-sort"), "ascending");
        await page.getByLabel("Search words").fill("ORBI");
        const shown = page.locator("tr[data-word]:visible .hw-text");
        const words = await shown.locator("summary").allTextContents();
        assertEquals(new Set(words), new Set(["orbit"]));
        assertEquals(await violations(page), []);
        assertQuiet(seen);
      }
    }),
);
