/// <reference lib="dom" />
import { getExplainer, type Model } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import { explainDocument } from "@heatword/eval/explanations";
import type { Explanation } from "@heatword/eval/render";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { inFolder } from "../../_in_folder.ts";
import { madeClasses } from "../_made_model.ts";
import { runProgram } from "../_run_program.ts";
import {
  assertQuiet,
  browserTest,
  clickAt,
  openAt,
  phone,
  point,
  settle,
  toggle,
  violations,
  type Visit,
  visit,
  word,
  write,
} from "./_browser.ts";
import { withServer } from "./_server.ts";
import { charactersModel, otherClasses, piecesModel, twoModels } from "./_two_models.ts";

const text = "A ride to the moon in space. The doctor had a cure, and the engine an orbit.";

/** Runs something with the page of two models, and the folders of these. */
const withPage = (
  browser: Browser,
  act: (seen: Visit, url: string, june: string, may: string) => Promise<void>,
  options: Parameters<typeof openAt>[2] = {},
): Promise<void> =>
  inFolder(async (folder) => {
    const { june, may } = await twoModels(folder);
    await withServer(async (url) => {
      const seen = await openAt(browser, url, options);
      await act(seen, url, june, may);
      assertQuiet(seen);
    }, { model: june, compare: may, workers: 1 });
  });

/** What a model's own explainer says. */
async function explained(model: Model, target = "predicted"): Promise<Explanation> {
  const [found] = await explainDocument(model, model.read(text), {
    explainers: [{ explainer: getExplainer("lrp"), options: {} }],
    targets: [target],
  });
  return found!;
}

/** A number as it is shown, e.g. `−8.312·10⁻⁸` or `20 %`. */
function number(shown: string): number {
  const plain = shown.replace("−", "-").replace(/\u00a0%$/, "").replaceAll(",", "");
  const [digits, power] = plain.split("·10");
  const raised = [...power ?? "⁰"].map((one) => one === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(one));
  return Number(digits) * 10 ** Number(raised.join(""));
}

const panel = (page: Page, i: number) => page.locator(".panel").nth(i);
const model = (page: Page) => panel(page, 1).getByLabel("of: Model");

/** The texts of the rows of the table of differences. */
const rows = (page: Page) =>
  page.locator(".differences tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent!))
  );

const decided = (page: Page, id: string) =>
  page.locator(`#${id}`).evaluate((one) => ({
    title: one.querySelector("h2")!.textContent,
    decision: one.querySelector(".decision")!.textContent,
    details: one.querySelector(".details")!.textContent!,
  }));

browserTest(
  "two models are shown on one text, with what differs",
  (browser) =>
    withPage(browser, async ({ page }, _, june, may) => {
      await write(page, text);
      assertEquals(await panel(page, 0).locator(".of").textContent(), "of june");
      assertEquals(await model(page).locator("option").allTextContents(), ["june", "may"]);
      assertEquals(await model(page).inputValue(), "1");
      const found = [await explained(await openModel(june)), await explained(await openModel(may))];
      for (const [i, id, name] of [[0, "classes", "june"], [1, "other-classes", "may"]] as const) {
        const { predicted, scores, relevance } = found[i]!;
        // By hand, as softmax is defined.
        const powers = Object.values(scores).map(Math.exp);
        const share = Math.exp(scores[predicted]!) / powers.reduce((a, b) => a + b);
        const { title, decision, details } = await decided(page, id);
        assertEquals([title, decision], [`Decision of ${name}`, predicted]);
        const [, percent] = /^score \S+ \(>?(\d+)\u00a0%\)/.exec(details)!;
        assertAlmostEquals(Number(percent), 100 * share, 1);
        const labels = await panel(page, i).locator(".w").evaluateAll((all) =>
          all.map((one) => one.getAttribute("aria-label")!)
        );
        assertEquals(labels.length, relevance.length);
        const unknown = labels.flatMap((label, t) => label.endsWith(", not known") ? [t] : []);
        assertEquals(unknown, found[i]!.unknown);
        labels.forEach((label, t) => {
          const value = label.slice(label.lastIndexOf(", ") + 2);
          if (value === "not known") return;
          assertAlmostEquals(number(value), relevance[t]!, 1e-3 * Math.abs(relevance[t]!), label);
        });
      }
      // Each word stands at the same place in both, so parts are compared one by one.
      const [a, b] = found.map(({ relevance }) => {
        const sum = relevance.reduce((sum, value) => sum + Math.abs(value), 0);
        return relevance.map((value) => value / sum);
      }) as [number[], number[]];
      const order = a.map((_, t) => t).filter((t) => a[t] !== b[t])
        .sort((s, t) => Math.abs(b[t]! - a[t]!) - Math.abs(b[s]! - a[s]!) || s - t);
      const shown = await rows(page);
      assertEquals(shown.length, Math.min(10, order.length));
      assertEquals(
        shown.map(([word]) => word),
        order.slice(0, 10).map((t) => found[0]!.tokens[t]!.text),
      );
      shown.forEach(([, first, second], i) => {
        assertAlmostEquals(number(first!), 100 * a[order[i]!]!, 0.51);
        assertAlmostEquals(number(second!), 100 * b[order[i]!]!, 0.51);
      });
      const moved = a.reduce((sum, part, t) => sum + Math.abs(b[t]! - part), 0) / 2;
      const [, said] = /^(\d+)\u00a0% of the relevance is distributed differently\.$/
        .exec((await page.locator(".summary").textContent())!)!;
      assertAlmostEquals(Number(said), 100 * moved, 0.51);
      assertEquals(
        await page.locator(".differences thead th").allTextContents(),
        ["Word", "june", "may"],
      );
      const [names, about, live] = [
        (await page.locator("#text-note").textContent())!,
        (await page.locator("#about").textContent())!,
        page.locator("#live"),
      ];
      assertMatch(names, /^june: 17 words seen.*\. may: 17 words seen/);
      assertMatch(
        about,
        /^The model june runs in this browser: 3 classes, .*The model may runs in/,
      );
      await page.waitForFunction(() => document.querySelector("#live")!.textContent !== "");
      assertMatch((await live.textContent())!, /^Decision of june: .*Decision of may: /);
    }),
);

browserTest(
  "the second heatmap is of the other model, or of the first",
  (browser) =>
    withPage(browser, async ({ page }) => {
      await write(page, text);
      // A class of the first is none of the other's, and what both can do stays.
      await panel(page, 0).getByLabel("Why").selectOption("sci.med");
      await panel(page, 0).getByLabel("Explainer").selectOption("occlusion");
      await model(page).selectOption("june");
      await settle(page);
      assertEquals(await panel(page, 1).getByLabel("Explainer").inputValue(), "sa");
      for (const id of ["#other-classes", "#differences"]) {
        assertEquals([id, await page.locator(id).isVisible()], [id, false]);
      }
      assertEquals((await decided(page, "classes")).title, "Decision");
      assertEquals(
        (await panel(page, 1).getByLabel("Why").locator("option").allTextContents()).slice(2),
        madeClasses,
      );
      await model(page).selectOption("may");
      await settle(page);
      assertEquals(await panel(page, 1).getByLabel("Explainer").inputValue(), "occlusion");
      assertEquals(await panel(page, 1).getByLabel("Why").inputValue(), "predicted");
      assertEquals(
        (await panel(page, 1).getByLabel("Why").locator("option").allTextContents()).slice(2),
        otherClasses,
      );
      assertEquals(await page.locator(".panel .error:not(:empty)").count(), 0);
      // A class of the other model is asked of it.
      await page.locator("#other-classes").getByRole("button", { name: "bikes" }).click();
      await settle(page);
      assertEquals(await panel(page, 1).getByLabel("Why").inputValue(), "bikes");
      assertMatch(
        (await page.locator("#differences > .note").textContent())!,
        /relevance for sci\.med by june and for bikes by may over the sum of all/,
      );
      // Methods without sign have parts without sign.
      await panel(page, 1).getByLabel("Explainer").selectOption("sa");
      await settle(page);
      assertMatch(
        (await page.locator("#differences > .note").textContent())!,
        /without signs, as one of the explainers has none\. The explainers differ, too: occlusion and sa\./,
      );
      assert((await rows(page)).flat().every((cell) => !/^[+−]/.test(cell)));
      await page.getByRole("button", { name: "One heatmap" }).click();
      for (const id of ["#other-classes", "#differences"]) {
        assertEquals([id, await page.locator(id).isVisible()], [id, false]);
      }
      assertMatch((await page.locator("#text-note").textContent())!, /^17 words seen/);
      await page.getByRole("button", { name: "Compare two" }).click();
      await settle(page);
      assertEquals(await panel(page, 1).getByLabel("Why").inputValue(), "bikes");
      assertEquals(await page.locator("#differences").isVisible(), true);
    }),
);

browserTest(
  "the words of two models point at each other",
  (browser) =>
    withPage(browser, async ({ page }) => {
      await write(page, text);
      const active = () =>
        page.locator(".w.active").evaluateAll((all) => all.map((one) => one.textContent));
      await point(page, "engine", 1);
      await page.waitForFunction(() =>
        [...document.querySelectorAll(".classes .word")].every((one) =>
          one.textContent === "“engine”"
        ) && [...document.querySelectorAll(".classes tbody td:last-child")].every((one) =>
          one.textContent !== ""
        )
      );
      assertEquals(await active(), ["engine", "engine"]);
      const first = page.locator(".differences tbody tr").first();
      const name = (await first.locator("th").textContent())!;
      await first.hover();
      assertEquals(await active(), [name, name]);
      assertMatch((await first.getAttribute("class"))!, /active/);
      // With keys: the button of a row points, and deletes in both.
      await first.getByRole("button").focus();
      await page.keyboard.press("Enter");
      await settle(page);
      for (const i of [0, 1]) {
        assertEquals(await word(page, name, i).getAttribute("aria-pressed"), "true");
      }
      assert(!(await rows(page)).some(([word]) => word === name));
      // The row that took its place then has the focus, wherever it is by now.
      const focused = await page.evaluate(() => document.activeElement!.textContent);
      assert((await rows(page)).some(([word]) => word === focused), focused!);
      for (const id of ["classes", "other-classes"]) {
        assertMatch((await decided(page, id)).details, /1 word deleted, /);
      }
      // The card of a word tells what it adds to the classes of its own model.
      await clickAt(page, "doctor", 1);
      await page.waitForFunction(() =>
        document.querySelector("#inspector .note")!.textContent!.startsWith("Most for")
      );
      assertMatch(
        (await page.locator("#inspector .note").textContent())!,
        /^Most for (bikes|health) \S+, most against (bikes|health) \S+$/,
      );
      // It closes with its heatmap, though another word is pointed at by now.
      await point(page, "engine", 0);
      assertEquals(await page.locator("#inspector").isVisible(), true);
      await model(page).selectOption("june");
      assertEquals(await page.locator("#inspector").isVisible(), false);
      await settle(page);
      // Two heatmaps of one model share its table, which is of the one that was pointed at last.
      const note = await page.evaluate(async () => {
        const panels = [...document.querySelectorAll(".panel")];
        const words = panels.map((one) => one.querySelectorAll(".w")[4]!);
        for (const i of [0, 1, 0, 1]) {
          words[i]!.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
        }
        await new Promise((resolve) => setTimeout(resolve, 600));
        return document.querySelector("#classes > .note")!.textContent;
      });
      assertMatch(note, /, by sa; whether it speaks for it is not told$/);
    }),
);

browserTest(
  "words of another tokenizer are deleted where they overlap",
  (browser) =>
    inFolder(async (folder) => {
      const { june } = await twoModels(folder);
      const pieces = await piecesModel(folder);
      await withServer(async (url) => {
        const seen = await openAt(browser, url);
        const { page } = seen;
        await write(page, "A moon of 1969 orbits");
        const gone = (i: number) =>
          panel(page, i).locator(".w").evaluateAll((all) =>
            all.filter((one) => one.getAttribute("aria-pressed") === "true")
              .map((one) => one.textContent)
          );
        assertEquals(
          await panel(page, 1).locator(".w").allTextContents(),
          ["A", "moo", "n", "of", "196", "9", "orb", "its"],
        );
        await toggle(page, "moon");
        await settle(page);
        assertEquals([await gone(0), await gone(1)], [["moon"], ["moo", "n"]]);
        // The words as the model has them are what is scored: "moo" counts 2, "n" 1, "196" −1.
        const score = async () =>
          number(
            (await page.locator("#other-classes tbody tr", {
              hasText: "space",
            }).locator("td").first().textContent())!,
          );
        assertEquals(await score(), -1);
        await toggle(page, "n", 1);
        await settle(page);
        assertEquals([await gone(0), await gone(1), await score()], [[], [], 2]);
        // What the first model does not see is deleted in the other alone.
        await toggle(page, "196", 1);
        await settle(page);
        assertEquals([await gone(0), await gone(1), await score()], [[], ["196"], 3]);
        assertEquals(
          await page.locator("#classes .details").textContent().then((said) =>
            /deleted/.test(said!)
          ),
          false,
        );
        assertMatch((await decided(page, "other-classes")).details, /1 word deleted/);
        // An edit before it moves it.
        await page.locator("#text").press("Control+Home");
        await page.locator("#text").pressSequentially("So ");
        await settle(page);
        assertEquals([await gone(0), await gone(1)], [[], ["196"]]);
        assert(!(await rows(page)).some(([word]) => word === "196"));
        // By what each piece counts: 2, 1 and −1.
        await toggle(page, "196", 1);
        await settle(page);
        const table = await rows(page);
        assertEquals(table.find(([word]) => word === "196"), ["196", "not seen", "−25\u00a0%"]);
        assertEquals(table.find(([word]) => word === "moon")?.[2], "+75\u00a0%");
        await toggle(page, "196", 1);
        await settle(page);
        await point(page, "moon", 0);
        assertEquals(
          await page.locator(".w.active").evaluateAll((all) => all.map((one) => one.textContent)),
          ["moon", "moo"],
        );
        await page.getByRole("button", { name: "Restore all words" }).click();
        await settle(page);
        assertEquals([await gone(0), await gone(1)], [[], []]);
        // The slider deletes words of the first, and what stands there in the other.
        await page.locator("#slider").press("ArrowRight");
        await settle(page);
        assertEquals((await gone(0)).length, 1);
        assertEquals((await gone(1)).join(""), (await gone(0)).join(""));
        assertEquals(await violations(page), []);
        assertQuiet(seen);
      }, { model: june, compare: pieces, workers: 1 });
    }),
);

browserTest(
  "the table of differences is of two heatmaps of one text, or empty",
  (browser) =>
    withPage(browser, async ({ page }) => {
      await write(page, text);
      assertEquals((await rows(page)).length > 2, true);
      const note = "#differences > .note";
      const whole = await page.locator(note).textContent();
      // What is asked is not yet what is shown.
      const asked = await panel(page, 1).getByLabel("Explainer").evaluate((select, note) => {
        (select as HTMLSelectElement).value = "sa";
        select.dispatchEvent(new Event("change"));
        return document.querySelector(note)!.textContent;
      }, note);
      assertEquals(asked, whole);
      await settle(page);
      assertMatch((await page.locator(note).textContent())!, /differ, too: lrp and sa\./);
      // Of a text that was typed just now there is nothing yet; old bars delete nothing of it.
      const typed = await page.locator("#text").evaluate((area) => {
        (area as HTMLTextAreaElement).value = "The moon orbits a road";
        area.dispatchEvent(new Event("input", { bubbles: true }));
        document.querySelectorAll<HTMLElement>("#weights button").forEach((bar) => bar.click());
        return [...document.querySelectorAll("#differences > p, #differences tbody")]
          .map((one) => one.textContent);
      });
      assertEquals(typed, ["", "", ""]);
      await settle(page);
      assertEquals(await page.locator(".w[aria-pressed=true]").count(), 0);
      assertEquals((await rows(page)).some(([word]) => word === "road"), true);
      // Nor is there anything where one of the heatmaps cannot be had.
      await page.waitForFunction(() => location.hash.includes("right=sa"));
      await page.evaluate(() => {
        location.hash = location.hash.replace("right=sa", "right=none");
      });
      await page.waitForSelector(".panel .error:not(:empty)");
      assertEquals(await rows(page), []);
      assertEquals(await page.locator(".summary").textContent(), "");
    }),
);

/** What a page of two models shows. */
const shown = (page: Page) =>
  page.evaluate(() => ({
    text: document.querySelector<HTMLTextAreaElement>("#text")!.value,
    words: [...document.querySelectorAll(".w")].map((word) =>
      word.className.replace(" active", "")
    ),
    choices: [...document.querySelectorAll<HTMLSelectElement>("#panels select")]
      .map(({ value }) => value),
    decisions: [...document.querySelectorAll(".decision")].map((one) => one.textContent),
  }));

browserTest(
  "a link holds which model the second heatmap is of",
  (browser) =>
    withPage(browser, async ({ page }, url) => {
      await write(page, text);
      await toggle(page, "moon", 1);
      await panel(page, 1).getByLabel("Why").selectOption("bikes");
      await settle(page);
      await page.waitForFunction(() =>
        location.hash.includes("why") || location.hash.includes("bikes")
      );
      const { hash } = new URL(page.url());
      assertMatch(hash, /&model=may\b/);
      const other = await openAt(browser, url + hash);
      await page.mouse.move(0, 0);
      assertEquals(await shown(other.page), await shown(page));
      assertEquals(await word(other.page, "moon", 0).getAttribute("aria-pressed"), "true");
      assertQuiet(other);
      // Links from before there were two models.
      const old = await openAt(
        browser,
        `${url}/#left=lrp+predicted&right=sa+sci.med&article=miniature/sci.med/003`,
      );
      assertEquals(await model(old.page).inputValue(), "0");
      assertEquals(await panel(old.page, 1).getByLabel("Explainer").inputValue(), "sa");
      assertEquals(await panel(old.page, 1).getByLabel("Why").inputValue(), "sci.med");
      // One heatmap stays one; the second that is asked for is of the other model.
      await old.page.evaluate(() =>
        location.hash = "#left=sa+sci.med&article=miniature/sci.med/003"
      );
      await old.page.waitForFunction(() =>
        (document.querySelectorAll(".panel")[1] as HTMLElement).hidden
      );
      await settle(old.page);
      await old.page.getByRole("button", { name: "Compare two" }).click();
      await settle(old.page);
      assertEquals(await model(old.page).inputValue(), "1");
      assertEquals(await panel(old.page, 1).getByLabel("Explainer").inputValue(), "sa");
      assertQuiet(old);
      // Where the model is not, that is said.
      await withServer(async (single) => {
        const alone = await openAt(browser, single + hash);
        assertMatch(
          (await alone.page.locator("#notice").textContent())!,
          /^The second heatmap of this link is of a model "may", but this page has one model alone/,
        );
        assertEquals(await panel(alone.page, 1).getByLabel("Why").inputValue(), "predicted");
        assertEquals(await panel(alone.page, 1).getByLabel("of: Model").count(), 0);
        await alone.page.evaluate(
          (hash) => location.hash = hash,
          hash.replace("model=may", "model=x"),
        );
        await alone.page.waitForFunction(() =>
          document.querySelector("#notice")!.textContent!.includes('"x"')
        );
        assertQuiet(alone);
      }, { workers: 1 });
    }),
);

browserTest(
  "a link that the page cannot show as it is, is shown as far as it can be",
  (browser) =>
    inFolder(async (folder) => {
      const letters = await charactersModel(folder);
      const { may } = await twoModels(folder);
      await withServer(async (url) => {
        const link = (more: string) => `${url}#left=occlusion+predicted&unit=phrase${more}`;
        const notice = async (page: Page) => (await page.locator("#notice").textContent())!;
        for (const more of ["", "&right=lrp+predicted&model=may", "&right=occlusion+predicted"]) {
          const seen = await openAt(browser, link(more));
          // Characters have no phrases.
          assertEquals(await seen.page.locator("#unit").inputValue(), "sentence");
          assertEquals(await notice(seen.page), "");
          assertQuiet(seen);
          await seen.page.context().close();
        }
        // Two things are wrong with it, and both are said; on the way to it, too.
        const wrong = link("&right=occlusion+predicted&model=x&text=*");
        const said =
          /^The text of this link is damaged: .*\. The second heatmap of this link is of a model "x", but the other model here is "may"/;
        const seen = await openAt(browser, wrong);
        assertMatch(await notice(seen.page), said);
        assertEquals(await seen.page.locator("#unit").inputValue(), "sentence");
        await write(seen.page, "A moon");
        assertEquals(await notice(seen.page), "");
        await seen.page.waitForFunction(() => !location.hash.includes("text=*"));
        await seen.page.evaluate((hash) => location.hash = hash, new URL(wrong).hash);
        await seen.page.waitForFunction(() =>
          document.querySelector("#notice")!.textContent !== ""
        );
        assertMatch(await notice(seen.page), said);
        assertEquals(await seen.page.locator("#unit").inputValue(), "sentence");
        assertQuiet(seen);
      }, { model: letters, compare: may, workers: 1 });
    }),
);

browserTest("what is saved names both models", (browser) =>
  withPage(browser, async ({ page }) => {
    await write(page, text);
    await toggle(page, "moon");
    await settle(page);
    const save = async (format: string) => {
      let content = "";
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: `Download as ${format}` }).click(),
      ]);
      await inFolder(async (folder) => {
        await file.saveAs(`${folder}/file`);
        content = await Deno.readTextFile(`${folder}/file`);
      });
      return content;
    };
    const found: Explanation[] = JSON.parse(await save("JSON"));
    assertEquals(found.map(({ model, explainer, deleted }) => [model, explainer, deleted]), [
      ["june", "lrp", [4]],
      ["may", "lrp", [4]],
    ]);
    assertEquals(found.map(({ scores }) => Object.keys(scores)), [madeClasses, otherClasses]);
    // What is deleted meanwhile is in neither of the two.
    const press = (names: string[]) =>
      page.evaluate((names) => {
        for (const name of names) {
          document.querySelector<HTMLElement>(`[aria-label="Download as ${name}"]`)!.click();
        }
        const [word] = document.querySelectorAll(".w");
        word!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      }, names);
    const pressed = async (names: string[]) => {
      const [file] = await Promise.all([page.waitForEvent("download"), press(names)]);
      let saved: Explanation[] = [];
      await inFolder(async (folder) => {
        await file.saveAs(`${folder}/file`);
        saved = JSON.parse(await Deno.readTextFile(`${folder}/file`));
      });
      return saved.map(({ deleted }) => deleted);
    };
    assertEquals(await pressed(["JSON"]), [[4], [4]]);
    assertEquals(await word(page, "A").getAttribute("aria-pressed"), "true");
    await toggle(page, "A");
    const html = await save("HTML");
    for (const said of ["june, lrp: why ", "may, lrp: why ", "classes by june", "classes by may"]) {
      assert(html.includes(said), said);
    }
    assertMatch(await save("SVG"), /june, lrp: why .*may, lrp: why /s);
    await model(page).selectOption("june");
    await settle(page);
    const alone: Explanation[] = JSON.parse(await save("JSON"));
    assertEquals(alone.map(({ model, explainer }) => [model, explainer]), [
      [undefined, "lrp"],
      [undefined, "sa"],
    ]);
    // One that another was asked for before it was begun is not made, which is said.
    assertEquals(await page.locator("#notice").textContent(), "");
    await press(["HTML", "SVG", "JSON"]);
    await page.waitForFunction(() => document.querySelector("#notice")!.textContent !== "");
    assertMatch(
      (await page.locator("#notice").textContent())!,
      /^The SVG file was not saved, .*: save it again$/,
    );
  }, { acceptDownloads: true }));

browserTest(
  "the page of two models breaks no rule of accessibility, at any width",
  async (browser) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await withPage(browser, async ({ page }) => {
        await write(page, text);
        for (const width of [390, 768, 1280, 1600]) {
          await page.setViewportSize({ width, height: 900 });
          assertEquals([width, colorScheme, await violations(page)], [width, colorScheme, []]);
          const over = await page.evaluate(() =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth
          );
          assertEquals([width, over], [width, 0]);
          // No number of the table is cut off.
          const cut = await page.locator("#differences").evaluate((one) =>
            [...one.querySelectorAll("td, th, .number")].filter((cell) =>
              cell.getBoundingClientRect().right > one.getBoundingClientRect().right + 0.5
            ).length
          );
          assertEquals([width, cut], [width, 0]);
        }
      }, { colorScheme });
    }
  },
);

browserTest("two models are compared on a phone", async (browser) => {
  const { defaultBrowserType: _, ...options } = phone as { defaultBrowserType?: string };
  await withPage(browser, async ({ page }) => {
    await write(page, text);
    await page.locator("#text").blur();
    const tops = await page.locator(".panel .heat").evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect().top)
    );
    assert(tops[0]! < tops[1]!);
    await word(page, "moon", 1).tap();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).tap();
    await settle(page);
    assertEquals(await word(page, "moon", 0).getAttribute("aria-pressed"), "true");
    assertEquals(await violations(page), []);
  }, options);
});

browserTest(
  "a text of which neither model sees a word has no decision",
  (browser) =>
    withPage(browser, async ({ page }) => {
      await write(page, text);
      await write(page, "77 88");
      for (const hidden of [".side", ".deletion", "#saves"]) {
        assertEquals([hidden, await page.locator(hidden).first().isVisible()], [hidden, false]);
      }
      await write(page, text);
      assertEquals(await page.locator("#differences").isVisible(), true);
    }),
);

browserTest(
  "what fails of one model is said of it, and the other's decision stays",
  (browser) =>
    inFolder(async (folder) => {
      const { june } = await twoModels(folder);
      const pieces = await piecesModel(folder);
      await withServer(async (url) => {
        const { page } = await openAt(browser, url);
        const note = async () => (await page.locator("#text-note").textContent())!;
        const live = async (said: string) => {
          const text = () => page.locator("#live").textContent();
          await page.waitForFunction(
            (said) => document.querySelector("#live")!.textContent!.includes(said),
            said,
          );
          return (await text())!;
        };
        const scores = () => page.locator("#other-classes tbody td").allTextContents();
        await write(page, "A moon");
        await live("Decision of pieces.ts: space");
        assertMatch(await note(), /^june: 2 words seen.*\. pieces\.ts: 3 words seen/);
        await write(page, "A bad moon");
        const fails = /^june: 3 words seen by the model.*\. pieces\.ts: .*This is bad/;
        assertMatch(await note(), fails);
        assertEquals((await decided(page, "other-classes")).decision, "");
        assertMatch((await decided(page, "other-classes")).details, /^No decision: .*This is bad/);
        assertEquals([...new Set(await scores())], [""]);
        assertMatch(
          await live("This is bad"),
          /^Decision of june: (?!.*space\. score 3).*Decision of pieces\.ts: No decision: .*This is bad/,
        );
        // The decision of the first that comes later leaves it there.
        await toggle(page, "moon");
        await settle(page);
        assertMatch(await note(), fails);
        await toggle(page, "moon");
        await write(page, "A moon");
        assertMatch(await note(), /^june: 2 words seen.*\. pieces\.ts: 3 words seen/);
        assertEquals((await decided(page, "other-classes")).decision, "space");
        assert(!/bad/.test(await live("Decision of pieces.ts: space")));
      }, { model: june, compare: pieces, workers: 1 });
    }),
);

browserTest(
  "a page in one file compares two models, offline",
  (browser) =>
    inFolder(async (folder) => {
      const { june } = await twoModels(folder);
      const pieces = await piecesModel(folder);
      const out = `${folder}/page.html`;
      const { code, stderr } = await runProgram("report", [
        ...["--single-file", "--model", june, "--compare-model", pieces, "--out", out],
      ]);
      assertEquals(code, 0, stderr);
      const seen = await openAt(browser, `file://${out}`, { offline: true });
      const { page, requests } = seen;
      await write(page, text);
      assertEquals(await model(page).locator("option").allTextContents(), ["june", "pieces.ts"]);
      assertEquals((await decided(page, "other-classes")).title, "Decision of pieces.ts");
      const before = await rows(page);
      assert(before.some(([word]) => word === "moon"));
      await toggle(page, "moon");
      await settle(page);
      assert(!(await rows(page)).some(([word]) => word === "moon"));
      assertEquals(requests.filter((url) => !/^(file|blob|data):/.test(url)), []);
      await visit(page, page.url());
      assertQuiet(seen);
    }),
);

browserTest(
  "the page starts with two models or says why it does not",
  (browser) =>
    withPage(browser, async (_, url) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.route("**/compare/worker.js", (route) => route.abort());
      await page.goto(url);
      await page.waitForFunction(() =>
        document.querySelector("#loading-text")!.textContent!.startsWith("Cannot start: ")
      );
      await page.unroute("**/compare/worker.js");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.waitForSelector("body.ready");
      await context.close();
    }),
);
