import { assert, assertEquals } from "@std/assert";
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

/** Where the links and the pictures of a document lead, those in HTML too. */
function targetsOf(markdown: string): string[] {
  const text = prose(markdown);
  const found = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/ src(?:set)?="([^"]*)"/g)];
  return found.map(([, target]) => target!);
}

function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replaceAll(/^```[^]*?^```/gm, "").matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchorOf(heading!)));
}

test("every link between documents leads somewhere", async (t) => {
  for (const document of documents()) {
    await t.step(document, () => {
      for (const target of targetsOf(readRepositoryFile(document))) {
        if (/^[a-z]+:/.test(target)) continue;
        const url = new URL(target, new URL(document, root));
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

/** The documents that a document leads to, a folder meaning its README.md. */
function documentsIn(document: string): string[] {
  return targetsOf(readRepositoryFile(document)).flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const { pathname } = new URL(target, new URL(document, root));
    const path = decodeURIComponent(pathname.slice(root.pathname.length));
    return path.endsWith(".md") ? [path] : [`${path.replace(/\/$/, "")}/README.md`];
  });
}

test("every document can be reached from the README", () => {
  const reached = new Set(["README.md"]);
  const all = documents();
  for (const document of reached) {
    for (const next of documentsIn(document)) if (all.includes(next)) reached.add(next);
  }
  assertEquals(all.filter((document) => !reached.has(document)), []);
});

test("the index of docs leads to every document of its own, and asks nothing twice", () => {
  const index = documentsIn("docs/README.md");
  const own = documents().filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
  assertEquals(own.filter((document) => !index.includes(document)), []);
  const rows = readRepositoryFile("docs/README.md").split("\n").filter((line) =>
    /^\| \w/.test(line)
  );
  const questions = rows.map((row) => row.split("|")[1]!.trim());
  assertEquals(questions.filter((question, i) => questions.indexOf(question) !== i), []);
});
