import { assert } from "@std/assert";
import { documents, readRepositoryFile, root } from "./_documents.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read");

/** The text without its blocks and spans of code. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```/gm, "").replaceAll(/`[^`]*`/g, "");
}

/** The name that a heading gets on the pages of code hosts. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
}

function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replaceAll(/^```[^]*?^```/gm, "").matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchorOf(heading!)));
}

test("every link between documents leads somewhere", async (t) => {
  for (const document of documents()) {
    await t.step(document, () => {
      for (const [, target] of prose(readRepositoryFile(document)).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const url = new URL(target!, new URL(document, root));
        const path = decodeURIComponent(url.pathname);
        assert(path.startsWith(decodeURIComponent(root.pathname)), `${target} leads out`);
        const isThere = Deno.statSync(path).isFile || Deno.statSync(path).isDirectory;
        assert(isThere, `${target} is not there`);
        if (url.hash === "") continue;
        const anchors = anchorsOf(Deno.readTextFileSync(path));
        assert(anchors.has(url.hash.slice(1)), `${target} names no heading: ${[...anchors]}`);
      }
    });
  }
});
