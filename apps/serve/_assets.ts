import { heatCss } from "./_heat_css.ts";
import type { PageScripts } from "./bundle.ts";

/** A file of the page. */
export interface Asset {
  /** Its media type. */
  readonly type: string;
  /** Its content. */
  readonly content: string;
  /** Tells its versions apart. */
  readonly etag: string;
}

async function readText(name: string): Promise<string> {
  const response = await fetch(new URL(`./page/${name}`, import.meta.url));
  return await response.text();
}

/** The page as it is served: HTML that refers to its style and script. */
export const readHtml = (): Promise<string> => readText("index.html");

/** The parts of the style sheet; later ones overrule earlier ones. */
const styles = [
  "base.css",
  "heatmaps.css",
  "classes.css",
  "deletion.css",
  "texts.css",
  "screens.css",
];

/** The style sheet of the page, the colours of the heatmap included. */
export async function readCss(): Promise<string> {
  return (await Promise.all(styles.map(readText))).join("") + heatCss();
}

async function asset(type: string, content: string): Promise<Asset> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  return { type, content, etag: `"${new Uint8Array(digest).toHex().slice(0, 16)}"` };
}

/**
 * Makes the files of the page, by their paths.
 *
 * @param scripts The bundled scripts.
 * @returns The files.
 */
export async function pageAssets(scripts: PageScripts): Promise<ReadonlyMap<string, Asset>> {
  return new Map([
    ["/", await asset("text/html; charset=utf-8", await readHtml())],
    ["/page.css", await asset("text/css; charset=utf-8", await readCss())],
    ["/main.js", await asset("text/javascript; charset=utf-8", scripts.main)],
    ["/worker.js", await asset("text/javascript; charset=utf-8", scripts.worker)],
  ]);
}
