/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { makeReport } from "../../../apps/serve/make_report.ts";
import { Corpora } from "../../../apps/serve/_corpora.ts";
import { distinctIds } from "../../../apps/serve/_distinct_ids.ts";
import { openData } from "../../../apps/serve/own_texts.ts";
import { chosenRows, predictedRow, type TextRow } from "../../../apps/serve/page/texts_rows.ts";
import { TrainingRows } from "@heatword/datasets/corpus";
import { inFolder } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";
import { madeClasses, madeModel, madeModelFolder } from "../_made_model.ts";
import {
  assertQuiet,
  browserTest,
  openAt,
  openPage,
  settle,
  violations,
  visit,
} from "./_browser.ts";
import { pageTest } from "./_page_test.ts";
import { withServer } from "./_server.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const all = { search: "", class: "", outcome: "", confidence: 0 } as const;
const row = (place: number, label: string, scores?: number[]): TextRow =>
  predictedRow(
    { place, id: `row ${place}`, text: place === 2 ? "The Moon" : "a ride", label },
    scores && Float64Array.from(scores),
    ["road", "space"],
  );
const rows = [
  row(0, "road", [2, 0]),
  row(1, "space", [1.2, 0]),
  row(2, "space", [3, 0]),
  row(3, "road"),
  row(4, "space", [0, 4]),
];
const places = (found: TextRow[]) => found.map(({ place }) => place);

Deno.test("chosenRows() puts the most confident errors first, or sorts as it is asked", () => {
  assertEquals(places(chosenRows(rows, all, "errors")), [2, 1, 3, 4, 0]);
  assertEquals(places(chosenRows(rows, all, "unsure")), [1, 0, 2, 4, 3]);
  assertEquals(places(chosenRows(rows, all, "given")), [0, 1, 2, 3, 4]);
  assertEquals(places(rows), [0, 1, 2, 3, 4]);
});

Deno.test("chosenRows() keeps what is searched, of a class, right or wrong, and sure", () => {
  const kept = (filter: Partial<Parameters<typeof chosenRows>[1]>) =>
    places(chosenRows(rows, { ...all, ...filter }, "given"));
  assertEquals(kept({ search: "moon" }), [2]);
  assertEquals(kept({ search: "ROW 4" }), [4]);
  assertEquals(kept({ class: "road" }), [0, 1, 2, 3]);
  assertEquals(kept({ outcome: "wrong" }), [1, 2]);
  assertEquals(kept({ outcome: "right" }), [0, 4]);
  assertEquals(kept({ confidence: 0.9 }), [2, 4]);
  assertEquals(kept({ outcome: "wrong", confidence: 0.9, class: "space" }), [2]);
});

/** A table of labelled texts whose names and texts would do harm in a page that took them for HTML. */
async function tableIn(folder: string): Promise<string> {
  const texts = Array.from({ length: 40 }, (_, i) => [
    `n/${i}<b>`,
    i === 7 ? "<img src=x onerror=alert(1)> ride" : `${"moon ".repeat(i % 5)}ride ${i} bike`,
    madeClasses[i % madeClasses.length]!,
  ]);
  const path = `${folder}/posts.jsonl`;
  const lines = texts.map(([name, body, group]) => JSON.stringify({ name, body, group }));
  await Deno.writeTextFile(path, lines.join("\n"));
  return path;
}

const columns = { text: "body", label: "group", id: "name" };

test("a server and a page in one file offer texts of one's own", () =>
  inFolder(async (folder) => {
    const data = await tableIn(folder);
    await withServer(async (url) => {
      const get = async (path: string) => await (await fetch(url + path)).json();
      const { corpora } = await get("/api/corpora");
      assertEquals(corpora[0], { name: "data", title: "posts.jsonl" });
      const { total, texts } = await get("/api/corpora/data/texts?from=7&count=1");
      assertEquals([total, texts], [40, [{
        id: "n/7<b>",
        label: madeClasses[1],
        text: "<img src=x onerror=alert(1)> ride",
      }]]);
      const found = await get(`/api/corpora/data/text?id=${encodeURIComponent("n/7<b>")}`);
      assertEquals(found, texts[0]);
    }, { data, columns, workers: 1 });
    const model = await madeModelFolder();
    try {
      const { own } = await openData({ data, columns }, model);
      // What the model was trained on is left out, unless nothing else is there.
      const count = async (trained: number) => {
        await TrainingRows.of(own!.texts.slice(0, trained)).save(model);
        return (await openData({ data, columns }, model)).own!.texts.length;
      };
      assertEquals([await count(30), await count(40)], [10, 40]);
      const page = await makeReport({
        articles: [],
        files: [],
        encoding: "utf-8",
        models: [model],
        plugins: [],
        own: own!,
      });
      const [, embedded] = /<script type="application\/json" id="embedded">(.*)<\/script>/
        .exec(page)!;
      const { corpora } = JSON.parse(embedded!);
      assertEquals([corpora[0].name, corpora[0].articles.length], ["data", 40]);
    } finally {
      await Deno.remove(model, { recursive: true });
    }
  }));

Deno.test("distinctIds() gives each text a name of its own, and keeps those that are", () => {
  const named = (ids: string[]) => distinctIds(ids.map((id, place) => ({ id, place })));
  assertEquals(named(["a", "b"]), {
    texts: [{ id: "a", place: 0 }, { id: "b", place: 1 }],
    renamed: 0,
  });
  // A name that is given to another must not be taken a second time.
  assertEquals(named(["7", "7", "7 (2)", "8", "7", "7 (2)"]), {
    texts: ["7", "7 (3)", "7 (2)", "8", "7 (4)", "7 (2) (2)"].map((id, place) => ({ id, place })),
    example: ["7", "7 (3)"],
    renamed: 3,
  });
});

test("texts of one name are all kept, and told apart", () =>
  inFolder(async (folder) => {
    const data = `${folder}/posts.csv`;
    const rows = [
      "7,first ride,sci.med",
      "7,second moon,sci.space",
      "8,third ride,sci.med",
      "7,fourth moon,sci.space",
    ];
    await Deno.writeTextFile(data, ["name,body,group", ...rows].join("\n"));
    const model = await madeModelFolder();
    const notes: string[] = [];
    const { error } = console;
    console.error = (line: string) => notes.push(line);
    try {
      const { own } = await openData({ data, columns }, model);
      assertEquals(
        own!.texts.map(({ id, text }) => [id, text]),
        [["7", "first ride"], ["7 (2)", "second moon"], ["8", "third ride"], [
          "7 (3)",
          "fourth moon",
        ]],
      );
      const [corpus] = new Corpora("", own).list;
      assertEquals((await new Corpora("", own).texts(corpus!.name, 0, 9)).total, 4);
      assertMatch(
        notes.join("\n"),
        /2 texts had the name of another, as "7": the page tells them apart by a number, as in "7 \(2\)"/,
      );
      await Deno.mkdir(`${folder}/b`);
      const files = [`${folder}/same.txt`, `${folder}/b/same.txt`];
      for (const file of files) await Deno.writeTextFile(file, `the text of ${file}`);
      const page = await makeReport({
        articles: [],
        files,
        encoding: "utf-8",
        models: [model],
        plugins: [],
      });
      for (const file of files) assert(page.includes(`the text of ${file}`));
      assert(page.includes('"id":"files/same.txt (2)"'));
    } finally {
      console.error = error;
      await Deno.remove(model, { recursive: true });
    }
  }));

browserTest(
  "after a failure the texts that were not classified can be classified",
  async (browser) => {
    await inFolder(async (folder) => {
      await withServer(async (url) => {
        const { page } = await openPage(browser);
        let failures = 2;
        // Breaks off the first batch once, and the second once.
        await page.route(/texts\?from=(0|25)&/, (route) => {
          const isFirst = route.request().url().includes("from=0&");
          if (failures !== (isFirst ? 2 : 1)) return route.fallback();
          failures--;
          return route.fulfill({ status: 200, contentType: "application/json", body: "{" });
        });
        await visit(page, url);
        await page.getByRole("button", { name: "Try again" }).and(page.locator("#texts button"))
          .click();
        const rest = page.getByRole("button", { name: "Classify the other 15" });
        await rest.waitFor();
        assertMatch((await page.locator("#notice").textContent())!, /broke off$/);
        assertMatch(
          (await page.locator("#texts .note").first().textContent())!,
          /^25 of 40 texts classified; /,
        );
        await rest.click();
        await page.waitForFunction(() =>
          /^40 texts; /.test(document.querySelector("#texts .note")!.textContent!)
        );
        assertEquals(await rest.isVisible(), false);
        assertEquals(failures, 0);
      }, { data: await tableIn(folder), columns, workers: 1 });
    });
  },
);

browserTest(
  "texts of one's own stand in a table, the most confident errors first",
  async (browser) => {
    await inFolder(async (folder) => {
      await withServer(async (url) => {
        const seen = await openAt(browser, url);
        const { page } = seen;
        await page.waitForFunction(() =>
          /^40 texts; \d+ right \(\d+\u00a0%\), \d+ wrong/.test(
            document.querySelector("#texts .note")!.textContent!,
          )
        );
        const shown = page.locator(".texts-table tbody tr");
        assertEquals(await shown.count(), 12);
        const cells = async () =>
          await shown.evaluateAll((rows) =>
            rows.map((row) => [...row.children].slice(1).map((cell) => cell.textContent!))
          );
        const model = madeModel();
        const first = (await cells())[0]!;
        assertMatch(first[1]!, / wrong$/);
        const sure = (await cells()).filter(([, said]) => said!.endsWith("wrong"))
          .map(([, , share]) => Number.parseFloat(share!.replace(/[<>]/, "")));
        assertEquals(sure, sure.toSorted((a, b) => b - a));
        await page.getByRole("button", { name: "28 more" }).click();
        assertEquals(await shown.count(), 40);
        await page.getByLabel("Right or wrong").selectOption("right");
        for (const [label, said] of await cells()) assertEquals(said, `${label} right`);
        await page.getByLabel("Right or wrong").selectOption("");
        await page.getByLabel("Class", { exact: true }).selectOption(madeClasses[0]!);
        for (const [label, said] of await cells()) {
          assert(label === madeClasses[0] || said!.startsWith(madeClasses[0]!));
        }
        await page.getByLabel("Class", { exact: true }).selectOption("");
        await page.getByLabel("Search the texts").fill("ONERROR");
        assertEquals(await shown.count(), 1);
        assertEquals(await page.locator("#texts img, #texts b").count(), 0);
        assertEquals(await violations(page), []);
        await shown.locator("button").click();
        await settle(page);
        assertEquals(
          await page.locator("#text").inputValue(),
          "<img src=x onerror=alert(1)> ride",
        );
        assertMatch((await page.locator(".details").textContent())!, /true class|right/);
        assertEquals(model.classes.length, madeClasses.length);
        assertQuiet(seen);
      }, { data: await tableIn(folder), columns, workers: 1 });
    });
  },
);

pageTest(
  "a search finds texts that were not fetched yet, and more are shown than were",
  async ({ page }) => {
    const shown = page.locator(".texts-table tbody tr");
    await page.waitForFunction(() =>
      document.querySelectorAll(".texts-table tbody tr").length === 12
    );
    // Of 140 texts the first 25 are there; those of sci.space come after the hundredth.
    await page.getByLabel("Search the texts").fill("sci.space/");
    await page.waitForFunction(() =>
      document.querySelectorAll(".texts-table tbody tr").length === 7
    );
    for (const label of await shown.locator("td:nth-child(2)").allTextContents()) {
      assertEquals(label, "sci.space");
    }
    await page.getByLabel("Search the texts").fill("");
    await page.getByRole("button", { name: "128 more" }).click();
    await page.waitForFunction(() =>
      document.querySelectorAll(".texts-table tbody tr").length === 60
    );
  },
);
