/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  assertQuiet,
  browserTest,
  openAt,
  phone,
  settle,
  toggle,
  violations,
  word,
  write,
} from "./_browser.ts";
import { withServer } from "./_server.ts";

const text = "A ride to the moon in space: the doctor had a cure, and the engine an orbit.\n"
  .repeat(6);

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, device] of [["desktop", {}], ["phone", phone]] as const) {
    browserTest(`axe finds nothing wrong on a ${name}, ${colorScheme}`, async (browser) => {
      await withServer(async (url) => {
        const { defaultBrowserType: _, ...options } = device as { defaultBrowserType?: string };
        const seen = await openAt(browser, url, { ...options, colorScheme });
        const { page } = seen;
        await write(page, text);
        assertEquals(await violations(page), []);
        await toggle(page, "moon");
        await page.locator(".more summary").first().click();
        await settle(page);
        assertEquals(await violations(page), []);
        const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(width <= 0, `scrolls ${width} px sideways`);
        assertQuiet(seen);
      });
    });
  }
}

browserTest("everything can be done with the keyboard", async (browser) => {
  await withServer(async (url) => {
    const seen = await openAt(browser, url);
    const { page } = seen;
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: now } = document;
        return now?.closest("[data-word]")?.textContent ?? now?.id ?? "";
      });
    await page.keyboard.press("Tab");
    assertEquals(await focused(), "skip");
    const stops: string[] = [];
    while (await focused() !== "text") {
      await page.keyboard.press("Tab");
      stops.push(await focused());
      assert(stops.length < 10, `the text is not reached: ${stops}`);
    }
    await page.keyboard.press("Control+a");
    await page.keyboard.type("A ride to the moon in space and a cure for the engine in orbit");
    await settle(page);
    // The words of a heatmap are one stop; arrow keys lead through them.
    for (let i = 0; i < 15; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.matches(".w"))) break;
    }
    assertEquals(await focused(), "A");
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    assertEquals(await focused(), "moon");
    await page.keyboard.press("Enter");
    await settle(page);
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "true");
    assertEquals(await focused(), "moon");
    await page.keyboard.press("Space");
    await settle(page);
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "false");
    await page.keyboard.press("End");
    assertEquals(await focused(), "orbit");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    const below = await page.evaluate(() => {
      const [first] = document.querySelectorAll(".w");
      return document.activeElement!.getBoundingClientRect().top >
        first!.getBoundingClientRect().top;
    });
    const lines = await page.locator(".panel .heat").first().evaluate((heat) => {
      const words = [...heat.querySelectorAll(".w")];
      return new Set(words.map((one) => Math.round(one.getBoundingClientRect().top))).size;
    });
    assertEquals(below, lines > 1);
    await page.keyboard.press("Tab");
    assert(
      !await page.evaluate(() =>
        document.activeElement?.closest(".panel") === document.querySelector(".panel")
      ),
      "Tab leaves the heatmap",
    );
    assertQuiet(seen);
  });
});

browserTest("screen readers are told of the decision and of its changes", async (browser) => {
  await withServer(async (url) => {
    const seen = await openAt(browser, url);
    const { page } = seen;
    await write(page, text);
    const live = () => page.locator("#live").textContent();
    await page.waitForFunction(() => document.querySelector("#live")!.textContent !== "");
    assertMatch((await live())!, /^Decision: [\w.]+\. score /);
    await toggle(page, "moon");
    await page.waitForFunction(() =>
      document.querySelector("#live")!.textContent!.includes("1 word deleted")
    );
    assertEquals(
      await page.locator("[role=group].heat").first().getAttribute("aria-label"),
      "First heatmap",
    );
    assertQuiet(seen);
  });
});
