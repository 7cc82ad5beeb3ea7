/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { firstReason, lacksPermission, testWith } from "../../_skip.ts";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

// Otherwise a package in playwright-core looks for Windows in /proc as soon as it is imported, which
// Deno allows only to programs that may do everything.
const unpermitted = lacksPermission("read", "write", "env", "run", "net", "sys");
const mayBrowse = unpermitted === undefined;
if (mayBrowse) Deno.env.set("__IS_WSL_TEST__", "1");
const playwright = mayBrowse ? await import("playwright-core") : undefined;

/** A phone, for playwright. */
export const phone = playwright?.devices["iPhone 13"] ?? {};

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The browser that the search path leads to. */
function findBrowser(): string | undefined {
  if (!mayBrowse) return undefined;
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

const executablePath = findBrowser();

/** Flags for a browser that asks for nothing on its own. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page, and what must not happen on it. */
export interface Visit {
  readonly page: Page;
  readonly browser: Browser;
  /** Errors and warnings in the console, errors of scripts, and dialogs. */
  readonly complaints: string[];
  /** The addresses that were asked for. */
  readonly requests: string[];
}

/** Opens pages; each one's complaints are collected. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  // What never comes is told late; on a busy machine the first page alone takes half a minute.
  page.setDefaultTimeout(120_000);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return { page, browser, complaints, requests };
}

/** Starts the browser that is there. */
export function chromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error("There is no chromium on the search path");
  return playwright!.chromium.launch({ executablePath, args, timeout: 120_000 });
}

/** A test in a real browser; skipped where there is none, or where something else is missing. */
export function browserTest(
  name: string,
  test: (browser: Browser) => Promise<void>,
  { lacks }: { lacks?: string | undefined } = {},
): void {
  const lacksBrowser = executablePath === undefined ? "there is no chromium" : undefined;
  testWith(firstReason(unpermitted, lacksBrowser, lacks), name, async () => {
    const browser = await chromium();
    try {
      await test(browser);
    } finally {
      await browser.close();
    }
    // The driver keeps connections of its own.
  }, { sanitizeOps: false, sanitizeResources: false });
}

/** Goes to the page and waits until the model is there and the first heatmap is shown. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector("body.ready");
  await settle(page);
}

/** Opens the page at an address, as {@linkcode openPage} and {@linkcode visit} do. */
export async function openAt(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const seen = await openPage(browser, options);
  await visit(seen.page, url);
  return seen;
}

/** Waits until nothing is computed, also what begins after a moment of quiet. */
export async function settle(page: Page): Promise<void> {
  // By the clock of the page: its own timers, which are shorter, have then fired.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
  await page.waitForSelector('#heatmaps[aria-busy="false"]');
}

/** Types a text into the field in place of what is there. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator("#text").fill(text);
  await settle(page);
}

/** A word of a heatmap. */
export const word = (page: Page, text: string, panel = 0) =>
  page.locator(".panel").nth(panel).locator(".w", { hasText: new RegExp(`^${text}$`) }).first();

/** Deletes a word of a heatmap, or restores it, by keyboard. */
export async function toggle(page: Page, text: string, panel = 0): Promise<void> {
  await word(page, text, panel).press("Enter");
}

/** Points at a word with the mouse; over the first heatmap there is a field that is typed into. */
export async function point(page: Page, text: string, panel = 0): Promise<void> {
  await word(page, text, panel).hover({ force: true });
}

/** Clicks at a word with the mouse. */
export async function clickAt(page: Page, text: string, panel = 0): Promise<void> {
  await word(page, text, panel).click({ force: true });
}

/** The scores, by class, as the table shows them. */
export async function scores(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator(".classes tbody tr").all();
  const entries = await Promise.all(rows.map(async (row) => [
    await row.locator("th button").textContent(),
    await row.locator("td").first().textContent(),
  ]));
  return Object.fromEntries(entries);
}

/** Checks that nothing was complained of. */
export function assertQuiet({ complaints }: Visit): void {
  assertEquals(complaints, []);
}

/** The rules that the page breaks, with the elements. */
export async function violations(page: Page): Promise<string[]> {
  // Only here: the package reads the environment as soon as it is imported.
  const { default: { source } } = await import("axe-core");
  await page.evaluate(source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(({ id, nodes }) =>
      `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`
    );
  });
}
