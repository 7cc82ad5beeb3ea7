/// <reference lib="dom" />
import { getExplainer } from "@heatword/core";
import { preprocess } from "@heatword/datasets";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { explainDocument } from "@heatword/eval/explanations";
import { madeModel } from "../_made_model.ts";
import {
  assertQuiet,
  browserTest,
  clickAt,
  openAt,
  openPage,
  point,
  scores,
  settle,
  toggle,
  type Visit,
  word,
  write,
} from "./_browser.ts";
import { pageTest } from "./_page_test.ts";
import { withServer } from "./_server.ts";

const text = "A ride to the moon in space: the doctor had a cure, and the engine an orbit.";

pageTest("typing shows scores and heatmap of the text as it is", async ({ page }) => {
  await write(page, "");
  await page.locator("#text").pressSequentially(text, { delay: 5 });
  await settle(page);
  const [expected] = await explainDocument(madeModel(), preprocess(text), {
    explainers: [{ explainer: getExplainer("lrp"), options: {} }],
    targets: ["predicted"],
  });
  const shown = await page.locator(".panel").first().locator(".w").allTextContents();
  assertEquals(shown, expected!.tokens.map((token) => token.text));
  const labels = await page.locator(".panel").first().locator(".w")
    .evaluateAll((words) => words.map((word) => word.getAttribute("aria-label")!));
  labels.forEach((label, t) => {
    const [, value] = /, ([+−]?[\d.]+(e-\d+)?)$/.exec(label) ?? [];
    if (value === undefined) assertMatch(label, /not known$/);
    else assertAlmostEquals(Number(value.replace("−", "-")), expected!.relevance[t]!, 6e-2);
  });
  const table = await scores(page);
  for (const [name, score] of Object.entries(expected!.scores)) {
    assertAlmostEquals(Number(table[name]!.replace("−", "-")), score, 6e-2);
  }
  assertEquals(await page.locator(".decision").textContent(), expected!.predicted);
});

pageTest(
  "a word that was clicked can be deleted and restored; everything follows",
  async ({ page }) => {
    await write(page, text);
    const before = await scores(page);
    await clickAt(page, "moon");
    const card = page.getByRole("dialog");
    assertMatch((await card.textContent())!, /^“moon” [+−][\d.]+ for [\w.]+, by lrp/);
    await card.getByRole("button", { name: "Delete" }).click();
    await settle(page);
    for (const panel of [0, 1]) {
      assertEquals(await word(page, "moon", panel).getAttribute("aria-pressed"), "true");
      assertMatch((await word(page, "moon", panel).getAttribute("aria-label"))!, /deleted$/);
    }
    const deleted = await scores(page);
    assertNotEquals(deleted, before);
    const model = madeModel();
    const input = model.encode(preprocess(text));
    const expected = model.scores(model.withoutWords(input, [4]));
    model.classes.forEach((name, c) =>
      assertAlmostEquals(Number(deleted[name]!.replace("−", "-")), expected[c]!, 6e-2)
    );
    await page.keyboard.press("Escape");
    assertEquals(await card.isVisible(), false);
    await page.locator("#text").press("Control+Home");
    await page.locator("#text").pressSequentially("Well, ");
    await settle(page);
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "true");
    await write(page, text);
    await clickAt(page, "moon", 1);
    await card.getByRole("button", { name: "Restore" }).click();
    await settle(page);
    assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "false");
    assertEquals(await scores(page), before);
  },
  { at: "/#left=lrp+predicted&right=sa+predicted" },
);

pageTest("explainers, targets and options can be switched", async ({ page }) => {
  await write(page, text);
  const panel = page.locator(".panel").first();
  const heat = () => panel.locator(".w").evaluateAll((all) => all.map((one) => one.className));
  const lrp = await heat();
  for (const name of ["sa", "occlusion", "shapley", "lime"]) {
    await panel.getByLabel("Explainer").selectOption(name);
    await settle(page);
    assertNotEquals(await heat(), lrp, name);
    assertEquals(await panel.locator(".error").textContent(), "");
  }
  await panel.getByLabel("Explainer").selectOption("lrp");
  await settle(page);
  assertEquals(await heat(), lrp);
  await panel.getByText("Options").click();
  await panel.getByLabel("Why").selectOption("sci.med");
  await panel.getByLabel("and not").selectOption("sci.space");
  await settle(page);
  assertMatch((await panel.locator(".status").textContent())!, /^sci.med-vs-sci.space: /);
  await panel.getByLabel("and not").selectOption("sci.med");
  await page.waitForFunction(() => document.querySelector(".panel .error")!.textContent !== "");
  assertEquals(
    await panel.locator(".error").textContent(),
    'Cannot contrast class "sci.med" with itself',
  );
  await panel.getByLabel("and not").selectOption("");
  await panel.getByLabel("composite").selectOption("z-plus");
  await settle(page);
  assertEquals(await panel.locator(".error").textContent(), "");
  await panel.getByRole("spinbutton", { name: "epsilon" }).fill("-3");
  await panel.getByRole("spinbutton", { name: "epsilon" }).press("Enter");
  await page.waitForFunction(() => document.querySelector(".panel .error")!.textContent !== "");
  assertMatch((await panel.locator(".error").textContent())!, /takes a number of at least 0/);
});

pageTest("the slider deletes the most relevant words", async ({ page }) => {
  await write(page, text);
  const [expected] = await explainDocument(madeModel(), preprocess(text), {
    explainers: [{ explainer: getExplainer("lrp"), options: {} }],
    targets: ["predicted"],
  });
  const order = expected!.tokens.map((_, t) => t)
    .sort((a, b) => expected!.relevance[b]! - expected!.relevance[a]!);
  const gone = () =>
    page.locator(".panel").first().locator(".w").evaluateAll((all) =>
      all.flatMap((one, t) => one.getAttribute("aria-pressed") === "true" ? [t] : [])
    );
  const slider = page.locator("#slider");
  await page.waitForFunction(() => !document.querySelector<HTMLInputElement>("#slider")!.disabled);
  await slider.focus();
  for (let i = 0; i < 3; i++) await slider.press("ArrowRight");
  await settle(page);
  assertEquals(await gone(), order.slice(0, 3).sort((a, b) => a - b));
  assertEquals(await page.locator("output").textContent(), "3");
  await slider.press("ArrowLeft");
  await settle(page);
  assertEquals(await gone(), order.slice(0, 2).sort((a, b) => a - b));
  await page.getByRole("button", { name: "Restore all words" }).click();
  await settle(page);
  assertEquals(await gone(), []);
  await page.getByLabel("Which words go first").selectOption("against");
  // By the clock of the page: on a busy machine the new order may take longer than a while.
  await settle(page);
  await slider.press("ArrowRight");
  await settle(page);
  assertEquals(await gone(), [order.at(-1)!]);
});

pageTest("pointing at a word shows what it adds to every class", async ({ page }) => {
  await write(page, text);
  await point(page, "engine");
  await page.waitForFunction(() =>
    document.querySelector(".classes .word")!.textContent === "“engine”" &&
    document.querySelector(".classes tbody td:last-child")!.textContent !== ""
  );
  const explanations = await explainDocument(madeModel(), preprocess(text), {
    explainers: [{ explainer: getExplainer("lrp"), options: {} }],
    targets: ["all"],
  });
  const cells = await page.locator(".classes tbody tr").evaluateAll((rows) =>
    Object.fromEntries(rows.map((row) => [
      row.querySelector("th button")!.textContent,
      row.querySelector("td:last-child")!.textContent,
    ]))
  );
  for (const { tokens, target } of explanations) {
    const { relevance } = tokens.find(({ text }) => text === "engine")!;
    assertAlmostEquals(Number(cells[target]!.replace("−", "-")), relevance!, 6e-2);
  }
});

browserTest("after loading, the page works with the server gone", async (browser) => {
  let seen!: Visit;
  await withServer(async (url) => {
    seen = await openAt(browser, url);
  });
  const { page } = seen;
  await write(page, text);
  const before = await scores(page);
  await toggle(page, "orbit");
  await settle(page);
  assertNotEquals(await scores(page), before);
  await page.locator(".panel").first().getByLabel("Explainer").selectOption("shapley");
  await settle(page);
  await page.getByRole("button", { name: "Another example" }).click();
  await page.waitForFunction(
    (old) => document.querySelector<HTMLTextAreaElement>("#text")!.value !== old,
    text,
  );
  await settle(page);
  // A worker that is ended for its slowness comes again without the server.
  const panel = page.locator(".panel").first();
  await panel.getByLabel("Explainer").selectOption("sampled-shapley");
  await panel.getByText("Options").click();
  await panel.getByLabel("permutations").fill("9000000");
  await panel.getByLabel("permutations").press("Enter");
  await page.waitForSelector(".panel.busy");
  await panel.getByLabel("Explainer").selectOption("lrp");
  await settle(page);
  assertEquals(await panel.locator(".error").textContent(), "");
  assertQuiet(seen);
});

pageTest("a slow explainer never keeps the scores waiting", async ({ page }) => {
  await page.locator("#text").fill(text);
  await page.waitForSelector(".panel.busy");
  await page.waitForFunction(() =>
    document.querySelector("#text-note")!.textContent!.startsWith("17")
  );
  assertEquals(await page.locator(".panel").first().locator(".heat").textContent(), text);
  await toggle(page, "moon");
  assertEquals(await word(page, "moon").getAttribute("aria-pressed"), "true");
}, { at: "/#left=sampled-shapley+predicted+permutations%3D9000000" });

pageTest("nothing that a text contains is run", async ({ page, browser }) => {
  const evil = [
    "<img src=x onerror=alert(1)> ride",
    "</script><script>alert(2)</script> moon </textarea></title>",
    "<svg/onload=alert(3)> {{7*7}} ${alert(4)} javascript:alert(5) 'orbit\" <!-- space -->",
    "]]><style>*{display:none}</style> \u202emoon\u202c \u0000 \ud800 orbit",
    // Behind the last word that the model sees, too.
    "ride ".repeat(450) + "<img src=x onerror=alert(6)><script>alert(7)</script>",
  ].join("\n");
  await write(page, evil.toWellFormed());
  const inside = await page.locator("#heatmaps img, #heatmaps script, #heatmaps svg, .heat style")
    .count();
  assertEquals(inside, 0);
  await point(page, "moon");
  await clickAt(page, "moon");
  await toggle(page, "moon");
  await settle(page);
  for (const format of ["HTML", "SVG"]) {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: `Download as ${format}` }).click(),
    ]);
    const other = await openPage(browser);
    const path = `${await Deno.makeTempDir()}/file.${format.toLowerCase()}`;
    await file.saveAs(path);
    await other.page.goto(`file://${path}`);
    await other.page.waitForTimeout(200);
    assertEquals(await other.page.locator("img, script").count(), 0);
    assertQuiet(other);
  }
}, { acceptDownloads: true });

pageTest("a link shares all that is shown", async ({ page, browser }) => {
  await write(page, text);
  await toggle(page, "moon");
  await page.locator(".panel").nth(1).getByLabel("Explainer").selectOption("occlusion");
  await page.locator(".panel").nth(1).getByLabel("Why").selectOption("sci.med");
  await settle(page);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.waitForFunction(() => document.querySelector("#share")!.textContent === "Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await openAt(browser, link);
  await page.mouse.move(0, 0);
  const shown = (page: Visit["page"]) =>
    page.evaluate(() => ({
      text: document.querySelector<HTMLTextAreaElement>("#text")!.value,
      words: [...document.querySelectorAll(".w")].map((word) =>
        word.className.replace(" active", "")
      ),
      choices: [...document.querySelectorAll<HTMLSelectElement>("#panels select")]
        .map(({ value }) => value),
    }));
  assertEquals(await shown(other.page), await shown(page));
  assertEquals((await shown(other.page)).text, text);
  assertEquals(await word(other.page, "moon").getAttribute("aria-pressed"), "true");
  assertEquals(
    await other.page.locator(".panel").nth(1).getByLabel("Explainer").inputValue(),
    "occlusion",
  );
  await page.evaluate(() => location.hash = "#left=sa+sci.space&article=miniature/sci.med/003");
  await page.waitForFunction(() =>
    document.querySelector(".details")!.textContent!.includes("true class")
  );
  await settle(page);
  assertMatch((await page.locator(".details").textContent())!, /true class/);
  assertQuiet(other);
}, { at: "/#left=lrp+predicted&right=sa+predicted" });

pageTest("downloads hold what is shown", async ({ page }) => {
  await write(page, text);
  await toggle(page, "moon");
  await settle(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as JSON" }).click(),
  ]);
  assertEquals(file.suggestedFilename(), "explanation.json");
  const path = `${await Deno.makeTempDir()}/file.json`;
  await file.saveAs(path);
  const found = JSON.parse(await Deno.readTextFile(path));
  assertEquals(found.map((one: { explainer: string }) => one.explainer), ["lrp", "sa"]);
  assertEquals([found[0].text, found[0].deleted], [text, [4]]);
  assert(Math.abs(found[0].conservation.error) < 1e-5);
}, { acceptDownloads: true, at: "/#left=lrp+predicted&right=sa+predicted" });
