/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { saidBy } from "../../_said.ts";
import { madeModelFolder } from "../_made_model.ts";
import {
  assertQuiet,
  browserTest,
  openPage,
  scores,
  settle,
  visit,
  word,
  write,
} from "./_browser.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const main = decodeURIComponent(new URL("../../../apps/report.ts", import.meta.url).pathname);

/** Runs the program with the permissions of its task. */
async function runReport(...args: string[]): Promise<{ code: number; said: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env=HEATWORD_DATA,HEATWORD_CACHE,HEATWORD_MODEL,HEATWORD_DEBUG",
      main,
      ...args,
    ],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, said: saidBy(stderr) + decoder.decode(stdout) };
}

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
    const { code, said } = await runReport("--single-file", ...data, ...args);
    assertEquals(code, 0, said);
    await test(out);
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
}

browserTest("the page as one file opens from disk, offline", async (browser) => {
  await withReport(async (file) => {
    const seen = await openPage(browser, { offline: true });
    const { page } = seen;
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await visit(page, `file://${file}`);
    assertStringIncludes(await page.locator("#text").inputValue(), "</script>");
    const before = await scores(page);
    await word(page, "moon").click();
    await settle(page);
    assert(JSON.stringify(await scores(page)) !== JSON.stringify(before));
    await write(page, "The engine had a cure");
    await page.locator(".panel").first().getByLabel("Explainer").selectOption("shapley");
    await settle(page);
    assertEquals(await page.locator(".panel").first().locator(".error").textContent(), "");
    await page.getByLabel("Corpus").selectOption("miniature");
    await page.getByRole("button", { name: "Random article" }).click();
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
        const seen = await openPage(browser);
        const { page } = seen;
        await visit(page, `file://${file}`);
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
      assertMatch(found.said, expected);
      assertEquals(found.code, code);
    }
  } finally {
    await Deno.remove(model, { recursive: true });
  }
});
