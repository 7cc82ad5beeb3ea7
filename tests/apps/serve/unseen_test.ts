/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { assertQuiet, browserTest, openPage, violations, visit, write } from "./_browser.ts";
import { withServer } from "./_server.ts";

/** Surrogates, combining marks, joined emoji, and two scripts that are written from right to left. */
const text =
  "The moon: £1000, cafe\u0301 👩‍👩‍👧 and 50% ride 🚀 zzz\nשלום moon orbit (2024) עולם\nمرحبا ride";
const unseen = [
  ":",
  "£1000,",
  "cafe\u0301",
  "👩‍👩‍👧",
  "50%",
  "🚀",
  "שלום",
  "(2024)",
  "עולם",
  "مرحبا",
];

async function checkMarks(page: Page): Promise<void> {
  await write(page, text);
  const heat = page.locator(".panel .heat").first();
  assertEquals(await heat.evaluate((one) => one.textContent), text);
  const parts = heat.locator(".unseen");
  assertEquals(await parts.allTextContents(), unseen);
  assertEquals(
    await parts.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))),
    unseen.map((part) => `${part}, not seen by the model`),
  );
  assertMatch(
    await parts.first().evaluate((one) => getComputedStyle(one).backgroundImage),
    /^repeating-linear-gradient/,
  );
  assertEquals(await heat.locator(".unknown").allTextContents(), ["zzz"]);
  assertEquals(
    await page.locator("#text-note").textContent(),
    "8 words seen by the model, 1 of them not known (?); 9 words the model cannot see: " +
      "£1000, cafe\u0301, 👩‍👩‍👧, 50%, 🚀, שלום, 2024, עולם, مرحبا; nor punctuation in 1 place",
  );
  assertEquals(
    await page.locator(".panel .legend").first().locator(".unseen, .unknown").allTextContents(),
    ["not seen", "not known"],
  );
  assertEquals(await violations(page), []);
}

async function checkDirections(page: Page): Promise<void> {
  await write(page, text);
  // Where parts stand: the first of an English line at the left, of a Hebrew one at the right.
  const lefts = await page.locator(".panel .heat").first().evaluate((heat) => {
    const [moon, orbit] = [...heat.querySelectorAll(".w")].slice(-3);
    const hebrew = [...heat.querySelectorAll(".unseen")].slice(-4);
    return [hebrew[0]!, moon!, orbit!, hebrew[2]!].map((one) => one.getBoundingClientRect().left);
  });
  const [first, moon, orbit, last] = lefts as [number, number, number, number];
  // Two English words in a row are read from the left.
  assert(first > orbit && moon < orbit && moon > last, lefts.join());
  const area = page.locator("#text");
  assertEquals(await area.evaluate((one) => (one as HTMLTextAreaElement).dir), "auto");
  const focused = () => page.evaluate(() => document.activeElement!.textContent);
  const moons = page.locator(".panel").first().locator(".w", { hasText: /^moon$/ });
  await moons.nth(1).focus();
  await page.keyboard.press("ArrowLeft");
  assertEquals(await focused(), "orbit");
  await page.keyboard.press("ArrowRight");
  assertEquals(await focused(), "moon");
  await moons.first().focus();
  await page.keyboard.press("ArrowLeft");
  assertEquals(await focused(), "The");
}

async function checkCut(page: Page): Promise<void> {
  await write(page, `${"moon ".repeat(400)}ride £5, orbit!`);
  const parts = page.locator(".panel .heat").first().locator(".unseen");
  assertEquals(await parts.allTextContents(), ["ride £5, orbit!"]);
  assertEquals(
    await page.locator("#text-note").textContent(),
    "400 words seen by the model; 2 after them not seen; " +
      "1 word the model cannot see: £5; nor punctuation in 1 place",
  );
}

async function look(browser: Browser, url: string, width: number, colorScheme: "light" | "dark") {
  const seen = await openPage(browser, { colorScheme, viewport: { width, height: 900 } });
  const { page } = seen;
  page.setDefaultTimeout(120_000);
  await visit(page, url);
  await checkMarks(page);
  if (width > 1000 && colorScheme === "light") {
    await checkDirections(page);
    await checkCut(page);
  }
  assertQuiet(seen);
  await page.context().close();
}

// The page is bundled once: that takes most of the time.
browserTest("the page hatches what the model does not see, in every direction", async (browser) => {
  await withServer(async (url) => {
    await look(browser, url, 390, "light");
    await look(browser, url, 390, "dark");
    await look(browser, url, 1280, "light");
    await look(browser, url, 1280, "dark");
  }, { workers: 1 });
});
