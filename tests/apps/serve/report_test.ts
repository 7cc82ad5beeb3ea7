/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { madeModelFolder } from "../_made_model.ts";
import { runProgram } from "../_run_program.ts";
import { assertQuiet, browserTest, openAt, scores, settle, toggle, write } from "./_browser.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const runReport = (...args: string[]) => runProgram("report", args);

/** A report of the made model with one more text. */
async function withReport(test: (file: string) => Promise<void>, ...args: string[]) {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir({ prefix: "heatword-report-" });
  const text = `${folder}/my post.txt`;
  await Deno.writeTextFile(
    text,
    "A ride to the moon </script><script>alert(1)</script> <!-- orbit",
  );
  const out = `${folder}/page.html`;
  try {
    const data = ["--model", model, "--data", folder, "--file", text, "--out", out];
    const { code, stderr } = await runReport("--single-file", ...data, ...args);
    assertEquals(code, 0, stderr);
    await test(out);
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
}

browserTest("the page as one file opens from disk, offline", async (browser) => {
  await withReport(async (file) => {
    const seen = await openAt(browser, `file://${file}`, { offline: true });
    const { page, requests } = seen;
    assertStringIncludes(await page.locator("#text").inputValue(), "</script>");
    const before = await scores(page);
    await toggle(page, "moon");
    await settle(page);
    assert(JSON.stringify(await scores(page)) !== JSON.stringify(before));
    await write(page, "The engine had a cure");
    await page.locator(".panel").first().getByLabel("Explainer").selectOption("shapley");
    await settle(page);
    assertEquals(await page.locator(".panel").first().locator(".error").textContent(), "");
    await page.getByLabel("Corpus").selectOption("miniature");
    await page.waitForFunction(() =>
      document.querySelector(".texts-table td")?.textContent === "alt.atheism"
    );
    await page.locator(".texts-table .link").first().click();
    await page.waitForFunction(() =>
      document.querySelector(".details")!.textContent!.includes("true class")
    );
    const away = requests.filter((url) => !/^(file|blob|data):/.test(url));
    assertEquals(away, []);
    assertQuiet(seen);
  });
});

browserTest("the page as one file has explainers from outside", async (browser) => {
  const folder = await Deno.makeTempDir({ prefix: "heatword-plugin-" });
  const plugin = `${folder}/longest.ts`;
  await Deno.writeTextFile(
    plugin,
    `import type { Explainer } from "@heatword/core";
const longest: Explainer = {
  name: "longest",
  description: "Counts positions",
  citation: "none",
  tags: { needs: "scores", signed: false, conserves: false, stochastic: false },
  options: {},
  explain: ({ input, targets }) => targets.map(() => ({
    score: 0,
    words: Float64Array.from({ length: input.length }, (_, t) => t),
  })),
};
export default longest;
`,
  );
  try {
    await withReport(
      async (file) => {
        const seen = await openAt(browser, `file://${file}`);
        const { page } = seen;
        const panel = page.locator(".panel").first();
        await panel.getByLabel("Explainer").selectOption("longest");
        await settle(page);
        const last = panel.locator(".w").last();
        assertMatch((await last.getAttribute("class"))!, /\bp20\b/);
        assertQuiet(seen);
      },
      "--plugin",
      plugin,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("deno task report says in one line what is wrong", async () => {
  const model = await madeModelFolder();
  const cases: [args: string[], code: number, said: RegExp][] = [
    [[], 2, /^error: Say what to make: --single-file; see --help\n$/],
    [["--single-file", "--model", "/nowhere"], 1, /^error: Cannot find a model in "\/nowhere"/],
    [
      ["--single-file", "--model", model, "--file", "/nowhere.txt"],
      1,
      /^error: Cannot find the file "\/nowhere.txt"\n$/,
    ],
    [
      ["--single-file", "--model", model, "--data", "/nowhere", "--article", "sci.space/1"],
      1,
      /^error: Cannot find the 20Newsgroups corpus at "\/nowhere/,
    ],
    [
      ["--single-file", "--model", model, "--plugin", "/nowhere.ts"],
      1,
      /^error: Cannot find plugin "\/nowhere.ts"/,
    ],
  ];
  try {
    for (const [args, code, expected] of cases) {
      const found = await runReport(...args, "--out", "/tmp/never-written.html");
      assertMatch(found.stderr, expected);
      assertEquals([found.code, found.stdout], [code, ""]);
    }
  } finally {
    await Deno.remove(model, { recursive: true });
  }
});
