/**
 * Takes the pictures of the page that `docs/serve.md` shows, in Debian's chromium:
 *
 *     deno task pictures
 *
 * @module
 */
/// <reference lib="dom" />
import { startServer } from "../../apps/serve/start.ts";
import { chromium } from "../apps/serve/_browser.ts";

const pictures = [
  { file: "page.png", colorScheme: "light", width: 1280, height: 860 },
  { file: "page-phone.png", colorScheme: "light", width: 390, height: 844 },
] as const;

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
const browser = await chromium();
try {
  for (const { file, colorScheme, ...viewport } of pictures) {
    const page = await browser.newPage({ colorScheme, viewport });
    await page.goto(`${server.url}#left=lrp+predicted&article=miniature/sci.space/001`);
    await page.waitForSelector('body.ready #heatmaps[aria-busy="false"]');
    // What begins after a moment of quiet, too.
    await page.waitForTimeout(1000);
    const picture = await page.screenshot({ animations: "disabled" });
    await Deno.writeFile(new URL(file, folder), picture);
    console.log(`docs/images/${file}`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
Deno.exit();
