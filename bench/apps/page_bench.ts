/**
 * The bytes on the wire until the first heatmap, on a first visit and on a second one, and the time from
 * a key press to the new heatmap, in Debian's chromium with the pretrained model: a letter is
 * typed into a text of 200 words, and the time is taken until the browser has painted the heatmap of
 * the new text. The times of the driver, about 2 ms, are not in it. Start the page and measure it by
 *
 *     deno task serve
 *     deno run -A bench/apps/page_bench.ts http://127.0.0.1:8000/
 *
 * @module
 */
/// <reference lib="dom" />
import { loadMiniature } from "@heatword/datasets/miniature";
import { preprocess } from "@heatword/datasets";
import { chromium, type Page } from "playwright-core";

/** As many words of the miniature corpus as asked for. */
async function textOf(words: number): Promise<string> {
  const { test } = await loadMiniature();
  const text = test.filter(({ label }) => label === "sci.space").map(({ text }) => text).join("\n");
  return text.slice(0, preprocess(text, { maxTokens: words }).tokens.at(-1)!.end);
}

/** Types letters; gives for each the milliseconds until the heatmap of the new text is painted. */
async function type(page: Page, count: number): Promise<number[]> {
  await page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>("#text")!;
    const times: number[] = [];
    Object.assign(globalThis, { times });
    field.addEventListener("input", (event) => {
      const began = event.timeStamp;
      const page = document.querySelector("#heatmaps")!;
      const heats = [...document.querySelectorAll(".panel:not([hidden]) .heat")];
      // A draft shows the letter at once; the heatmap is there when its last word has the letter, too.
      const isWhole = (heat: Element) =>
        heat.textContent === field.value && heat.querySelector(".p20, .n20") !== null &&
        field.value.trimEnd().endsWith([...heat.querySelectorAll(".w")].at(-1)!.textContent!);
      const observer = new MutationObserver(() => {
        if (page.getAttribute("aria-busy") !== "false" || !heats.every(isWhole)) return;
        observer.disconnect();
        // Behind the frame that shows it.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port2.onmessage = () => times.push(performance.now() - began);
          port1.postMessage(0);
        });
      });
      observer.observe(page, { childList: true, subtree: true, attributes: true });
    });
  });
  await page.locator("#text").focus();
  await page.keyboard.press("Control+End");
  for (let i = 0; i < count; i++) {
    await page.keyboard.press(i % 6 === 5 ? "Space" : "abcde"[i % 6]!);
    await page.waitForFunction(
      (n) => (globalThis as unknown as { times: number[] }).times.length >= n,
      i + 1,
    );
    await page.waitForTimeout(80);
  }
  return await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
}

function report(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  console.log(`${name}: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, at most ${at(1)} ms`);
}

/** Counts the bytes that a page gets, headers included, until its first heatmap. */
async function bytesOf(page: Page, visit: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => bytes += encodedDataLength);
  await visit();
  await page.waitForSelector('body.ready #heatmaps[aria-busy="false"]');
  await session.detach();
  return bytes;
}

const address = Deno.args[0] ?? "http://127.0.0.1:8000/";
const settings = {
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
};
const browser = await chromium.launch(settings);
// A browser that keeps nothing on disk has no room for large files.
const profile = await Deno.makeTempDir();
try {
  await using visitor = await chromium.launchPersistentContext(profile, settings);
  const first = await visitor.newPage();
  const visits = [() => first.goto(address), () => first.reload()];
  for (const [i, name] of ["nothing cached", "a second visit"].entries()) {
    const bytes = await bytesOf(first, visits[i]!);
    console.log(`to the first heatmap, ${name}: ${(bytes / 1e6).toFixed(2)} MB`);
  }
  await visitor.close();
  const ready: number[] = [];
  for (let i = 0; i < 5; i++) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    await page.waitForSelector('body.ready #heatmaps[aria-busy="false"]');
    ready.push(await page.evaluate(() => performance.now()));
    await page.context().close();
  }
  report("page ready, nothing cached", ready);
  for (const compare of [false, true]) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${address}#left=lrp+predicted${compare ? "&right=sa+predicted" : ""}`);
    await page.waitForSelector("body.ready");
    await page.locator("#text").fill(await textOf(200));
    await page.waitForTimeout(500);
    const times = (await type(page, 60)).slice(10);
    report(`key press to heatmap, 200 words, ${compare ? "two heatmaps" : "one heatmap"}`, times);
    await page.context().close();
  }
} finally {
  await browser.close();
  await Deno.remove(profile, { recursive: true });
}
