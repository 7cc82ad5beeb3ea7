import { fragment } from "../../../eval/report/html_elements.ts";
import { htmlPage } from "../../../eval/report/page_head.ts";
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testPermitted } from "../../_skip.ts";

const content = fragment`<p>${"a < b"}</p>`;

Deno.test("htmlPage() frames what it is given, and escapes what is no HTML", () => {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  assertEquals(
    htmlPage({ title: "R&D", css: "p > b {}", content }),
    `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>R&amp;D</title>
<style>p > b {}</style>
</head>
<body>
<main>
<h1>R&amp;D</h1>
<p>a &lt; b</p>
</main>
</body>
</html>
`,
  );
  const other = htmlPage({
    title: "T",
    heading: "<H>",
    css: "",
    policy: fragment`none`,
    content,
    end: fragment`<script>1</script>`,
  });
  assertEquals(/content="none"/.test(other), true);
  assertEquals(
    other.slice(other.indexOf("<title>")),
    "<title>T</title>\n<style></style>\n</head>\n<body>\n<main>\n<h1>&lt;H&gt;</h1>\n" +
      "<p>a &lt; b</p>\n</main><script>1</script>\n</body>\n</html>\n",
  );
});

testPermitted("read")("no other module of the packages frames a page", async () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const framing: string[] = [];
  const visit = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(`${root}${folder}`)) {
      const path = `${folder}/${name}`;
      if (isDirectory) await visit(path);
      else if (path.endsWith(".ts") && /<!doctype/i.test(await Deno.readTextFile(root + path))) {
        framing.push(path);
      }
    }
  };
  for (const name of ["core", "explainers", "datasets", "eval", "apps"]) await visit(name);
  assertEquals(framing, ["eval/report/page_head.ts"]);
});
