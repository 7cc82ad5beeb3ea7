import { readCss, readHtml } from "./_assets.ts";
import type { Embedded } from "./page/source.ts";

async function sourceHash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${new Uint8Array(digest).toBase64()}'`;
}

/** JSON that no HTML parser finds an end tag or a comment in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function swap(html: string, old: string, now: string): string {
  if (!html.includes(old)) throw new Error(`The page has no ${old}`);
  return html.replace(old, () => now);
}

/**
 * Makes the page as one file that needs no server: style, scripts, models and articles are in it.
 *
 * @param script The bundled script of the page.
 * @param embedded What else the page carries.
 * @returns The HTML.
 */
export async function pageFile(script: string, embedded: Embedded): Promise<string> {
  const [html, css] = await Promise.all([readHtml(), readCss()]);
  // In a script element only its own end tag has a meaning; in strings it can be written otherwise.
  const main = script.replaceAll(/<\/(?=script)/gi, "<\\/");
  const policy = [
    "default-src 'none'",
    `script-src ${await sourceHash(main)} 'wasm-unsafe-eval'`,
    `style-src ${await sourceHash(css)}`,
    "img-src data:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const head = `<meta charset="utf-8">`;
  const withPolicy = swap(
    html,
    head,
    `${head}\n<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
  const withStyle = swap(
    withPolicy,
    `<link rel="stylesheet" href="/page.css">`,
    `<style>${css}</style>`,
  );
  const withoutScript = swap(
    withStyle,
    `<script type="module" src="/main.js"></script>\n`,
    "",
  );
  return swap(
    withoutScript,
    "</body>",
    `<script type="application/json" id="embedded">${scriptJson(embedded)}</script>\n` +
      `<script type="module">${main}</script>\n</body>`,
  );
}
