import { fragment, Html } from "./html_elements.ts";

/**
 * What a page of its own may load and run: its styles, and nothing else. Programs know their pages again
 * by it before they write over one.
 */
const stylesOnly = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * What a page may load and run that has one script.
 *
 * @param script The script, as it stands in the page.
 */
export async function policyFor(script: string): Promise<Html> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return new Html(`${stylesOnly}; script-src 'sha256-${new Uint8Array(digest).toBase64()}'`);
}

/** What a page of its own begins with. */
interface PageHead {
  /** The title. */
  readonly title: string;
  /** The style sheet. */
  readonly css: string;
  /** What it may load and run. @default {its styles, and nothing else} */
  readonly policy?: Html | undefined;
}

/**
 * The beginning of a page that is one file and needs no network, up to its body.
 *
 * @param head What it begins with.
 */
function pageHead({ title, css, policy = new Html(stylesOnly) }: PageHead): Html {
  return fragment`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${new Html(css)}</style>
</head>`;
}

/** A page of its own. */
export interface Page extends PageHead {
  /** What stands above all. @default {the title} */
  readonly heading?: string;
  /** What stands below the heading. */
  readonly content: Html;
  /** What follows all that is shown: a script. */
  readonly end?: Html | undefined;
}

/**
 * A page that is one file and needs no network.
 *
 * @param page What it consists of.
 * @returns The whole page.
 */
export function htmlPage({ heading, content, end, ...head }: Page): string {
  return fragment`${pageHead(head)}
<body>
<main>
<h1>${heading ?? head.title}</h1>
${content}
</main>${end}
</body>
</html>
`.source;
}
