import type { BrowserContextOptions } from "playwright-core";
import { assertQuiet, browserTest, openAt, type Visit } from "./_browser.ts";
import { withServer } from "./_server.ts";

/** How a page is opened. */
export interface PageSettings extends BrowserContextOptions {
  /** What follows the address of the page, such as `#left=lrp`. */
  readonly at?: string;
}

/**
 * A test of the page that a server gives, in a real browser. When it begins, the page shows its
 * first heatmap; when it has ended, nothing may have been complained of.
 */
export function pageTest(
  name: string,
  test: (seen: Visit) => Promise<void>,
  { at = "", ...options }: PageSettings = {},
): void {
  browserTest(name, (browser) =>
    withServer(async (url) => {
      const seen = await openAt(browser, `${url}${at}`, options);
      await test(seen);
      assertQuiet(seen);
    }));
}
