/**
 * Takes the pictures that the documents show, in Debian's chromium:
 *
 *     deno task pictures
 *
 * @module
 */
/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { startServer } from "../../apps/serve/start.ts";
import { chromium } from "../apps/serve/_browser.ts";
import { pictures } from "./_pictures.ts";
import { terminalPage } from "./_terminal_picture.ts";

const folder = new URL("../../docs/images/", import.meta.url);
const server = await startServer({
  host: "127.0.0.1",
  port: 0,
  allowedHosts: [],
  plugins: [],
  workers: 1,
  timeLimit: 10_000,
  waitLimit: 10_000,
});

async function pictureOfPage(page: Page): Promise<Uint8Array> {
  await page.goto(`${server.url}#left=lrp+predicted&article=miniature/sci.space/001`);
  await page.waitForSelector('body.ready #heatmaps[aria-busy="false"]');
  // What begins after a moment of quiet, too.
  await page.waitForTimeout(1000);
  return await page.screenshot({ animations: "disabled" });
}

async function pictureOfTerminal(page: Page, content: string): Promise<Uint8Array> {
  await page.setContent(content);
  // Its corners are round.
  return await page.locator("pre").screenshot({ omitBackground: true });
}

const browser = await chromium();
try {
  for (const { file, of, colorScheme, size: [width, height] } of pictures) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height } });
    // On a busy machine the first page alone takes half a minute.
    page.setDefaultTimeout(120_000);
    const picture = of === "page"
      ? await pictureOfPage(page)
      : await pictureOfTerminal(page, await terminalPage(colorScheme));
    await Deno.writeFile(new URL(file, folder), picture);
    console.log(`docs/images/${file}`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
Deno.exit();
