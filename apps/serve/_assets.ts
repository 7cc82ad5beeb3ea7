import { heatCss } from "./_heat_css.ts";
import { isKnown } from "./_version.ts";

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
  "differences.css",
  "deletion.css",
  "texts.css",
  "screens.css",
];

/** The style sheet of the page, the colours of the heatmap included. */
export async function readCss(): Promise<string> {
  return (await Promise.all(styles.map(readText))).join("") + heatCss();
}

async function assetOf(type: string, content: string): Promise<Asset> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  return { type, content, etag: `"${new Uint8Array(digest).toHex().slice(0, 16)}"` };
}

/** A script as a file of the page. */
export const scriptAsset = (script: string): Promise<Asset> =>
  assetOf("text/javascript; charset=utf-8", script);

/**
 * Makes the files of the page, by their paths, but for what belongs to a model.
 *
 * @param main The bundled script of the page.
 * @returns The files.
 */
export async function pageAssets(main: string): Promise<ReadonlyMap<string, Asset>> {
  return new Map([
    ["/", await assetOf("text/html; charset=utf-8", await readHtml())],
    ["/page.css", await assetOf("text/css; charset=utf-8", await readCss())],
    ["/main.js", await scriptAsset(main)],
  ]);
}

/**
 * Sends a file of the page.
 *
 * @param asset The file.
 * @param request What asks for it; where it names the version that there is, nothing else is sent.
 */
export function sendAsset({ type, content, etag }: Asset, request: Request): Response {
  const headers = {
    "content-type": type,
    etag,
    "cache-control": "no-cache",
    vary: "accept-encoding",
  };
  if (isKnown(etag, request.headers.get("if-none-match"))) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(content, { headers });
}
