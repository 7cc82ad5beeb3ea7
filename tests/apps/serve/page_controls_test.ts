/// <reference lib="dom" />
import { preprocess } from "@heatword/datasets";
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { madeModel, madeModelFolder } from "../_made_model.ts";
import {
  assertQuiet,
  browserTest,
  openAt,
  phone,
  point,
  scores,
  settle,
  toggle,
  violations,
  word,
  write,
} from "./_browser.ts";
import { pageTest } from "./_page_test.ts";
import { withServer } from "./_server.ts";

const text = "A ride to the moon in space. The doctor had a cure, and the engine an orbit.";
const area = (page: Page) => page.locator("#text");

/** The height of the field's text, and of the heatmap under it; and how much of both is hidden. */
const heights = (page: Page) =>
  page.evaluate(() => {
    const field = document.querySelector("#text")!;
    const heat = document.querySelector(".sheet .heat")!;
    return [field.scrollHeight, heat.scrollHeight, field.scrollWidth - field.clientWidth];
  });

pageTest("what is typed while the page is loaded stays", async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => release = resolve);
  await page.route("**/model/**", async (route) => {
    await released;
    await route.continue();
  });
  await page.reload();
  const typed = "a rocket to the moon";
  await area(page).fill(typed);
  release();
  await page.waitForSelector("body.ready");
  await settle(page);
  assertEquals(await area(page).inputValue(), typed);
  assertEquals(await page.locator(".sheet .heat").first().textContent(), typed);
  // Nor does the browser bring back an older text than that of the address.
  await page.waitForFunction(() => location.hash !== "", { timeout: 20_000 });
  await page.reload();
  await page.waitForSelector("body.ready");
  assertEquals(await area(page).inputValue(), typed);
});

pageTest("a text is edited on its heatmap, letter on letter", async ({ page }) => {
  const texts = [
    text.repeat(8),
    "two lines\nand an empty one at the end\n",
    "\n\n\tindented  by  tabs\tand   blanks   \n" + "wide ".repeat(80),
    "no".repeat(300) + " " + "longword".repeat(40),
    "שלום moon orbit (2024) עולם\nمرحبا ride\n" + "宇宙飛行士は月に着いた。".repeat(20),
    "moon 👩‍👩‍👧 cafe\u0301 zzz £5 ".repeat(20),
  ];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const one of texts) {
      await write(page, one);
      const [field, heat, over] = await heights(page);
      assertEquals([field, over], [heat, 0], one.slice(0, 40));
    }
  }
  // What is typed is seen at once, and what was not changed keeps its colours meanwhile.
  await write(page, text);
  const seen = await page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>("#text")!;
    const heat = document.querySelector(".sheet .heat")!;
    const coloured = () => heat.querySelectorAll("[class*=' p'], [class*=' n']").length;
    const before = coloured();
    field.value += " And";
    field.dispatchEvent(new InputEvent("input"));
    return [heat.textContent, coloured() - before];
  });
  assertEquals(seen, [`${text} And`, 0]);
  await settle(page);
  // Undo and plain pasting are the browser's own.
  await write(page, text);
  await area(page).press("Control+End");
  await area(page).pressSequentially(" Well");
  await area(page).press("Control+z");
  assert((await area(page).inputValue()).length < `${text} Well`.length);
  // Without a handler of its own: some browsers look at what is copied by the rules of this page.
  const html = "<b>bold</b> moon";
  await page.evaluate(
    (html) =>
      navigator.clipboard.write([
        new ClipboardItem({
          "text/html": new Blob([html], { type: "text/html" }),
          "text/plain": new Blob(["bold moon"], { type: "text/plain" }),
        }),
      ]),
    html,
  );
  await area(page).press("Control+a");
  await area(page).press("Control+v");
  await settle(page);
  assertEquals(await area(page).inputValue(), "bold moon");
  assertEquals(await page.locator(".sheet b").count(), 0);
});

pageTest(
  "lines are joined, and the text is cleared, so that both can be undone",
  async ({ page }) => {
    const lines = "A ride to the moon in space, and a doctor with\na cure for the engine in orbit.";
    await write(page, text);
    assertEquals(await page.locator("#reflow").isVisible(), false);
    await write(page, lines);
    await toggle(page, "cure");
    await page.getByRole("button", { name: "Join lines" }).click();
    await settle(page);
    assertEquals(await area(page).inputValue(), lines.replace("\n", " "));
    assertEquals(await word(page, "cure").getAttribute("aria-pressed"), "true");
    await area(page).press("Control+z");
    await settle(page);
    assertEquals(await area(page).inputValue(), lines);
    await page.getByRole("button", { name: "Clear" }).click();
    await settle(page);
    // Of nothing no decision is shown, but examples.
    for (const hidden of [".side", ".deletion", "#saves", ".legend-line"]) {
      assertEquals([hidden, await page.locator(hidden).first().isVisible()], [hidden, false]);
    }
    assertEquals(await page.getByLabel("Why").locator("option").first().textContent(), "predicted");
    assertEquals(await page.locator(".example").count(), 3);
    assertEquals(await violations(page), []);
    await area(page).press("Control+z");
    await settle(page);
    assertEquals(await area(page).inputValue(), lines);
    await page.getByRole("button", { name: "Clear" }).click();
    await settle(page);
    await page.locator(".example").nth(1).click();
    await settle(page);
    assertMatch(await page.locator(".details").textContent() ?? "", /true class/);
    const first = await area(page).inputValue();
    await page.getByRole("button", { name: "Another example" }).click();
    await page.waitForFunction(
      (old) => document.querySelector<HTMLTextAreaElement>("#text")!.value !== old,
      first,
    );
  },
);

pageTest("sentences can be weighed and deleted in place of words", async ({ page }) => {
  await write(page, text);
  await page.getByLabel("Weigh").selectOption("sentences");
  await settle(page);
  const words = page.locator(".panel .w");
  assertEquals(await words.allTextContents(), text.split(/(?<=space\.) /));
  await words.first().press("Enter");
  await settle(page);
  const model = madeModel();
  const input = model.encode(preprocess(text));
  const expected = model.scores(model.withoutWords(input, [0, 1, 2, 3, 4, 5, 6]));
  const found = await scores(page);
  model.classes.forEach((name, c) =>
    assertAlmostEquals(Number(found[name]!.replace("−", "-")), expected[c]!, 6e-2)
  );
  assertMatch(await page.locator("#deletion .sentence").textContent() ?? "", /sentences that/);
  // The parts of what an explainer without sums says of words have no sum.
  await page.locator(".panel").first().getByLabel("Explainer").selectOption("sa");
  await page.waitForFunction(() => document.querySelector(".panel .error")!.textContent !== "");
  assertMatch(
    await page.locator(".panel .error").first().textContent() ?? "",
    /^Explainer "sa" gives no relevance to a sentence/,
  );
  assertEquals(await violations(page), []);
});

pageTest("by the root of relevance weak words have colours, too", async ({ page }) => {
  await write(page, text);
  const levels = () =>
    page.locator(".panel .w").evaluateAll((all) =>
      all.map((one) => Number(/ [pn](\d+)/.exec(one.className)?.[1] ?? 0))
    );
  const linear = await levels();
  await page.getByLabel("more contrast").check();
  const root = await levels();
  // Of a level only its middle is known: level 20 s stands for what is within half a level of s.
  root.forEach((level, t) => {
    const [low, high] = [-0.5, 0.5].map((half) =>
      20 * Math.sqrt(Math.max(0, linear[t]! + half) / 20)
    ) as [number, number];
    assert(level >= Math.floor(low) && level <= Math.ceil(high), `${linear[t]} ${level}`);
  });
  assert(root.some((level, t) => level > linear[t]!));
  await page.waitForFunction(() => location.hash.includes("scale=root"));
});

pageTest("a second heatmap comes on request", async ({ page }) => {
  await write(page, text);
  const second = page.locator(".panel").nth(1);
  assertEquals(await second.isVisible(), false);
  await page.getByRole("button", { name: "Compare two" }).click();
  await settle(page);
  assertEquals(await second.getByLabel("Explainer").inputValue(), "sa");
  const tops = await page.locator(".panel .heat").evaluateAll((all) =>
    all.map((one) => Math.round(one.getBoundingClientRect().top))
  );
  assertEquals(tops[0], tops[1]);
  assertEquals(await violations(page), []);
  await page.getByRole("button", { name: "One heatmap" }).click();
  assertEquals(await second.isVisible(), false);
});

pageTest("the chart of words and the heatmap point at each other", async ({ page }) => {
  await write(page, text);
  const rows = page.locator(".bar-row");
  const numbers = await page.locator(".bar-row .number").allTextContents();
  const values = numbers.map((number) => Number(number.replace("−", "-")));
  assertEquals(values, values.toSorted((a, b) => b - a));
  const first = (await rows.first().locator(".bar-word").textContent())!;
  await rows.first().hover();
  assertEquals(await page.locator(".panel .w.active").textContent(), first);
  await point(page, "engine");
  await page.waitForSelector(".bar-row.active");
  assertEquals(await page.locator(".bar-row.active .bar-word").textContent(), "engine");
  await rows.last().focus();
  assertEquals(
    await page.locator(".panel .w.active").textContent(),
    await rows.last().locator(".bar-word").textContent(),
  );
  await rows.first().click();
  await settle(page);
  assertEquals(await word(page, first).getAttribute("aria-pressed"), "true");
  const gone = page.locator(".bar-row[aria-pressed=true]");
  assertEquals(await gone.textContent(), `${first} deleted`);
  await gone.click();
  await settle(page);
  assertEquals(await word(page, first).getAttribute("aria-pressed"), "false");
});

const many = Array.from({ length: 20 }, (_, i) => `class.${String.fromCharCode(97 + i)}`);

browserTest(
  "classes are sorted, five are shown, and general examples for own classes",
  async (browser) => {
    const model = await madeModelFolder(many);
    try {
      await withServer(async (url) => {
        const seen = await openAt(browser, url);
        const { page } = seen;
        // Newsgroups are no examples for such a model.
        assertEquals(await area(page).inputValue(), "");
        assertEquals(await page.locator("#texts").isVisible(), false);
        await page.locator(".example").first().click();
        await settle(page);
        assert((await area(page).inputValue()).length > 20);
        await write(page, text);
        const shown = page.locator(".classes tbody tr:visible");
        const values = async () =>
          (await shown.locator("td:nth-child(2)").allTextContents())
            .map((value) => Number(value.replace("−", "-")));
        assertEquals((await values()).length, 5);
        assertEquals(await values(), (await values()).toSorted((a, b) => b - a));
        await page.getByLabel("Why").first().selectOption(many.find((name) => name === "class.a")!);
        await settle(page);
        assertMatch((await shown.allTextContents()).join(), /class\.a/);
        const more = page.getByRole("button", { name: "15 more" });
        await more.click();
        assertEquals((await values()).length, 20);
        assertEquals(await values(), (await values()).toSorted((a, b) => b - a));
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const over = await page.locator("#classes").evaluate((one) =>
            [...one.querySelectorAll("td, th, .number")].filter((cell) =>
              cell.getBoundingClientRect().right > one.getBoundingClientRect().right + 0.5
            ).length
          );
          assertEquals([width, over], [width, 0]);
        }
        await page.getByRole("button", { name: "Fewer classes" }).click();
        assertEquals(await violations(page), []);
        assertQuiet(seen);
      }, { model, workers: 1 });
    } finally {
      await Deno.remove(model, { recursive: true });
    }
  },
);

browserTest("by touch, a tap looks at a word and a button deletes it", async (browser) => {
  const { defaultBrowserType: _, ...options } = phone as { defaultBrowserType?: string };
  await withServer(async (url) => {
    const seen = await openAt(browser, url, options);
    const { page } = seen;
    await write(page, text);
    await area(page).blur();
    await word(page, "moon").tap();
    const card = page.getByRole("dialog");
    assertMatch((await card.textContent())!, /^“moon” /);
    // No keyboard opens, and nothing is deleted yet.
    assertEquals(await page.evaluate(() => document.activeElement?.id), "");
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "false");
    assertEquals(await violations(page), []);
    await card.getByRole("button", { name: "Delete" }).tap();
    await settle(page);
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "true");
    await card.getByRole("button", { name: "Close" }).tap();
    assertEquals(await card.isVisible(), false);
    await page.getByRole("button", { name: "Edit the text" }).tap();
    assertEquals(await page.evaluate(() => document.activeElement?.id), "text");
    await page.keyboard.type("Well, ");
    await settle(page);
    assertMatch(await area(page).inputValue(), /Well, /);
    assertQuiet(seen);
  }, { workers: 1 });
});

pageTest("the curve of deletions has an axis with numbers", async ({ page }) => {
  await write(page, text);
  await page.waitForFunction(() => document.querySelector(".high")!.textContent !== "");
  const { classes } = madeModel();
  const input = madeModel().encode(preprocess(text));
  const whole = madeModel().scores(input);
  const decided = classes[whole.indexOf(Math.max(...whole))];
  assertEquals(await page.locator(".axis-title").textContent(), `Score of ${decided}`);
  const ticks = await page.locator(".ticks span").allTextContents();
  assertEquals(ticks, ["0", "2", "4", "6", "8", "10", "12", "14", "16"]);
  assertMatch(
    await page.locator(".now").textContent() ?? "",
    new RegExp(`^After 0 words: ${decided} [\\d.]+ \\(\\d+\u00a0%\\)$`),
  );
});
